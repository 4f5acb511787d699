"""Forms of reviews: write and change one, vote, reply."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.forms.fields import Line, Markdown
from community.forms.posting import KeyedForm
from community.models import Disclosure, Review, ReviewReply
from community.models.review import STARS
from community.refusals import Refusal
from community.services import uploads
from community.services.review_photos import TooManyPhotos
from community.services.reviews import Content, points

WORDS = {5: _("Excellent"), 4: _("Good"), 3: _("All right"), 2: _("Disappointing"), 1: _("Bad")}


class Pictures(forms.ClearableFileInput):
    """Takes several files at once."""

    allow_multiple_selected = True


class Photos(forms.FileField):
    """Several pictures, encoded anew while the form is checked."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=Pictures(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[uploads.Encoded]:
        """Encode each picture, or say which kind of file is one."""
        files: Sequence[IO[bytes]] = data if isinstance(data, list | tuple) else [data] if data else []
        try:
            if len(files) > Review.PHOTOS_MAX:
                raise TooManyPhotos
            return [uploads.encode(super(Photos, self).clean(file, initial)) for file in files]
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal.message), refusal.code) from refusal


class Points(Markdown):
    """A few short points, one a line."""

    def to_python(self, value: Any) -> str:
        return points(super().to_python(value))

    def validate(self, value: Any) -> None:
        super().validate(value)
        rows = str(value).splitlines()
        if len(rows) > Review.POINTS_MAX or any(len(row) > Review.POINT_MAX for row in rows):
            raise forms.ValidationError(_("Up to six points of up to 100 characters, one a line."))


class OpinionForm(KeyedForm):
    """What somebody thinks of a product; each form of it says in its own words what ``body`` may tell."""

    stars = forms.TypedChoiceField(
        label=_("How many stars?"),
        choices=[(stars, WORDS[stars]) for stars in reversed(STARS)],
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one to five stars.")},
    )
    title = Line(label=_("In one sentence"), max_length=Review.TITLE_MAX)
    body = Markdown(label=_("Your experience"), max_length=Review.BODY_MAX)
    pros = Points(label=_("Good about it"), required=False, help_text=_("One point a line"))
    cons = Points(label=_("Not so good"), required=False, help_text=_("One point a line"))


class ReviewForm(OpinionForm):
    """A review. ``labelled`` leaves the disclosure out: it stands already."""

    body = Markdown(
        label=_("Your experience"),
        max_length=Review.BODY_MAX,
        help_text=_("What do you use it for, what surprised you, for whom is it not? Markdown works."),
    )
    owned_since = forms.DateField(
        label=_("You have owned it since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    photos = Photos(
        label=_("Photos"),
        required=False,
        help_text=_("Up to 5 as JPEG, PNG, WebP or GIF. Place and camera are removed from them."),
    )
    remove = forms.MultipleChoiceField(label=_("Photos to remove"), required=False, widget=forms.CheckboxSelectMultiple)
    disclosure = forms.ChoiceField(
        label=_("How did you come to it?"),
        required=False,
        choices=Disclosure.choices,
        widget=forms.RadioSelect,
        help_text=_("Everybody sees it above your review, and it cannot be taken back later."),
    )

    def __init__(self, *args: Any, shown: Review | None = None, labelled: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        photos = list(shown.photos.order_by("id")) if shown else []
        self.kept = photos
        if photos:
            self.fields["remove"].choices = [(str(photo.pk), str(photo.pk)) for photo in photos]  # type: ignore[attr-defined] # the stubs forget the field's class
        else:
            del self.fields["remove"]
        if labelled:
            del self.fields["disclosure"]

    def clean_owned_since(self) -> Any:
        """Nobody has owned it since tomorrow."""
        since = self.cleaned_data["owned_since"]
        if since and since > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return since

    @property
    def content(self) -> Content:
        """What was said, for the service."""
        names = ("stars", "title", "body", "pros", "cons", "owned_since")
        return Content(**{name: self.cleaned_data[name] for name in names})

    @property
    def removed_now(self) -> list[int]:
        """The photos that are marked to be removed, while the form is shown again."""
        marked = self.data.getlist("remove") if self.is_bound else []  # type: ignore[attr-defined] # a QueryDict, always
        return [int(pk) for pk in marked if pk.isdecimal()]

    @property
    def removed(self) -> list[int]:
        """The photos to remove."""
        return [int(pk) for pk in self.cleaned_data.get("remove", ())]


class HelpfulForm(forms.Form):
    """1 for helpful, 0 to take it back."""

    value = forms.IntegerField(min_value=0, max_value=1)


class ReplyForm(forms.Form):
    """What the brand says."""

    body = Markdown(label=_("Reply for the brand"), max_length=ReviewReply.BODY_MAX)
