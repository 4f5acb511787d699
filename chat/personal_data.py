"""Which rows of this floor are about a member, and what becomes of them when the member is erased."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chat.models import (
    Attachment,
    HelpRequest,
    Message,
    MessageReport,
    Note,
    Participant,
    Rating,
    Responder,
    SeenToken,
    Visitor,
    VisitorSession,
)
from chat.services import stored_files, visitors
from community.models import Member
from community.registry import PersonalData, RetentionClass


def empty_messages(member: Member, at: datetime) -> None:
    """What a member wrote goes; the numbers stay, so that the logs of others keep no gap."""
    Message.objects.filter(member=member, deleted_at=None).update(body="", html="", data={}, deleted_at=at)


def empty_requests(member: Member, at: datetime) -> None:
    """Where a member asked from goes, from the requests and from what was decided about them."""
    visitors.forget_requests(HelpRequest.objects.filter(member=member))


def switch_off(member: Member, at: datetime) -> None:
    """Nobody is led to somebody who is gone, and what was said to them has no reader any more."""
    Responder.objects.filter(member=member).update(is_enabled=False, available=False)
    Rating.objects.filter(responder__member=member).update(word="")


def remove_files(member: Member, at: datetime) -> None:
    """Delete what a member has sent along, the files as well."""
    stored_files.remove(Attachment.objects.filter(member=member))


def forget_visitors(member: Member, at: datetime) -> None:
    """As a visitor of the shop the member was somebody, too."""
    _forget(Visitor.objects.filter(customer__member=member, erased_at=None), at)


def forget(rows: QuerySet[Visitor]) -> None:
    """Forget visitors whose time is over."""
    _forget(rows, timezone.now())


def _forget(rows: QuerySet[Visitor], at: datetime) -> None:
    for visitor in rows.order_by("pk"):
        visitors.erase(visitor=visitor, at=at)


#: Found by the way of the shop's customer, whom the floor below lets go of.
SHOP_KINDS = (
    PersonalData(
        "visits-to-the-shop", Visitor, "customer__member", ("name", "email", "crm", "first_at", "seen_at", "visits"),
        erased=forget_visitors,
    ),
    PersonalData(
        "chats-in-the-shop", Message, "visitor__customer__member", ("conversation_id", "seq", "kind", "body", "at")
    ),
    PersonalData(
        "ratings-of-chats-in-the-shop", Rating, "help__visitor__customer__member", ("stars", "text", "word", "at")
    ),
    PersonalData("notes-about-visits-to-the-shop", Note, "visitor__customer__member", ("text", "at")),
    PersonalData(
        "files-of-chats-in-the-shop", Attachment, "visitor__customer__member", ("name", "size", "created_at"), ("file",)
    ),
)  # fmt: skip

#: The widget says it beside each message: chats with visitors are kept for 90 days.
RETENTION = (
    RetentionClass(
        "visitors", _("Visitors of the shop and what they wrote"), 90, visitors.unseen_since, forget
    ),
    RetentionClass(
        "notes", _("Notes of those who help about whom they help"), 90, lambda end: Note.objects.filter(at__lt=end)
    ),
    RetentionClass(
        "visitor-sessions", _("Sessions of visitors that have ended"), 1,
        lambda end: VisitorSession.objects.filter(expires_at__lt=end),
    ),
    RetentionClass(
        "seen-identities", _("Identities that were used"), 1, lambda end: SeenToken.objects.filter(expires_at__lt=end)
    ),
)  # fmt: skip

KINDS = (
    PersonalData(
        "messages", Message, "member", ("conversation_id", "seq", "kind", "body", "at"), erased=empty_messages
    ),
    PersonalData("files_in_messages", Attachment, "member", ("name", "size", "created_at"), ("file",), remove_files),
    PersonalData(
        "conversations", Participant, "member", ("conversation_id", "part", "read_seq", "joined_at", "left_at")
    ),
    PersonalData("reported_messages", MessageReport, "member", ("reason", "note", "at", "outcome")),
    PersonalData(
        "requests_for_help",
        HelpRequest,
        "member",
        ("conversation_id", "phase", "page_url", "asked_at"),
        erased=empty_requests,
    ),
    PersonalData("ratings_of_talks", Rating, "help__member", ("stars", "text", "word", "at")),
    PersonalData("notes_about_you", Note, "member", ("text", "at"), erased="deleted"),
    PersonalData("notes_you_wrote", Note, "responder__member", ("text", "at"), erased="deleted"),
    PersonalData("advising", Responder, "member", ("group", "capacity", "languages", "schedule"), erased=switch_off),
)
