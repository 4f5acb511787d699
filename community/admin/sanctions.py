"""Sanctions, appeals and notices in the admin: decided once, with reasons."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from community.admin.base import Page, do_each, in_order, link, may_change
from community.models import Appeal, Member, Notice, Sanction
from community.refusals import Refusal
from community.services import appeals, notices, sanctions

VERDICTS = {
    Appeal: [("", "---------"), ("stands", _("The decision stands")), ("lifted", _("Lift the decision"))],
    Notice: [("", "---------"), ("removed", _("It was removed")), ("kept", _("It stays"))],
}


class SanctionForm(forms.ModelForm[Sanction]):
    """A decision against a member. What the service refuses is said at its field."""

    by: Member

    class Meta:
        model = Sanction
        fields = ("member", "grade", "until", "facts", "ground", "rule")

    def clean(self) -> dict[str, Any]:
        """Ask the service before anything is stored; the admin stores in ``save_model``."""
        said: dict[str, Any] = super().clean() or {}
        if self.errors:
            return said
        try:
            sanctions.check(
                member=said["member"], grade=said["grade"], until=said.get("until"), by=self.by, at=timezone.now()
            )
        except Refusal as refusal:
            self.add_error(refusal.field, str(refusal.message))
        return said


@admin.register(Sanction)
class SanctionPage(Page):
    """Imposed and lifted, never edited: the member has it as it was sent. Posts are removed in the queue."""

    form = SanctionForm
    list_display = ("person", "grade_label", "until", "decider", "at", "lifted", "appealed")
    list_filter = ("grade", "ground", ("lifted_at", admin.EmptyFieldListFilter))
    search_fields = ("member__display_name", "member__handle")
    search_help_text = _("Member")
    ordering = ("-at", "-pk")
    autocomplete_fields = ("member",)
    actions = ("lift",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("member", "by", "lifted_by", "appeal")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_lift_permission(self, request: HttpRequest) -> bool:
        """Asked by the action below."""
        return may_change(self, request)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        facts = ("facts", ("ground", "rule"))
        if obj is None:
            hint = _("The member gets all of this by e-mail and can appeal; a second person decides about that.")
            return ((None, {"fields": ("member", ("grade", "until"), *facts), "description": hint}),)
        return (
            (None, {"fields": (("person", "grade", "until"), *facts)}),
            (_("Decision"), {"fields": (("decider", "at"), ("automated", "from_notice"), ("lifted_at", "lifted_by"))}),
        )

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        form = super().get_form(request, obj, change, **kwargs)
        if obj is None:
            form.by = request.user
            # The grade without a post belongs to the queue.
            form.base_fields["grade"].choices = [
                choice for choice in form.base_fields["grade"].choices if choice[0] != Sanction.Grade.REMOVAL
            ]
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        said = form.cleaned_data
        made = sanctions.impose(
            **{name: said[name] for name in ("member", "grade", "until", "facts", "ground", "rule")},
            by=cast("Member", request.user),
            at=timezone.now(),
        )
        obj.pk = made.pk

    @action(description=_("Lift"), permissions=["lift"])
    def lift(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        by, at = cast("Member", request.user), timezone.now()
        do_each(
            request,
            in_order(rows),
            lambda sanction: sanctions.lift(sanction=sanction, by=by, at=at),
            lambda count: ngettext("%(n)d sanction lifted.", "%(n)d sanctions lifted.", count) % {"n": count},
        )

    @display(description=_("member"), ordering="member__display_name")
    def person(self, sanction: Sanction) -> str:
        return link(sanction.member)

    @display(
        description=_("decision"),
        label={"removal": "info", "notice": "info", "silence": "warning", "suspension": "danger"},
    )
    def grade_label(self, sanction: Sanction) -> tuple[str, Any]:
        return sanction.grade, sanction.get_grade_display()

    @display(description=_("decided by"))
    def decider(self, sanction: Sanction) -> str:
        return link(sanction.by)

    @display(description=_("lifted"), boolean=True)
    def lifted(self, sanction: Sanction) -> bool:
        return sanction.lifted_at is not None

    @display(description=_("appeal"))
    def appealed(self, sanction: Sanction) -> str:
        return link(getattr(sanction, "appeal", None))


class VerdictForm(forms.ModelForm[Any]):
    """An open matter is decided once, with an answer to who brought it."""

    verdict = forms.ChoiceField(label=_("Decision"), widget=UnfoldAdminSelectWidget)
    words = forms.CharField(
        label=_("Your answer, with the reasons"), max_length=4000, widget=UnfoldAdminTextareaWidget({"rows": 6})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = VERDICTS[type(self.instance)]  # type: ignore[attr-defined] # a choice field


class VerdictPage(Page):
    """A page whose rows come from outside and are changed by deciding alone."""

    form = VerdictForm

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(super().has_change_permission(request, obj)) and not (obj and obj.outcome)

    @display(
        description=_("state"),
        label={"": "warning", "removed": "danger", "kept": "success", "lifted": "success", "stands": "info"},
    )
    def state(self, row: Any) -> tuple[str, Any]:
        return row.outcome, row.get_outcome_display()

    @display(description=_("decided by"))
    def decider(self, row: Any) -> str:
        return link(row.decided_by)


@admin.register(Appeal)
class AppealPage(VerdictPage):
    """Appeals. Who decided first may read them and not decide."""

    list_display = ("__str__", "person", "sentence", "at", "state", "decider")
    list_filter = ("outcome",)
    ordering = ("outcome", "pk")
    readonly_fields = ("person", "sentence", "facts", "text", "at", "first_by", "outcome", "decider", "answer")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.select_related("sanction__member", "sanction__by", "sanction__case", "decided_by", "first_by")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        concerned = obj is not None and request.user.pk in (obj.first_by_id, obj.sanction.member_id)
        return super().has_change_permission(request, obj) and not concerned

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        end = ("verdict", "words") if self.has_change_permission(request, obj) else (("outcome", "decider"), "answer")
        return (
            (_("Decision that it is about"), {"fields": (("person", "sentence", "first_by"), "facts")}),
            (_("Appeal"), {"fields": ("text", "at")}),
            (_("Decision"), {"fields": end}),
        )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        said = form.cleaned_data
        appeals.decide(
            appeal=obj,
            by=cast("Member", request.user),
            lift=said["verdict"] == Appeal.Outcome.LIFTED,
            answer=said["words"],
            at=timezone.now(),
        )

    @display(description=_("member"))
    def person(self, appeal: Appeal) -> str:
        return link(appeal.sanction.member)

    @display(description=_("decision"))
    def sentence(self, appeal: Appeal) -> str:
        return link(appeal.sanction, appeal.sanction.get_grade_display())

    @display(description=_("facts"))
    def facts(self, appeal: Appeal) -> str:
        return f"{appeal.sanction.facts}\n{appeal.sanction.rule}"


@admin.register(Notice)
class NoticePage(VerdictPage):
    """Notices from anybody. One whose post is in the queue is decided there."""

    list_display = ("number", "kind", "url", "name", "at", "state", "in_queue")
    list_filter = ("outcome", "kind")
    search_fields = ("number", "name", "email", "url")
    search_help_text = _("Receipt number, name, address")
    ordering = ("outcome", "-at", "-pk")
    readonly_fields = (
        "number", "kind", "url", "explanation", "name", "email", "member", "at", "outcome", "decider", "answer",
        "in_queue",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("case", "decided_by", "member")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        end = ("verdict", "words") if self.has_change_permission(request, obj) else (("outcome", "decider"), "answer")
        return (
            (None, {"fields": (("number", "at"), "kind", "url", "explanation", "in_queue")}),
            (_("Who"), {"fields": (("name", "email", "member"),)}),
            (_("Decision"), {"fields": end}),
        )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        said = form.cleaned_data
        removed = said["verdict"] == Notice.Outcome.REMOVED
        by = cast("Member", request.user)
        notices.decide(notice=obj, by=by, removed=removed, answer=said["words"], at=timezone.now())

    @display(description=_("in the queue"))
    def in_queue(self, notice: Notice) -> str:
        return link(notice.case)
