"""Reads of channels: which way members want to hear of a group of notifications."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from community.models import BY_MAIL, Channel, Member, NotificationSetting
from community.registry import NotificationGroup, registry

#: The weekly mail with one's own effect: a group without kinds.
SUMMARY = "summary"

Chosen = dict[tuple[int, str], str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the settings: a group, where it goes now and where it could go."""

    group: NotificationGroup
    channel: str

    @property
    def choices(self) -> tuple[str, ...]:
        """The channels that the member may choose from."""
        return choices_of(self.group)


def chosen(members: Collection[int]) -> Chosen:
    """What these members decided, by member and group; who decided nothing is not in it."""
    rows = NotificationSetting.objects.filter(member_id__in=members).order_by()
    return {(member, group): channel for member, group, channel in rows.values_list("member_id", "group", "channel")}


def channel_of(settings: Chosen, member: int, group: NotificationGroup) -> str:
    """Where ``group`` goes for ``member``; a choice that is not offered any more counts as none."""
    channel = settings.get((member, group.name), group.channel)
    return channel if channel in choices_of(group) else group.channel


def of(member: Member) -> list[Choice]:
    """Every line of the member's settings, in order; groups that no kind belongs to are left out."""
    settings, used = chosen([member.pk]), {kind.group for kind in registry.notification_kinds.values()} | {SUMMARY}
    groups = sorted(registry.notification_groups.values(), key=lambda group: (group.position, group.name))
    return [Choice(group, channel_of(settings, member.pk, group)) for group in groups if group.name in used]


def choices_of(group: NotificationGroup) -> tuple[str, ...]:
    """The channels that are offered for ``group``."""
    return group.choices or tuple(Channel.values)


def without_mail(group: NotificationGroup) -> str:
    """Where ``group`` goes for a member who wants no mail about it, or its own channel where mail is all it has."""
    quiet = [channel for channel in choices_of(group) if channel not in BY_MAIL]
    return Channel.IN_APP if Channel.IN_APP in quiet else quiet[0] if quiet else group.channel
