"""Forms of reports, decisions, appeals and notices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms.fields import Line, Markdown
from community.models import Appeal, Case, Flag, Notice, Reason, Sanction

#: What a case can end with.
DECIDED = [choice for choice in Case.Outcome.choices if choice[0]]


class FlagForm(forms.Form):
    """Why a post should be looked at."""

    reason = forms.ChoiceField(label=_("What is wrong with it?"), choices=Reason.choices, widget=forms.RadioSelect)
    note = Line(
        label=_("Anything that helps us to see it"),
        required=False,
        max_length=Flag.NOTE_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecisionForm(forms.Form):
    """What to do with a case; facts and rule are worded by the reason where they are left empty."""

    outcome = forms.ChoiceField(choices=DECIDED)
    facts = Markdown(required=False, max_length=Sanction.TEXT_MAX)
    rule = Line(required=False, max_length=400)


class RemovalForm(forms.Form):
    """Why somebody's post is taken away; what is left empty is worded by the reason."""

    reason = forms.ChoiceField(label=_("What is wrong with it?"), choices=Reason.choices, widget=forms.RadioSelect)
    facts = Markdown(
        label=_("What happened"),
        required=False,
        max_length=Sanction.TEXT_MAX,
        help_text=_("In your own words. Left empty, the post is quoted with its day."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    rule = Line(
        label=_("Rule"),
        required=False,
        max_length=400,
        help_text=_("Left empty, it is the rule that the reason stands for."),
    )


class BulkForm(forms.Form):
    """The same decision for several cases."""

    MOST = 50

    outcome = forms.ChoiceField(choices=DECIDED)
    case = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, *args: object, ids: list[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # passed on as they came
        chosen = [pk for pk in ids if pk.isascii() and pk.isdecimal() and len(pk) < 19][: self.MOST]
        self.fields["case"].choices = [(pk, pk) for pk in chosen]  # type: ignore[attr-defined] # a choice field


class AppealForm(forms.Form):
    """Why a decision should be looked at again."""

    text = Markdown(
        label=_("Why do you see it differently?"),
        max_length=Appeal.TEXT_MAX,
        help_text=_("A second person reads it, not the one who decided."),
    )


class NoticeForm(forms.Form):
    """A notice as the law describes it: where, what, why, who, and in good faith."""

    url = Line(
        label=_("Address of the content"),
        max_length=500,
        help_text=_("Copy it from your browser. Several ones: one notice for each."),
    )
    kind = forms.ChoiceField(label=_("What is illegal about it?"), choices=Notice.Kind.choices)
    explanation = Markdown(
        label=_("Why is it illegal?"),
        max_length=Notice.TEXT_MAX,
        help_text=_("The sentence or picture, and the law if you know it."),
    )
    name = Line(label=_("Your name"), max_length=120)
    email = forms.EmailField(label=_("Your e-mail address"), max_length=254)
    in_good_faith = forms.BooleanField(
        label=_("I believe in good faith that what I write here is accurate and complete."),
    )

    # The browser cannot know that one kind needs no name.
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("kind") == Notice.Kind.CHILDREN:
            self.fields["name"].required = self.fields["email"].required = False
