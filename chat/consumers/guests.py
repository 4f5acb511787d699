"""Who is behind a socket, and whether they still may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from allauth.headless.internal.sessionkit import authenticate_by_x_session_token
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session

from chat import frames
from chat.models import Visitor, VisitorSession
from chat.services import visitor_sessions
from community.models import Member

#: Rows asked for at once; SQLite takes no list of any length.
AT_ONCE = 500

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Guest:
    """A person with the session that proves who they are.

    ``proof`` is the stored password of a member at that time: it changes with the password, and sessions end with it.
    """

    person: Member | Visitor
    session: str
    proof: str

    @property
    def name(self) -> str:
        """What budgets and presence know them by."""
        return frames.name_of(self.person)

    @property
    def language(self) -> str:
        """In which they are told what was refused."""
        return self.person.language or settings.LANGUAGE_CODE


def of_cookie(user: Member | AnonymousUser, session: SessionBase) -> Guest | None:
    """The member whose cookie came with the socket, if it is one."""
    member = Member.objects.filter(pk=user.pk).first() if user.is_authenticated else None
    return of_session(member, session) if member else None


def of_session(member: Member, session: SessionBase) -> Guest | None:
    """A member by a session that was found, unless the account is barred."""
    if not member.is_active or session.session_key is None:
        return None
    return Guest(member, session.session_key, member.password)


def of_token(token: str, *, at: datetime) -> Guest | None:
    """A visitor of the shop or a member in an app, by a token; ``None`` where it is worth nothing."""
    if found := visitor_sessions.find(token, at):
        visitor_sessions.note_use(session=found, at=at)
        return Guest(found.visitor, str(found.pk), "")
    authenticated = authenticate_by_x_session_token(token)
    return of_session(*authenticated) if authenticated else None


def ended(guests: Collection[Guest], *, at: datetime) -> set[Guest]:
    """Those whose session is over, or who were barred, in a constant number of queries for each few hundred."""
    members = [guest for guest in guests if isinstance(guest.person, Member)]
    visitors = [guest for guest in guests if isinstance(guest.person, Visitor)]
    return _signed_out(members, at) | _gone(visitors, at)


def _signed_out(guests: Iterable[Guest], at: datetime) -> set[Guest]:
    by_session: dict[str, list[Guest]] = defaultdict(list)
    for guest in guests:
        by_session[guest.session].append(guest)
    over: set[Guest] = set()
    for keys in _some(sorted(by_session)):
        open_keys = set(
            Session.objects.filter(session_key__in=keys, expire_date__gt=at).values_list("session_key", flat=True)
        )
        asked = [guest for key in keys for guest in by_session[key]]
        proofs = dict(
            Member.objects.filter(pk__in={guest.person.pk for guest in asked}, is_active=True).values_list(
                "pk", "password"
            )
        )
        over.update(
            guest for guest in asked if guest.session not in open_keys or proofs.get(guest.person.pk) != guest.proof
        )
    return over


def _gone(guests: Collection[Guest], at: datetime) -> set[Guest]:
    over: set[Guest] = set()
    for some in _some(sorted(guests, key=lambda guest: guest.session)):
        rows = VisitorSession.objects.filter(
            pk__in={int(guest.session) for guest in some},
            ended_at=None,
            expires_at__gt=at,
            visitor__erased_at=None,
            visitor__widget__is_active=True,
        )
        valid = {str(pk) for pk in rows.values_list("pk", flat=True)}
        over.update(guest for guest in some if guest.session not in valid)
    return over


def _some(rows: list[T]) -> Iterable[list[T]]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))
