"""One registry through which upper apps give this floor what it serves without knowing them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from community.models import Delivery, Notification


@dataclass(frozen=True, slots=True)
class JournalConsumer:
    """Somebody who handles activities in the background.

    ``handle`` gets a batch of locked deliveries with their activities, inside the transaction that will delete
    them; it must leave a delivery alone (see ``deliveries.Postpone``) only by raising.
    """

    name: str
    verbs: frozenset[str]
    handle: Callable[[list[Delivery]], None]


@dataclass(frozen=True, slots=True)
class NotificationKind:
    """How a kind of notification is worded and shown: a template, and toast, dialog or nothing at once."""

    name: str
    template: str
    effect: str = "toast"
    subject: Callable[[Notification], str | Promise] | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that ``verify`` found: what is derived is not what it should be."""

    check: str
    subject: str
    expected: str
    found: str


@dataclass(slots=True)
class Registry:
    """What the installed apps brought, by name."""

    consumers: dict[str, JournalConsumer] = field(default_factory=dict)
    notification_kinds: dict[str, NotificationKind] = field(default_factory=dict)
    verify_checks: dict[str, Callable[[], Iterable[Difference]]] = field(default_factory=dict)

    def consumers_of(self, verb: str) -> list[JournalConsumer]:
        """Who wants activities of ``verb``."""
        return [consumer for consumer in self.consumers.values() if verb in consumer.verbs]

    def add_consumer(self, consumer: JournalConsumer) -> None:
        """Let ``consumer`` have a delivery for each activity of its verbs."""
        self.consumers[consumer.name] = consumer

    def add_notification_kind(self, kind: NotificationKind) -> None:
        """Make ``kind`` known to the notification list, the toasts and e-mails."""
        self.notification_kinds[kind.name] = kind

    def add_verify_check(self, name: str, check: Callable[[], Iterable[Difference]]) -> None:
        """Let ``verify`` run ``check``."""
        self.verify_checks[name] = check


registry = Registry()
