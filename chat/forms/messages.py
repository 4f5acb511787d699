"""Forms of the inbox."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chat.models import MessageReport
from chat.queries import acquaintances
from community.forms.fields import Line, Markdown, Rows
from community.models import Member, Reason


class MessageForm(forms.Form):
    """What somebody says, once for each ``client_id``; its length is judged by the service."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    body = Markdown(label=_("Message"), required=False, widget=forms.Textarea(attrs={"rows": 1}))
    file = forms.FileField(label=_("Attach a file"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client_id"].initial = uuid.uuid4


class GroupForm(forms.Form):
    """Who shall be in a group, and its name."""

    title = Line(label=_("Name of the group"), max_length=80)
    people: Rows[Member] = Rows(label=_("People"), queryset=Member.objects.none(), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = acquaintances.people(member)
        people: Any = self.fields["people"]
        people.queryset = Member.objects.filter(pk__in=[person.pk for person in self.known])


class GroupPeopleForm(GroupForm):
    """The same for a group that is there: nobody has to come."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].required = False


class MessageReportForm(forms.Form):
    """Why the team should see a message."""

    reason = forms.ChoiceField(label=_("What is wrong with it?"), choices=Reason.choices, widget=forms.RadioSelect)
    note = Line(
        label=_("Anything that helps us to see it"),
        required=False,
        max_length=MessageReport.NOTE_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
