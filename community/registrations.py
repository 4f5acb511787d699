"""What the community itself brings to the registry."""

from community import activity, verification
from community.registry import JournalConsumer, NotificationKind, registry
from community.services import indexing, telling

CONSUMER = "notifications"
INDEXER = "search"


def register() -> None:
    """Register it all."""
    registry.add_consumer(JournalConsumer(CONSUMER, frozenset(telling.WORTH_TELLING), telling.handle))
    registry.add_consumer(JournalConsumer(INDEXER, frozenset(indexing.WORTH_INDEXING), indexing.handle))
    for kind in (activity.ANSWER_CREATED, activity.ANSWER_ACCEPTED, activity.COMMENT_CREATED):
        effect = "none" if kind == activity.ANSWER_ACCEPTED else "toast"
        registry.add_notification_kind(
            NotificationKind(kind, f"notifications/{kind.replace('.', '_')}.html", effect=effect)
        )
    for name, check in verification.CHECKS.items():
        registry.add_verify_check(name, check)
