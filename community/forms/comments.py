"""Form of a comment."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms.fields import Line
from community.forms.posting import KeyedForm
from community.models import Comment


class CommentForm(KeyedForm):
    """A remark under the question, or under the answer that it names."""

    body = Line(label=_("Your comment"), max_length=Comment.BODY_MAX, widget=forms.Textarea)
    answer = forms.IntegerField(required=False, widget=forms.HiddenInput)
