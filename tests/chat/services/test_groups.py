"""Small groups: only people who know each other, and nobody reads what was said before they came."""

from __future__ import annotations

import pytest
from django.utils import timezone

from chat.models import Conversation, Message, Participant
from chat.queries import log
from chat.services import groups
from community.models import Member
from community.services import blocks
from tests import factories
from tests.chat import world

pytestmark = pytest.mark.django_db


def friend(of: Member, name: str = "Lena Sommer") -> Member:
    other = factories.member(name)
    world.said(world.direct(of, other), other)
    return other


def begin(by: Member, *people: Member, title: str = "Round") -> Conversation:
    return groups.begin(by=by, title=title, people=people, at=timezone.now())


def test_a_group_has_its_people_and_a_first_line(mara: Member) -> None:
    lena, felix = friend(mara), friend(mara, "Felix")
    group = begin(mara, lena, felix)
    assert set(group.participants.values_list("member", flat=True)) == {mara.pk, lena.pk, felix.pk}
    assert group.messages.get().data == {"event": "member_joined", "name": "Lena Sommer, Felix"}


def test_strangers_the_blocked_and_oneself_make_no_group(mara: Member) -> None:
    lena, felix, stranger = friend(mara), friend(mara, "Felix"), factories.member("Nobody")
    blocks.block(member=felix, blocked=mara, at=timezone.now())
    for people, refusal in (
        ((lena, stranger), groups.Strangers),
        ((lena, felix), groups.Strangers),
        ((lena,), groups.Nobody),
        ((lena, mara), groups.Nobody),
    ):
        with pytest.raises(refusal):
            begin(mara, *people)
    assert not Conversation.objects.filter(kind="group").exists()


def test_who_asked_and_got_no_answer_is_no_acquaintance(mara: Member) -> None:
    lena, felix = friend(mara), factories.member("Felix")
    Conversation.objects.filter(pk=world.direct(felix, mara).pk).update(requested_by=felix, last_seq=1)
    with pytest.raises(groups.Strangers):
        begin(felix, mara, lena)


def test_who_comes_later_reads_from_then_on(mara: Member) -> None:
    group, late = begin(mara, friend(mara), friend(mara, "Felix")), friend(mara, "Jo")
    world.said(group, mara, "Before")
    for _ in range(2):
        groups.add(participant=world.place(group, mara), person=late, at=timezone.now())
    world.said(group, mara, "After")
    seen = [row.body or row.data["event"] for row in log.before(world.place(group, late))]
    assert seen == ["member_joined", "After"]


def test_a_group_is_full_some_day(mara: Member) -> None:
    group = begin(mara, *(friend(mara, f"Friend {number}") for number in range(groups.MOST - 1)))
    with pytest.raises(groups.TooMany):
        groups.add(participant=world.place(group, mara), person=friend(mara, "One more"), at=timezone.now())
    assert group.participants.count() == groups.MOST


def test_who_leaves_is_gone_once_and_their_words_stay(mara: Member) -> None:
    lena = friend(mara)
    group = begin(mara, lena, friend(mara, "Felix"))
    said, place = world.said(group, lena, "Bye"), world.place(group, lena)
    for _ in range(2):
        groups.leave(participant=place, at=timezone.now())
    events = [row.data.get("event") for row in group.messages.filter(kind="system")]
    assert (events, Message.objects.get(pk=said.pk).body) == (["member_joined", "member_left"], "Bye")
    assert Participant.objects.filter(conversation=group, left_at=None).count() == 2


def test_the_same_name_is_no_news(mara: Member) -> None:
    group = begin(mara, friend(mara), friend(mara, "Felix"))
    for title in ("Kiel", "Kiel"):
        groups.rename(participant=world.place(group, mara), title=title, at=timezone.now())
    assert [row.data["event"] for row in group.messages.all()] == ["member_joined", "renamed"]
