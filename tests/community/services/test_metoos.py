"""Me too: said once, counted, followed, and told when it is solved."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone

from community.models import Activity, Answer, Member, Notification, Thread
from community.queries import follows as following
from community.services import answers, follows, metoos, threads
from tests import factories
from tests.races.crowd import differences
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def in_step() -> Iterator[None]:
    yield
    assert differences() == []


@pytest.fixture
def jonas() -> Member:
    return factories.member("Jonas Weber")


def say(thread: Thread, member: Member, value: int = 1) -> int:
    return metoos.say(thread=thread, member=member, value=value, at=NOW).me_too_count


def journal() -> list[str]:
    return list(Activity.objects.filter(verb__startswith="thread.me_too").order_by("id").values_list("key", flat=True))


def solved() -> dict[int, str]:
    factories.work_off()
    rows = Notification.objects.filter(kind="thread.solved").select_related("thread")
    return {row.member_id: row.thread.title for row in rows if row.thread}


def test_counts_each_member_once_and_follows(thread: Thread, jonas: Member, ambassador: Member) -> None:
    assert [say(thread, jonas), say(thread, jonas), say(thread, ambassador)] == [1, 1, 2]
    assert following.level_of(jonas, thread) == "all"


def test_taking_it_back_is_its_inverse_in_the_journal_and_may_be_repeated(thread: Thread, jonas: Member) -> None:
    assert [say(thread, jonas, value) for value in (1, 0, 0, 1)] == [1, 0, 0, 1]
    key = f"{thread.pk}:{jonas.pk}"
    assert journal() == [f"thread.me_too:{key}:1", f"thread.me_too_withdrawn:{key}:1", f"thread.me_too:{key}:2"]


def test_what_was_chosen_before_stands(thread: Thread, jonas: Member) -> None:
    follows.follow(member=jonas, target=thread, level="off", at=NOW)
    say(thread, jonas)
    assert following.level_of(jonas, thread) == "off"


def test_taking_back_what_was_never_said_changes_no_count(thread: Thread, jonas: Member) -> None:
    assert (say(thread, jonas, 0), journal()) == (0, [])


def test_who_asked_has_it_anyway(thread: Thread) -> None:
    with refused(metoos.OwnQuestion):
        say(thread, thread.author)


def test_a_thread_that_is_gone_counts_nobody(thread: Thread, jonas: Member) -> None:
    threads.delete(thread=thread, by=thread.author, at=NOW)
    with refused(threads.Gone):
        say(thread, jonas)


def test_everybody_who_waits_hears_that_it_is_solved(answer: Answer, jonas: Member) -> None:
    follower, silent = factories.member("Priya Nair"), factories.member("Nele Petersen")
    thread = answer.thread
    say(thread, jonas)
    say(thread, silent)
    follows.follow(member=silent, target=thread, level="off", at=NOW)
    follows.follow(member=follower, target=thread, at=NOW)
    answers.accept(answer=answer, by=thread.author, at=NOW)
    assert set(solved()) == {jonas.pk, follower.pk}


def test_nobody_hears_of_a_solution_that_does_not_stand(answer: Answer, jonas: Member) -> None:
    say(answer.thread, jonas)
    answers.accept(answer=answer, by=answer.thread.author, at=NOW)
    answers.unaccept(answer=answer, by=answer.thread.author, at=NOW)
    assert solved() == {}


def test_the_same_again_changes_nothing(thread: Thread, jonas: Member) -> None:
    say(thread, jonas)
    with unchanged():
        say(thread, jonas)
