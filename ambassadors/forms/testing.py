"""What testers write: where the sample goes, and the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.forms import questions as fields
from ambassadors.models import Report, ReportPhoto, ReportQuestion
from ambassadors.questions import Answer
from ambassadors.services import addresses
from ambassadors.services.reports import Content
from community.forms.fields import Markdown
from community.forms.reviews import OpinionForm, Photos
from community.models import Review


class AddressForm(forms.Form):
    """Where the sample goes."""

    address = Markdown(
        label=_("Where shall we send it?"),
        max_length=addresses.LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "street-address"}),
        help_text=_("Name, street, postcode and town, one a line."),
    )


class ReportForm(OpinionForm):
    """A report; a draft (``whole`` is false) may leave anything out."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0, max_value=2**31 - 1)
    body = Markdown(
        label=_("Your experience"),
        max_length=Review.BODY_MAX,
        help_text=_("What did you do with it, what surprised you, what would you change?"),
    )
    photos = Photos(
        label=_("Photos"),
        required=False,
        help_text=_("Up to 5 as JPEG, PNG, WebP or GIF. Place and camera are removed from them."),
    )
    remove = forms.MultipleChoiceField(label=_("Photos to remove"), required=False, widget=forms.CheckboxSelectMultiple)
    publish = forms.BooleanField(label=_("Publish stars, text and photos as my review"), required=False, initial=True)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        asked: Sequence[ReportQuestion],
        report: Report | None = None,
        whole: bool = True,
    ) -> None:
        super().__init__(data, files, initial=_known(asked, report) if report else None)
        self.asked = asked
        if not whole:
            for name in ("stars", "title", "body"):
                self.fields[name].required = False
        self.kept: list[ReportPhoto] = list(report.photos.order_by("id")) if report else []
        self.fields["remove"].choices = [(str(photo.pk), "") for photo in self.kept]  # type: ignore[attr-defined] # a choice field
        self.own = fields.fields(asked, whole=whole)
        self.fields |= self.own

    @property
    def questions(self) -> list[forms.BoundField]:
        """What the brand asks, in its order."""
        return [self[name] for name in self.own]

    @property
    def content(self) -> Content:
        """What was said, for the service; what is no answer is left out of a draft."""
        said = self.cleaned_data
        return Content(
            stars=said.get("stars"),
            title=said.get("title", ""),
            body=said.get("body", ""),
            pros=said.get("pros", ""),
            cons=said.get("cons", ""),
            answers=self.answers,
            publish=bool(said.get("publish")),
        )

    @property
    def answers(self) -> dict[str, Answer]:
        """What was answered, as it is kept."""
        return fields.answers(self.asked, self.cleaned_data)

    @property
    def removed(self) -> list[int]:
        """The photos to remove."""
        return [int(pk) for pk in self.cleaned_data.get("remove", ())]

    @property
    def removed_now(self) -> list[int]:
        """The photos that are marked to be removed, while the form is shown again."""
        marked = self.data.getlist("remove") if self.is_bound else []  # type: ignore[attr-defined] # a QueryDict, always
        return [int(pk) for pk in marked if pk.isdecimal()]


def _known(asked: Sequence[ReportQuestion], report: Report) -> dict[str, Any]:
    names = ("version", "stars", "title", "body", "pros", "cons", "publish")
    return {name: getattr(report, name) for name in names} | fields.initial(asked, report.answers)
