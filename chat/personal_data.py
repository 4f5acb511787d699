"""Which rows of this floor are about a member, and what becomes of them when the member is erased."""

from __future__ import annotations

from datetime import datetime

from chat.models import Attachment, HelpRequest, Message, MessageReport, Participant, Responder
from community.models import Member
from community.registry import PersonalData


def empty_messages(member: Member, at: datetime) -> None:
    """What a member wrote goes; the numbers stay, so that the logs of others keep no gap."""
    Message.objects.filter(member=member, deleted_at=None).update(body="", html="", data={}, deleted_at=at)


def switch_off(member: Member, at: datetime) -> None:
    """Nobody is led to somebody who is gone."""
    Responder.objects.filter(member=member).update(is_enabled=False, available=False)


def remove_files(member: Member, at: datetime) -> None:
    """Delete what a member has sent along, the files as well."""
    for attachment in Attachment.objects.filter(member=member):
        attachment.file.delete(save=False)
        attachment.delete()


KINDS = (
    PersonalData(
        "messages", Message, "member", ("conversation_id", "seq", "kind", "body", "at"), erased=empty_messages
    ),
    PersonalData("files_in_messages", Attachment, "member", ("name", "size", "created_at"), ("file",), remove_files),
    PersonalData(
        "conversations", Participant, "member", ("conversation_id", "part", "read_seq", "joined_at", "left_at")
    ),
    PersonalData("reported_messages", MessageReport, "member", ("reason", "note", "at", "outcome")),
    PersonalData("requests_for_help", HelpRequest, "member", ("conversation_id", "phase", "page_url", "asked_at")),
    PersonalData("advising", Responder, "member", ("group", "capacity", "languages", "schedule"), erased=switch_off),
)
