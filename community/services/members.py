"""Members: sign up and keep one's profile."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from community import words
from community.models import Member, Standing
from community.refusals import Refusal

RESERVED = {"admin", "api", "me", "support", "team", "help", "settings", "anonymous"}
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
    if base not in taken:
        return base
    return next(handle for number in range(2, len(taken) + 3) if (handle := f"{base}-{number}") not in taken)


@transaction.atomic
def create(
    *, email: str, password: str | None, display_name: str, language: str, at: datetime, **fields: object
) -> Member:
    """Store a new member with a handle of their own and an empty standing."""
    member = Member(
        email=Member.objects.normalize_email(email).lower(), display_name=display_name, language=language, **fields
    )
    member.set_password(password)
    return enrol(member=member, at=at)


@transaction.atomic
def enrol(*, member: Member, at: datetime) -> Member:
    """Store ``member``, built by the caller, with an empty standing; a missing or taken handle is replaced.

    Raises ``AddressTaken``.
    """
    member.email = member.email.lower()
    member.display_name = words.line(member.display_name)
    member.joined_at = at
    if not member.handle or Member.objects.filter(handle=member.handle).exists():
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
    Standing.objects.create(member=member)
    return member


@transaction.atomic
def edit(*, member: Member, **changes: object) -> Member:
    """Change profile fields of ``member``. Raises ``HandleTaken``, also for handles that mislead."""
    former = {name: getattr(member, name) for name in changes}
    if changes.get("handle", member.handle) != member.handle and changes["handle"] in RESERVED:
        raise HandleTaken
    for name, value in changes.items():
        setattr(member, name, words.line(value) if isinstance(value, str) else value)
    try:
        with transaction.atomic():
            member.save(update_fields=list(changes))
    except IntegrityError as error:
        for name, value in former.items():
            setattr(member, name, value)
        raise HandleTaken from error
    return member
