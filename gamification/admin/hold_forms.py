"""Forms of the desk of held points."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from community.models import Member
from gamification.models import Hold, HoldCase
from gamification.queries import suspicions
from gamification.services import holds


class ManualForm(forms.ModelForm[HoldCase]):
    """A hold by hand: whose points, by whose deeds, of how many days, and why. The service stores it."""

    by: Member

    member = forms.CharField(
        label=_("member"), max_length=30, widget=UnfoldAdminTextInputWidget(), help_text=_("The handle.")
    )
    giver = forms.CharField(
        label=_("only by deeds of"), max_length=30, required=False, widget=UnfoldAdminTextInputWidget(),
        help_text=_("The handle of another member, or empty for deeds of everybody."),
    )  # fmt: skip
    days = forms.IntegerField(
        label=_("of the last days"), min_value=1, max_value=366, initial=7, widget=UnfoldAdminIntegerFieldWidget()
    )

    class Meta:
        model = HoldCase
        fields = ("note",)
        widgets = {"note": UnfoldAdminTextareaWidget({"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = True

    def clean_member(self) -> Member:
        return self._found(self.cleaned_data["member"])

    def clean_giver(self) -> Member | None:
        handle: str = self.cleaned_data["giver"]
        return self._found(handle) if handle else None

    def clean(self) -> dict[str, Any]:
        """Say what the service would refuse; the admin has it done in ``save_model``."""
        said: dict[str, Any] = super().clean() or {}
        if self.errors:
            return said
        said["since"] = timezone.now() - timedelta(days=said.pop("days"))
        if self.by in (said["member"], said["giver"]):
            self.add_error(None, str(holds.SecondPerson.message))
        elif not suspicions.paid_to(said["member"], since=said["since"], giver=said["giver"]).exists():
            self.add_error(None, str(holds.NothingToHold.message))
        return said

    def _post_clean(self) -> None:
        """The row is made by the service; there is nothing to build from the form."""

    @staticmethod
    def _found(handle: str) -> Member:
        member = Member.objects.filter(handle=handle.strip().removeprefix("@").lower(), is_active=True).first()
        if member is None:
            raise forms.ValidationError(_("Nobody has this handle."))
        return member


class DecisionForm(forms.Form):
    """Give back or not, for whom, and the reasons that each of them reads."""

    verdict = forms.ChoiceField(
        label=_("Decision"),
        choices=[("release", _("Give it back: it counts again, exactly as before")), ("keep", _("It does not count"))],
        widget=UnfoldAdminRadioSelectWidget(),
    )
    holds = forms.MultipleChoiceField(label=_("For"), widget=forms.CheckboxSelectMultiple)
    statement = forms.CharField(
        label=_("Your reasons"),
        max_length=Hold.TEXT_MAX,
        widget=UnfoldAdminTextareaWidget({"rows": 6}),
        help_text=_("The member reads them."),
    )

    def __init__(self, data: Any = None, *, cases: Sequence[HoldCase]) -> None:
        super().__init__(data)
        self.waiting = [(case, [hold for hold in case.holds.all() if hold.waits]) for case in cases]
        choices = [(str(hold.pk), str(hold.member)) for _case, own in self.waiting for hold in own]
        self.fields["holds"].choices = choices  # type: ignore[attr-defined] # a choice field
        self.fields["holds"].initial = [pk for pk, _name in choices]
