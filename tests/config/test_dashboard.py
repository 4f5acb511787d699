"""What the admin's start page says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from chat.queries import contacts
from community.models import Thread
from community.queries import pulse
from community.services import metoos
from tests import factories, staff
from tests.chat import desks
from tests.staff import lenient_templates

__all__ = ["lenient_templates"]

pytestmark = pytest.mark.django_db

NOW = timezone.now()
SAID = NOW - timedelta(days=20)


def avoided() -> int:
    return pulse.avoided(at=NOW, talked=contacts.soon_after("member", "at", within=pulse.AGAIN))


@pytest.fixture
def solved() -> Thread:
    """A solved question that three others have too; one of them asked anew the next day, another in a talk."""
    thread = factories.thread(at=SAID - timedelta(days=1))
    contented, asking, talking = (factories.member(name) for name in ("Ida Roth", "Jan Falk", "Kim Beck"))
    for other in (contented, asking, talking):
        metoos.say(thread=thread, member=other, value=1, at=SAID)
    factories.accepted_answer(thread, at=SAID + timedelta(days=2))
    factories.thread(asking, title="Does it take another size too?", at=SAID + timedelta(days=1))
    desks.asked(member=talking, visitor=None, asked_at=SAID + timedelta(days=6))
    return thread


def test_a_contact_is_avoided_where_nothing_else_was_asked(solved: Thread) -> None:
    assert avoided() == 1


def test_asking_long_after_is_another_matter(solved: Thread) -> None:
    contented = solved.me_toos.get(member__display_name="Ida Roth").member
    factories.thread(contented, title="And how do I clean it?", at=SAID + timedelta(days=8))
    assert avoided() == 1


def test_what_is_open_hidden_or_too_young_avoids_nothing(solved: Thread) -> None:
    still_open = factories.thread(at=SAID)
    metoos.say(thread=still_open, member=factories.member("Lea Horn"), value=1, at=SAID)
    metoos.say(thread=solved, member=factories.member("Max Lind"), value=1, at=NOW - timedelta(days=6))
    assert avoided() == 1
    Thread.objects.filter(pk=solved.pk).update(hidden_at=NOW)
    assert avoided() == 0


def test_the_manager_reads_it_on_the_start_page(solved: Thread) -> None:
    body = staff.browser(staff.manager()).get("/admin/", headers={"accept-language": "en"}).content.decode()
    assert "1 contact avoided" in body
