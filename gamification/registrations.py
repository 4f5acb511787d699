"""What gamification brings to the registry: its consumer of the journal, notification kinds and checks."""

from django.utils.translation import gettext_lazy as _

from community import activity
from community.registry import JournalConsumer, NotificationKind, registry
from gamification import personal_data, verification
from gamification.services import (
    evaluation,
    falls,
    guards,
    hold_notices,
    landing,
    messages,
    retroactions,
    revocations,
    reward_kinds,
    standing,
    streaks,
)
from gamification.streaks import LOCAL_DAY, THEIR_DAY

CONSUMER = "gamification"
#: What is told of points, badges and streaks in a line, without a dialog: kind, name, template.
PROGRESS = (
    (messages.POINTS_EARNED, _("Points earned"), "points_earned"),
    (messages.MUCH_EARNED, _("Much earned at once"), "much_earned"),
    (retroactions.POINTS_REVISED, _("Points counted anew"), "points_revised"),
    (hold_notices.POINTS_HELD, _("Points are looked at"), "points_held"),
    (hold_notices.HOLD_DECIDED, _("Points were looked at"), "points_held"),
    (revocations.REVOKED, _("Badge taken back"), "badge_revoked"),
    (revocations.RESTORED, _("Badge given back"), "badge_restored"),
    (landing.STREAK_ENDING, _("A streak is about to end"), "streak_ending"),
    (landing.SEASON_ENDING, _("A season is about to end"), "season_ending"),
    (landing.QUEST_ENDING, _("A quest is about to end"), "quest_ending"),
    (falls.BADGE_FALLING, _("A badge is about to be lost"), "badge_falling"),
    (falls.LEVEL_FALLING, _("A level is about to be lost"), "level_falling"),
)


def register() -> None:
    """Register it all."""
    registry.add_consumer(JournalConsumer(CONSUMER, frozenset(_verbs()), evaluation.handle, _("Points and badges")))
    for name, label, template in PROGRESS:
        registry.add_notification_kind(
            NotificationKind(name, f"notifications/{template}.html", group="points", label=label, grouped=False)
        )
    registry.add_notification_kind(
        NotificationKind(
            messages.BADGE_EARNED,
            "notifications/badge_earned.html",
            effect="dialog",
            group="points",
            label=_("Badge earned"),
            grouped=False,
        )
    )
    registry.add_notification_group(reward_kinds.GROUP)
    for kind in reward_kinds.KINDS:
        registry.add_notification_kind(kind)
    registry.add_beginning(standing.first)
    registry.add_stamp(guards.WEIGHTLESS, guards.weightless)
    registry.add_stamp(LOCAL_DAY, streaks.local_day)
    registry.add_stamp(THEIR_DAY, streaks.local_day, of="beneficiary")
    registry.add_personal_data(*personal_data.KINDS)
    for name, check in verification.CHECKS.items():
        registry.add_verify_check(name, check)


def _verbs() -> set[str]:
    """Every verb of the journal with its inverse: any of them may earn by a rule that a manager writes."""
    return {verb for pair in activity.INVERSES.items() for verb in pair if verb}
