"""Rating a talk by the link of an e-mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chat.models import HelpRequest
from chat.services.ratings import TEXT_MOST, WORD_MOST, takes_words

STARS = [(5, _("Excellent")), (4, _("Good")), (3, _("All right")), (2, _("Disappointing")), (1, _("Bad"))]
ABOUT = [("person", _("The talk itself")), ("shop", _("Delivery, price or something else of the shop"))]


class RatingForm(forms.Form):
    """Stars, some words to the brand and to the person, and whom they concern."""

    stars = forms.TypedChoiceField(
        label=_("How was it?"),
        choices=STARS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose 1 to 5 stars.")},
    )
    about = forms.ChoiceField(
        label=_("If something went wrong, what was it?"),
        choices=ABOUT,
        initial="person",
        required=False,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What should we know?"),
        max_length=TEXT_MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    word = forms.CharField(max_length=WORD_MOST, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any, *, asked: HelpRequest) -> None:
        super().__init__(data)
        if asked.responder is None or not takes_words(asked):
            del self.fields["word"]
            return
        name = {"name": asked.responder.member.display_name}
        self.fields["word"].label = _("A word for %(name)s") % name
        self.fields["word"].help_text = _("%(name)s may read it, without your name.") % name
