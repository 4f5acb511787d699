"""One registry through which upper apps give this floor what it serves without knowing them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, Protocol

from django.utils.functional import Promise

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from community.models import Delivery, Member, Notification, Post


@dataclass(frozen=True, slots=True)
class JournalConsumer:
    """Somebody who handles activities in the background.

    ``handle`` gets a batch of locked deliveries with their activities, inside the transaction that will delete
    them; it must leave a delivery alone (see ``deliveries.Postpone``) only by raising. ``verbs`` may be a live view.
    ``label`` says in the admin what it does.
    """

    name: str
    verbs: AbstractSet[str]
    handle: Callable[[list[Delivery]], None]
    label: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the journal keeps of the actor of a deed, or of its beneficiary, at that moment."""

    say: Callable[[Member, datetime], object | None]
    of: Literal["actor", "beneficiary"]


@dataclass(frozen=True, slots=True)
class NotificationGroup:
    """Kinds that a member turns on and off together: one line of the page of settings.

    ``channel`` is where they go unless the member says otherwise, one of ``models.Channel``; ``choices`` are the
    channels that the member may choose from, all of them if empty. A group without "off" is always told.
    """

    name: str
    label: str | Promise
    hint: str | Promise = ""
    channel: str = "in_app"
    choices: tuple[str, ...] = ()
    position: int = 50

    def kinds(self, *named: tuple[str, str | Promise]) -> tuple[NotificationKind, ...]:
        """Kinds of this group, name and label each, of which every row is told by itself."""
        return tuple(NotificationKind(kind, group=self.name, label=label, grouped=False) for kind, label in named)


@dataclass(frozen=True, slots=True)
class NotificationKind:
    """How a kind of notification is worded and shown: a template, and toast, dialog or nothing at once.

    The template is called as the kind is, in ``notifications/``, unless another one is named. It begins with
    ``{% extends layout %}`` and fills the blocks ``text`` and ``address``; the same words then stand in the list, in
    the toast and in an e-mail. ``notification.who`` names the people of a grouped row and ``notification.people`` is
    their number. ``group`` names the ``NotificationGroup`` that decides about the channel.
    Rows of a ``grouped`` kind about one thread are one line in the list and one mail; others stand alone.
    ``subject`` words the subject of an e-mail about one row; without it the subject is the line itself. Where
    ``needs_post`` is set, the template finds the row of ``add_readable`` that it is about as ``notification.post``.
    """

    name: str
    template: str = ""
    effect: str = "toast"
    subject: Callable[[Notification], str | Promise] | None = None
    group: str = "other"
    label: str | Promise = ""
    grouped: bool = True
    needs_post: bool = False

    def __post_init__(self) -> None:
        if not self.template:
            object.__setattr__(self, "template", f"notifications/{self.name.replace('.', '_')}.html")


class Moved(Protocol):
    """A service that hides a post or shows it again; doing it twice is once."""

    def __call__(self, post: Any, /, *, by: Member, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Flaggable:
    """A kind of post that members may report and moderators may hide.

    ``model`` is a ``Post`` with an ``author``. ``readable`` gives the rows that everybody may read, ``text`` is what
    was said, for the queue. ``hide`` and ``show`` move ``hidden_at`` with all counters and indexes; the first ``show``
    of a post that was never shown records its creation. ``delete`` and ``restore`` are its author's own.
    """

    name: str
    label: str | Promise
    model: type[Post]
    readable: Callable[[], QuerySet[Any]]
    url: Callable[[Any], str]
    text: Callable[[Any], str]
    hide: Moved
    show: Moved
    delete: Moved
    restore: Moved

    def find(self, pk: int) -> Any:
        """The post, whoever may read it, or ``None``."""
        return self.model._default_manager.filter(pk=pk).first()


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Rows about a member: what their export holds, and what becomes of the rows when the member is erased.

    ``owner`` is the way from a row to the member; ``fields`` and ``files`` (names of file fields) go into the export.
    ``told`` gives the rows instead where no such way leads to all of them, or where they are worded for the member.
    ``opened`` gives the rows instead where their text is sealed: only for a file that the member asked for themselves;
    it keeps that it was opened.
    ``erased`` says what becomes of the rows: "kept" where they are by then about a former member, "deleted", or a
    function that is given the member and the time.
    """

    name: str
    model: type[Model]
    owner: str
    fields: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    erased: Literal["kept", "deleted"] | Callable[[Member, datetime], None] = "kept"
    told: Callable[[Member], Iterable[Mapping[str, object]]] | None = None
    opened: Callable[[Member, datetime], Iterable[Mapping[str, object]]] | None = None


def _delete(rows: QuerySet[Any]) -> None:
    rows.delete()


@dataclass(frozen=True, slots=True)
class RetentionClass:
    """Rows that stay for ``days`` and then go. ``older_than`` gives those whose time ended before a moment."""

    name: str
    label: str | Promise
    days: int
    older_than: Callable[[datetime], QuerySet[Any]]
    purge: Callable[[QuerySet[Any]], None] = _delete


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
    notification_groups: dict[str, NotificationGroup] = field(default_factory=dict)
    notification_kinds: dict[str, NotificationKind] = field(default_factory=dict)
    flaggables: dict[str, Flaggable] = field(default_factory=dict)
    readable: dict[str, Callable[[], QuerySet[Any]]] = field(default_factory=dict)
    personal_data: list[PersonalData] = field(default_factory=list)
    retention_classes: dict[str, RetentionClass] = field(default_factory=dict)
    verify_checks: dict[str, Callable[[], Iterable[Difference]]] = field(default_factory=dict)
    stamps: dict[str, Stamp] = field(default_factory=dict)
    beginnings: list[Callable[[], Mapping[str, object]]] = field(default_factory=list)

    def consumers_of(self, verb: str) -> list[JournalConsumer]:
        """Who wants activities of ``verb``."""
        return [consumer for consumer in self.consumers.values() if verb in consumer.verbs]

    def add_consumer(self, consumer: JournalConsumer) -> None:
        """Let ``consumer`` have a delivery for each activity of its verbs."""
        self.consumers[consumer.name] = consumer

    def task_of(self, consumer: str) -> str | Promise:
        """What ``consumer`` does, in words; its name where it has none, or was a consumer of an earlier version."""
        known = self.consumers.get(consumer)
        return known.label if known and known.label else consumer

    def add_notification_group(self, group: NotificationGroup) -> None:
        """Give ``group`` a line in the members' settings."""
        self.notification_groups[group.name] = group

    def add_notification_kind(self, kind: NotificationKind) -> None:
        """Make ``kind`` known to the notification list, the toasts and e-mails."""
        self.notification_kinds[kind.name] = kind

    def add_flaggable(self, flaggable: Flaggable) -> None:
        """Let members report posts of this kind, and moderators hide them."""
        self.flaggables[flaggable.name] = flaggable

    def add_readable(self, subject_kind: str, rows: Callable[[], QuerySet[Any]]) -> None:
        """Say which rows of a subject everybody may read, fetched with what their tellings need.

        Nothing is told, listed, counted or mailed about a row of ``subject_kind`` that is not among them (any more).
        """
        self.readable[subject_kind] = rows

    def group_of(self, kind: str) -> NotificationGroup:
        """The line of the settings that decides about ``kind``."""
        known = self.notification_kinds.get(kind)
        return self.notification_groups[known.group if known else "other"]

    def add_personal_data(self, *kinds: PersonalData, first: bool = False) -> None:
        """Export these rows with their member and let them follow the member's erasure.

        ``first`` is for what is found by the way of something that others let go of.
        """
        place = 0 if first else len(self.personal_data)
        self.personal_data[place:place] = kinds

    def add_retention_class(self, kept: RetentionClass) -> None:
        """Let rows of this class go when their time is over."""
        self.retention_classes[kept.name] = kept

    def add_beginning(self, say: Callable[[], Mapping[str, object]]) -> None:
        """Let the ``Standing`` of whoever joins begin with the fields that ``say`` gives, asked in that transaction."""
        self.beginnings.append(say)

    def beginning(self) -> dict[str, object]:
        """What stands beside the name of somebody who has only just joined."""
        return {name: value for say in self.beginnings for name, value in say().items()}

    def add_verify_check(self, name: str, check: Callable[[], Iterable[Difference]]) -> None:
        """Let ``verify`` run ``check``."""
        self.verify_checks[name] = check

    def add_stamp(
        self,
        fact: str,
        say: Callable[[Member, datetime], object | None],
        *,
        of: Literal["actor", "beneficiary"] = "actor",
    ) -> None:
        """Let the journal keep with each deed, as ``fact``, what ``say`` says of its actor or of another beneficiary.

        ``None`` is left out. What is decided by it later is then decided by what was true when the deed was done.
        """
        self.stamps[fact] = Stamp(say, of)

    def stamp(self, actor: Member, beneficiary: Member | None, at: datetime) -> dict[str, object]:
        """What the journal keeps of the people of a deed at this moment."""
        people = {"actor": actor, "beneficiary": None if beneficiary == actor else beneficiary}
        told = {fact: stamp.say(member, at) for fact, stamp in self.stamps.items() if (member := people[stamp.of])}
        return {fact: value for fact, value in told.items() if value is not None}


registry = Registry()
