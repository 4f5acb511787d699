"""What gamification brings to the registry: its consumer of the journal, notification kinds and checks."""

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
    streaks,
)
from gamification.streaks import LOCAL_DAY, THEIR_DAY

CONSUMER = "gamification"
#: What is told of badges and streaks in a line, without a dialog.
PROGRESS = {
    revocations.REVOKED: "notifications/badge_revoked.html",
    revocations.RESTORED: "notifications/badge_restored.html",
    messages.MUCH_EARNED: "notifications/much_earned.html",
    landing.STREAK_ENDING: "notifications/streak_ending.html",
    landing.SEASON_ENDING: "notifications/season_ending.html",
    falls.BADGE_FALLING: "notifications/badge_falling.html",
    falls.LEVEL_FALLING: "notifications/level_falling.html",
}


def register() -> None:
    """Register it all."""
    registry.add_consumer(JournalConsumer(CONSUMER, frozenset(_verbs()), evaluation.handle))
    registry.add_notification_kind(
        NotificationKind(messages.POINTS_EARNED, "notifications/points_earned.html", group="points", grouped=False)
    )
    registry.add_notification_kind(
        NotificationKind(
            messages.BADGE_EARNED, "notifications/badge_earned.html", effect="dialog", group="points", grouped=False
        )
    )
    registry.add_notification_kind(
        NotificationKind(
            retroactions.POINTS_REVISED, "notifications/points_revised.html", group="points", grouped=False
        )
    )
    for name in (hold_notices.POINTS_HELD, hold_notices.HOLD_DECIDED):
        registry.add_notification_kind(
            NotificationKind(name, "notifications/points_held.html", group="points", grouped=False)
        )
    for name, template in PROGRESS.items():
        registry.add_notification_kind(NotificationKind(name, template, group="points", grouped=False))
    registry.add_notification_group(reward_kinds.GROUP)
    for kind in reward_kinds.KINDS:
        registry.add_notification_kind(kind)
    registry.add_stamp(guards.WEIGHTLESS, guards.weightless)
    registry.add_stamp(LOCAL_DAY, streaks.local_day)
    registry.add_stamp(THEIR_DAY, streaks.local_day, of="beneficiary")
    registry.add_personal_data(*personal_data.KINDS)
    for name, check in verification.CHECKS.items():
        registry.add_verify_check(name, check)


def _verbs() -> set[str]:
    """Every verb of the journal with its inverse: any of them may earn by a rule that a manager writes."""
    return {verb for pair in activity.INVERSES.items() for verb in pair if verb}
