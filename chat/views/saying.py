"""Saying something by a plain form, in the inbox and on the desk: words, a file, or both."""

from __future__ import annotations

from django.utils import timezone

from chat.forms.messages import MessageForm
from chat.models import Participant
from chat.services import attachments, messages
from community import limits
from community.views.people import MemberRequest


def say(request: MemberRequest, participant: Participant, form: MessageForm, *, limit: limits.Limit) -> None:
    """Send what a valid ``form`` holds. Raises what the services refuse."""
    now, said = timezone.now(), form.cleaned_data
    limits.spend(limit, member=request.user, at=now)
    message = {"client_id": said["client_id"], "body": said["body"]}
    if said["file"]:
        limits.spend(limits.UPLOADS, member=request.user, at=now)
        file = attachments.encode(said["file"], said["file"].name)
        attachments.send(participant=participant, file=file, at=now, **message)
    else:
        messages.send(participant=participant, at=now, **message)
