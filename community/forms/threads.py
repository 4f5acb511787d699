"""Forms of a question: ask and edit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms.fields import Line, Markdown
from community.forms.posting import ChangeForm, DraftedForm, KeyedForm
from community.models import Phase, Product, Thread, Topic
from community.queries import products


class ThreadForm(forms.Form):
    """A question with its classification."""

    title = Line(label=_("Your question"), min_length=Thread.TITLE_MIN, max_length=Thread.TITLE_MAX)
    body = Markdown(label=_("Details"), max_length=Thread.BODY_MAX, required=False)
    phase = forms.ChoiceField(label=_("Where are you right now?"), choices=Phase.choices, widget=forms.RadioSelect)
    topic = forms.ModelChoiceField[Topic](
        label=_("Topic"),
        queryset=Topic.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("No particular topic"),
    )
    product = forms.ModelChoiceField[Product](
        label=_("Which product is it about?"),
        queryset=Product.objects.none(),
        to_field_name="slug",
        required=False,
        blank=True,
        empty_label=_("Something else"),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = products.topics()  # type: ignore[attr-defined] # the stubs forget the field's class
        self.fields["product"].queryset = products.active(also=self._kept())  # type: ignore[attr-defined] # as above

    def _kept(self) -> int | None:
        """A question stays with its product even when that is not sold any more."""
        product = self.initial.get("kept", self.initial.get("product"))
        return product.pk if isinstance(product, Product) else None


class AskForm(KeyedForm, DraftedForm, ThreadForm):
    """A new question."""


class ThreadChangeForm(ChangeForm, ThreadForm):
    """A changed question."""
