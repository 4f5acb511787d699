"""Members: sign up and keep one's profile."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from community import words
from community.models import FormerHandle, Member, Standing
from community.refusals import Refusal
from community.registry import registry

RESERVED = {"admin", "api", "me", "support", "team", "help", "settings", "anonymous"}
#: So long a handle that somebody gave up is kept from others, who would be taken for them.
HANDLE_KEPT = timedelta(days=365)
HANDLE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


class HandleTaken(Refusal):
    """Somebody has this handle."""

    code = "handle_taken"
    message = _("This handle is taken. Choose another one.")
    field = "handle"


class AddressTaken(Refusal):
    """Somebody signs up with an address that has an account; mostly the same person, twice at once."""

    code = "address_taken"
    message = _("There is an account with this address. Look into your mail, or sign in.")
    field = "email"


def free_handle(name: str) -> str:
    """Return an unused handle made from a display name; a number is added where it is taken."""
    base = slugify(name)[:24].strip("-")
    if len(base) < 3 or base in RESERVED:
        base = f"{base or 'member'}-{get_random_string(4, HANDLE_LETTERS)}"
    taken = set(Member.objects.filter(handle__startswith=base).values_list("handle", flat=True))
    taken |= set(FormerHandle.objects.filter(handle__startswith=base).values_list("handle", flat=True))
    if base not in taken:
        return base
    return next(handle for number in range(2, len(taken) + 3) if (handle := f"{base}-{number}") not in taken)


@transaction.atomic
def create(
    *, email: str, password: str | None, display_name: str, language: str, at: datetime, **fields: object
) -> Member:
    """Store a new member with a handle of their own and the standing of a newcomer."""
    member = Member(
        email=Member.objects.normalize_email(email).lower(), display_name=display_name, language=language, **fields
    )
    member.set_password(password)
    return enrol(member=member, at=at)


@transaction.atomic
def enrol(*, member: Member, at: datetime) -> Member:
    """Store ``member``, built by the caller, with the standing of a newcomer; a missing or taken handle is replaced.

    Raises ``AddressTaken``.
    """
    member.email = member.email.lower()
    member.display_name = words.line(member.display_name)
    member.joined_at = at
    if not member.handle or _is_kept(member.handle, at) or Member.objects.filter(handle=member.handle).exists():
        member.handle = free_handle(member.display_name)
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError:
        if Member.objects.filter(email__iexact=member.email).exists():
            raise AddressTaken from None
        # Somebody of the same name was faster.
        member.handle = f"{member.handle[:24]}-{get_random_string(4, HANDLE_LETTERS)}"
        member.save()
    FormerHandle.objects.filter(handle=member.handle).delete()
    Standing.objects.create(member=member, **registry.beginning())
    return member


@transaction.atomic
def edit(*, member: Member, at: datetime, **changes: object) -> Member:
    """Change profile fields of ``member``; a former handle leads to the new one as long as nobody else has it.

    Raises ``HandleTaken``, also for handles that mislead: what somebody gave up less than a year ago.
    """
    former = {name: getattr(member, name) for name in changes}
    handle = str(changes.get("handle", member.handle))
    renamed = handle != member.handle
    if renamed and handle in RESERVED:
        raise HandleTaken
    for name, value in changes.items():
        setattr(member, name, words.line(value) if isinstance(value, str) else value)
    try:
        with transaction.atomic():
            member.save(update_fields=list(changes))
            if renamed:
                # Asked only now: it may have been given up while we waited for its row.
                _leave_to_others(handle, at, member)
    except (IntegrityError, HandleTaken) as error:
        for name, value in former.items():
            setattr(member, name, value)
        raise HandleTaken from error
    if renamed:
        FormerHandle.objects.filter(handle=handle).delete()
        FormerHandle.objects.update_or_create(handle=former["handle"], defaults={"member": member, "given_up_at": at})
    return member


def _leave_to_others(handle: str, at: datetime, member: Member) -> None:
    if _is_kept(handle, at, but=member):
        raise HandleTaken


def _is_kept(handle: str, at: datetime, *, but: Member | None = None) -> bool:
    """Whether somebody else gave the handle up lately."""
    return FormerHandle.objects.filter(handle=handle, given_up_at__gt=at - HANDLE_KEPT).exclude(member=but).exists()
