"""What applicants are told: that it has arrived, where it stands and why, that somebody would like them to apply."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ambassadors.models import Application, Campaign, CampaignInvite, Move
from community.models import Channel, Notification
from community.registry import NotificationGroup
from community.services import notifications
from gamification.words import in_all_languages

MOVED = "application.moved"
REOPENED = "application.reopened"
INVITED = "campaign.invited"

GROUP = NotificationGroup(
    "applications",
    _("Ambassadors"),
    _("What becomes of your application, and invitations to apply"),
    "at_once",
    (Channel.IN_APP, Channel.AT_ONCE, Channel.DAILY),
    position=13,
)
KINDS = GROUP.kinds(
    (MOVED, _("Your application has moved on")),
    (REOPENED, _("Your application is open again")),
    (INVITED, _("You are asked to apply")),
)


def moved(application: Application, move: Move, *, at: datetime) -> None:
    """It stands somewhere else now, and why."""
    facts = {**_facts(application), "state": move.after, "words": move.reason}
    notifications.tell([_row(MOVED, application.member_id, f"{MOVED}:{move.pk}", facts, at)])


def taken_back(application: Application, move: Move, *, at: datetime) -> None:
    """The last move does not stand: what was told of it goes, and what is true is told."""
    notifications.retract(keys=[f"{MOVED}:{move.undoes_id}"])
    facts = {**_facts(application), "state": move.after, "words": move.reason}
    notifications.tell([_row(REOPENED, application.member_id, f"{REOPENED}:{move.pk}", facts, at)])


def invited(invite: CampaignInvite, *, at: datetime) -> None:
    """Somebody of the brand would like them to apply."""
    facts = {**_campaign(invite.campaign), "words": invite.note}
    notifications.tell([_row(INVITED, invite.member_id, f"{INVITED}:{invite.pk}", facts, at)])


def forget(ids: list[int]) -> None:
    """What was told of applications that are gone goes with them."""
    Notification.objects.filter(subject_kind="application", subject_id__in=ids).delete()


def _facts(application: Application) -> dict[str, object]:
    return {"application": application.pk, **_campaign(application.campaign)}


def _campaign(campaign: Campaign) -> dict[str, object]:
    return {"slug": campaign.slug, **in_all_languages(campaign, "title")}


def _row(kind: str, member: int, key: str, facts: dict[str, object], at: datetime) -> Notification:
    about = {"subject_kind": "application", "subject_id": facts["application"]} if "application" in facts else {}
    return Notification(member_id=member, kind=kind, key=key, facts=facts, created_at=at, **about)
