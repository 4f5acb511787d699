"""Rate limits: how often one member may do something, counted in the shared cache in fixed windows.

Pages and API spend from the same budget. A repeated request that an idempotency key answers costs nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from community import tally
from community.models import ApiKey, Member
from community.refusals import Refusal


class TooFast(Refusal):
    """The member did this too often lately; ``retry_after`` says in how many seconds it is possible again."""

    code = "rate_limited"
    message = _("That was a lot in a short time. Wait a little and try again. Nothing was lost.")
    status = 429

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__()


class Silenced(Refusal):
    """A sanction keeps the member from posting for a time."""

    code = "silenced"
    message = _("You cannot post for the time being. Why, and how to appeal, stands in your settings under Decisions.")
    status = 403


class Suspended(Refusal):
    """A sanction keeps the member from doing anything but reading for a time."""

    code = "suspended"
    message = _("Your account is suspended. Why, and how to appeal, stands in your settings under Decisions.")
    status = 403


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` times in ``seconds``.

    Every write of an edge spends one, so here is the one place where sanctions take effect: a silenced member does
    what is open ``while_silenced``, a suspended one only what is open ``while_suspended``.
    """

    name: str
    most: int
    seconds: int
    while_silenced: bool = False
    while_suspended: bool = False


THREADS = Limit("threads", 10, 3600)
ANSWERS = Limit("answers", 30, 3600)
COMMENTS = Limit("comments", 60, 3600)
VOTES = Limit("votes", 60, 60, while_silenced=True)
EDITS = Limit("edits", 60, 3600)
EXPORTS = Limit("exports", 5, 86_400, while_silenced=True, while_suspended=True)
#: What the law gives everybody, whatever was decided about them: a copy of their data, and the end of it.
FETCHES = Limit("fetches", 30, 3600, while_silenced=True, while_suspended=True)
ERASURES = Limit("erasures", 10, 3600, while_silenced=True, while_suspended=True)
DRAFTS = Limit("drafts", 90, 60, while_silenced=True)
PREVIEWS = Limit("previews", 120, 60, while_silenced=True)
READS = Limit("reads", 240, 60, while_silenced=True, while_suspended=True)
UPLOADS = Limit("uploads", 30, 3600)
COMPLETIONS = Limit("completions", 90, 60, while_silenced=True, while_suspended=True)
SHOP = Limit("shop", 1200, 60)
SHOP_COUPONS = Limit("shop_coupons", 6000, 60)
SEARCHES = Limit("searches", 60, 60, while_silenced=True, while_suspended=True)
REVIEWS = Limit("reviews", 10, 3600)
REDEMPTIONS = Limit("redemptions", 30, 3600, while_silenced=True)
HINTS = Limit("hints", 120, 60)
IDEAS = Limit("ideas", 10, 3600)
#: Asked with every pause of who types a title; only a program reaches it.
SIMILAR = Limit("similar", 120, 60, while_silenced=True, while_suspended=True)
IDEA_LOOKUPS = Limit("idea_lookups", 60, 60, while_silenced=True, while_suspended=True)
FLAGS = Limit("flags", 20, 3600, while_silenced=True)
CASES = Limit("cases", 600, 3600)
BLOCKS = Limit("blocks", 30, 3600, while_silenced=True, while_suspended=True)
APPEALS = Limit("appeals", 10, 3600, while_silenced=True, while_suspended=True)
CHANNELS = Limit("channels", 60, 3600, while_silenced=True, while_suspended=True)
OPEN_BADGES = Limit("open_badges", 60, 3600, while_silenced=True, while_suspended=True)
BOARDS = Limit("boards", 30, 3600, while_silenced=True, while_suspended=True)
NOTICES = Limit("notices", 10, 3600, while_silenced=True, while_suspended=True)
#: Sessions that visitors of one address may begin: a company or a school shares one.
WIDGET_SESSIONS = Limit("widget_sessions", 300, 3600)
#: Where a visitor is: told with each page and each change of the cart.
WIDGET_CONTEXTS = Limit("widget_contexts", 120, 60)
#: Files of one visitor, who is nobody we know, and of all visitors of one address.
VISITOR_UPLOADS = Limit("visitor_uploads", 10, 3600)
ADDRESS_UPLOADS = Limit("address_uploads", 60, 3600)
#: Of members and of the shop's visitors. Faster than anybody types for long.
MESSAGES = Limit("messages", 240, 60)
CONVERSATIONS = Limit("conversations", 20, 3600)
TRANSCRIPTS = Limit("transcripts", 5, 86_400, while_silenced=True)
TYPING = Limit("typing", 20, 60)
RECEIPTS = Limit("receipts", 240, 60, while_silenced=True, while_suspended=True)
EVENTS = Limit("events", 60, 3600, while_silenced=True)
#: A seat that somebody cannot use is somebody else's, whatever was decided about them.
EVENT_CANCELLATIONS = Limit("event_cancellations", 60, 3600, while_silenced=True, while_suspended=True)
CHECK_INS = Limit("check_ins", 600, 3600)
#: Pictures of a camera at the door, which takes at most three a second.
FRAMES = Limit("frames", 240, 60)
#: Calendars ask again and again by themselves.
CALENDARS = Limit("calendars", 60, 3600, while_silenced=True, while_suspended=True)
TEST_APPLICATIONS = Limit("test_applications", 30, 3600)
#: Who cannot test after all makes room for others, whatever was decided about them.
TEST_WITHDRAWALS = Limit("test_withdrawals", 30, 3600, while_silenced=True, while_suspended=True)
APPLICATIONS = Limit("applications", 30, 3600)
#: Who changes their mind may say so, whatever was decided about them.
APPLICATION_WITHDRAWALS = Limit("application_withdrawals", 30, 3600, while_silenced=True, while_suspended=True)
#: Of one's own place among the ambassadors.
PROGRAMME = Limit("programme", 60, 3600)
#: Who rests, leaves, or takes back what they agreed to may say so, whatever was decided about them.
FAREWELLS = Limit("farewells", 60, 3600, while_silenced=True, while_suspended=True)
TRAINING_ATTEMPTS = Limit("training_attempts", 40, 3600, while_silenced=True)
NOMINATIONS = Limit("nominations", 20, 3600)
#: Of somebody's own money, whatever was decided about them.
DISPUTES = Limit("disputes", 30, 86_400, while_silenced=True, while_suspended=True)
TAX_PROFILES = Limit("tax_profiles", 20, 3600, while_silenced=True, while_suspended=True)
#: What helpers do on their desk.
HELPING = Limit("helping", 120, 60)
#: What testers say about the sample's way to them.
PARCELS = Limit("parcels", 30, 3600, while_silenced=True)
TEST_REPORTS = Limit("test_reports", 20, 3600)


def spend(limit: Limit, *, member: Member | ApiKey, at: datetime) -> None:
    """Count one use. Raises ``TooFast`` for every use beyond the limit until the window ends.

    Raises ``Silenced`` and ``Suspended`` where a sanction in force forbids it.
    """
    if isinstance(member, Member):
        _sanctioned(limit, member, at)
    _spend(limit, str(member.pk), at)


def spend_as(limit: Limit, *, person: Member | AnonymousUser, address: str, at: datetime) -> None:
    """Count one use of a member, or of a visitor by the network address, of which only a digest is kept."""
    if isinstance(person, Member):
        _sanctioned(limit, person, at)
    visitor = hashlib.sha256(address.encode()).hexdigest()[:32]
    _spend(limit, str(person.pk) if isinstance(person, Member) else visitor, at)


def spend_for(limit: Limit, *, who: str, at: datetime) -> None:
    """Count one use of somebody who is no member, named by ``who``, as in ``visitor:7``."""
    _spend(limit, who, at)


def _sanctioned(limit: Limit, member: Member, at: datetime) -> None:
    if member.suspended_until is not None and at < member.suspended_until and not limit.while_suspended:
        raise Suspended
    if member.silenced_until is not None and at < member.silenced_until and not limit.while_silenced:
        raise Silenced


def _spend(limit: Limit, who: str, at: datetime) -> None:
    window, passed = divmod(int(at.timestamp()), limit.seconds)
    key = f"limit:{limit.name}:{who}:{window}"
    # The window's number is part of the key, so the row may outlive its window but never stretch it.
    if tally.count(key, kept=limit.seconds + 60) > limit.most:
        raise TooFast(limit.seconds - passed)
