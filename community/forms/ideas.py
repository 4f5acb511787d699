"""Forms of ideas: propose, edit, vote, merge, comment; composing from a toolkit; the sheet of the jury."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.composing import Complaint, Fault
from community.forms.fields import Line, Markdown
from community.forms.posting import KeyedForm
from community.models import Idea, IdeaComment, JuryScore, Product, Toolkit, ToolkitChoice, Topic
from community.queries import products
from community.queries.toolkits import choices_of, options_of

NUMBER = re.compile(r"(?:^|/ideas/)(\d{1,18})(?:/|$)")


class IdeaForm(forms.Form):
    """An idea in a sentence, and in more."""

    title = Line(label=_("Your idea"), min_length=Idea.TITLE_MIN, max_length=Idea.TITLE_MAX)
    body = Markdown(label=_("What would be better with it?"), max_length=Idea.BODY_MAX, required=False)
    product = forms.ModelChoiceField[Product](
        label=_("Product"),
        queryset=Product.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Something else"),
    )
    topic = forms.ModelChoiceField[Topic](
        label=_("Topic"),
        queryset=Topic.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("No particular topic"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        product = self.initial.get("product")
        kept = product.pk if isinstance(product, Product) else None
        self.fields["product"].queryset = products.active(also=kept)  # type: ignore[attr-defined] # the stubs forget the field's class
        self.fields["topic"].queryset = products.topics()  # type: ignore[attr-defined] # as above


class NewIdeaForm(KeyedForm, IdeaForm):
    """A new idea."""


class ToolkitForm(forms.Form):
    """One group of choices for each option of a toolkit; what fits together is the service's to say."""

    def __init__(self, *args: Any, toolkit: Toolkit, picks: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.toolkit = toolkit
        for option in options_of(toolkit):
            choices = choices_of(option)
            first = choices[0].key if option.is_required and choices else ""
            field = forms.ChoiceField(
                label=option.name,
                required=False,
                widget=forms.RadioSelect,
                initial=(picks or {}).get(option.key, first),
                choices=[(choice.key, choice.name) for choice in choices]
                + ([] if option.is_required else [("", _("Without"))]),
            )
            self.fields[field_name(option.key)] = field

    def groups(self) -> Iterable[tuple[forms.BoundField, list[tuple[Any, ToolkitChoice | None]]]]:
        """Each field with its radio buttons and the choice that each stands for."""
        for option in options_of(self.toolkit):
            bound = self[field_name(option.key)]
            by_key = {choice.key: choice for choice in choices_of(option)}
            yield bound, [(radio, by_key.get(str(radio.data["value"]))) for radio in bound]

    def picks(self) -> dict[str, str]:
        """Choice by option, as sent; where nothing was sent yet, as shown."""
        if not self.is_bound:
            return {option.key: str(self[field_name(option.key)].initial) for option in options_of(self.toolkit)}
        return {option.key: str(self.data.get(field_name(option.key), "")) for option in options_of(self.toolkit)}

    def explain(self, complaints: Iterable[Complaint]) -> None:
        """Say at each option what is wrong there."""
        # Every choice was taken as it came; what does not exist is one of the complaints.
        self.errors.clear()
        for complaint in complaints:
            name = field_name(complaint.option)
            self.add_error(name if name in self.fields else None, self.words(complaint))

    def words(self, complaint: Complaint) -> str:
        """A complaint in a sentence."""
        names = {
            (option.key, choice.key): choice.name
            for option in options_of(self.toolkit)
            for choice in choices_of(option)
        }
        one = names.get(complaint.choice, "") if complaint.choice else ""
        other = names.get(complaint.other, "") if complaint.other else ""
        match complaint.fault:
            case Fault.MISSING:
                return str(_("Choose one."))
            case Fault.UNKNOWN:
                return str(_("This choice is not on offer any more. Choose another one."))
            case Fault.EXCLUDES:
                return str(_("%(one)s does not go with %(other)s.") % {"one": one, "other": other})
            case Fault.REQUIRES:
                return str(_("%(one)s only goes with %(other)s.") % {"one": one, "other": other})
            case Fault.NEGATIVE:
                return str(_("This combination has no price."))


class IdeaVoteForm(forms.Form):
    """1 to vote, 0 to take it back."""

    value = forms.IntegerField(min_value=0, max_value=1)


class MergeForm(forms.Form):
    """The idea that stays, by its address or number."""

    into = Line(label=_("Address or number of the idea that stays"), max_length=300)

    def clean_into(self) -> int:
        found = NUMBER.search(str(self.cleaned_data["into"]))
        if not found:
            raise forms.ValidationError(_("Give the address of an idea, or its number."))
        return int(found[1])


class IdeaCommentForm(KeyedForm):
    """A remark under an idea."""

    body = Line(label=_("Your comment"), max_length=IdeaComment.BODY_MAX, widget=forms.Textarea)


class JuryForm(forms.Form):
    """Points for the ideas of one page of the jury's sheet; an empty field takes a score back."""

    def __init__(self, *args: Any, ideas: Iterable[Idea], given: Mapping[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for idea in ideas:
            self.fields[f"idea-{idea.pk}"] = forms.TypedChoiceField(
                label=_("Points, 0 to 10"),
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", "–"), *((points, str(points)) for points in range(JuryScore.MOST + 1))],
                initial=given.get(idea.pk, ""),
            )

    def points(self) -> dict[int, int | None]:
        """What is given to each idea."""
        return {int(name.removeprefix("idea-")): value for name, value in self.cleaned_data.items()}


def field_name(option: str) -> str:
    """How an option's field is called."""
    return f"choose-{option}"


def picks_in(data: Mapping[str, Any], toolkit: Toolkit) -> dict[str, str]:
    """Choice by option, from the fields of a query or a form."""
    return {option.key: str(data.get(field_name(option.key), "")) for option in options_of(toolkit)}
