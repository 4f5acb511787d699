"""What the community itself brings to the registry."""

from community import activity, verification
from community.registry import JournalConsumer, NotificationKind, registry
from community.services import indexing, mentions, telling

CONSUMER = "notifications"
INDEXER = "search"
MENTIONS = "mentions"


def register() -> None:
    """Register it all."""
    registry.add_consumer(JournalConsumer(CONSUMER, frozenset(telling.WORTH_TELLING), telling.handle))
    registry.add_consumer(JournalConsumer(INDEXER, frozenset(indexing.WORTH_INDEXING), indexing.handle))
    registry.add_consumer(JournalConsumer(MENTIONS, frozenset({activity.MEMBER_MENTIONED}), mentions.handle))
    for kind in (activity.ANSWER_CREATED, activity.ANSWER_ACCEPTED, activity.COMMENT_CREATED):
        effect = "none" if kind == activity.ANSWER_ACCEPTED else "toast"
        registry.add_notification_kind(
            NotificationKind(kind, f"notifications/{kind.replace('.', '_')}.html", effect=effect)
        )
    registry.add_notification_kind(
        NotificationKind(activity.MEMBER_MENTIONED, "notifications/member_mentioned.html", grouped=False)
    )
    for name, check in verification.CHECKS.items():
        registry.add_verify_check(name, check)
