"""Forms of answers: write, edit and vote."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms.fields import Markdown
from community.forms.posting import ChangeForm, DraftedForm, KeyedForm
from community.models import Answer


class AnswerForm(forms.Form):
    """The text of an answer."""

    body = Markdown(label=_("Your answer"), max_length=Answer.BODY_MAX)


class ReplyForm(KeyedForm, DraftedForm, AnswerForm):
    """A new answer."""


class AnswerChangeForm(ChangeForm, AnswerForm):
    """A changed answer."""


class VoteForm(forms.Form):
    """1 for helpful, -1 for not helpful, 0 to take it back."""

    value = forms.IntegerField(min_value=-1, max_value=1)
