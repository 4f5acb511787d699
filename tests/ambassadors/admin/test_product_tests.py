"""Product tests in the admin, as a community manager works there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from ambassadors.models import Disclosed, Draw, ProductTest, Segment, Tester
from ambassadors.services import draws
from community.models import Role, Standing
from tests import factories, staff
from tests.ambassadors import product_tests as world

pytestmark = pytest.mark.django_db

PAGE = "/admin/ambassadors/producttest/"
NOW = timezone.now()


def _day(days: int) -> str:
    return f"{timezone.localdate() + timedelta(days=days)}"


def _form(**more: str) -> dict[str, str]:
    rows = {
        f"{name}-{part}_FORMS": "0"
        for name in ("segments", "questions", "report_questions")
        for part in ("TOTAL", "INITIAL")
    }
    return {
        "title_de": "Leise mahlen", "title_en": "Grind in silence", "lede_de": "", "lede_en": "", "slug": "leise",
        "picture": "", "seats": "3", "quota_question_de": "Tassen?", "quota_question_en": "Cups?",
        "audience": "members", "least_level": "0", "least_days": "0", "least_answers": "0",
        "apply_until_0": _day(7), "apply_until_1": "23:59", "answer_days": "4", "select_on": _day(9),
        "ship_on": _day(12), "report_until_0": _day(40), "report_until_1": "23:59", "keeps": "on",
        "disclosure": "free", "budget": "", "worth": "", "chance_de": "", "chance_en": "", "chance_at_0": "",
        "chance_at_1": "", **rows, **more,
    }  # fmt: skip


SEGMENTS = {
    "segments-TOTAL_FORMS": "2",
    "segments-0-name_de": "Wenige", "segments-0-name_en": "Few", "segments-0-seats": "1", "segments-0-position": "0",
    "segments-1-name_de": "Viele", "segments-1-name_en": "Many", "segments-1-seats": "2", "segments-1-position": "1",
}  # fmt: skip


def test_clara_sets_a_test_up_and_opens_it() -> None:
    clara = staff.browser(staff.manager())
    product = str(factories.product(name="Mahl Two").pk)
    answer = clara.post(f"{PAGE}add/", _form(product=product, **SEGMENTS))
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    test = ProductTest.objects.get()
    assert (test.host.display_name, test.state, Segment.objects.filter(test=test).count()) == ("Clara Holm", "draft", 2)

    opened = clara.post(f"{PAGE}{test.pk}/do/open/")
    assert opened.status_code == 302
    test.refresh_from_db()
    assert (test.state, len(test.draw.commitment)) == ("recruiting", 64)


def test_a_public_value_is_named_in_the_form_and_typed_in_at_the_draw() -> None:
    clara = staff.browser(staff.manager())
    product = str(factories.product(name="Mahl Two").pk)
    named = {"chance_de": "Lotto", "chance_en": "Lottery", "chance_at_0": _day(7), "chance_at_1": "20:00"}
    early = clara.post(f"{PAGE}add/", _form(product=product, **named))
    assert (early.status_code, ProductTest.objects.count()) == (200, 0)
    assert "must not be known before applications have ended" in early.content.decode()
    answer = clara.post(f"{PAGE}add/", _form(product=product, **{**named, "chance_at_0": _day(8)}))
    assert answer.status_code == 302, answer.context["adminform"].form.errors

    test = world.recruiting(chance_de="Lotto", chance_en="Lottery", chance_at=NOW + timedelta(days=8))
    draws.close_applications(test=test, by=None, at=test.apply_until)
    Draw.objects.filter(test=test).update(listed_at=NOW - timedelta(days=2), chance_at=NOW - timedelta(days=1))
    deed = f"{PAGE}{test.pk}/do/draw/"
    assert 'name="value"' in clara.get(deed).content.decode()
    assert clara.post(deed, {"value": "eleven"}).status_code == 422
    assert clara.post(deed, {"value": "45 3 11"}).status_code == 302
    assert Draw.objects.get(test=test).value == "3 11 45"


def test_a_deed_whose_time_has_not_come_says_so() -> None:
    clara, test = staff.browser(staff.manager()), world.recruiting()
    answer = clara.post(f"{PAGE}{test.pk}/do/close_applications/")
    assert answer.status_code == 422
    test.refresh_from_db()
    assert test.state == "recruiting"


def test_a_test_is_cancelled_with_a_reason_only() -> None:
    clara, test = staff.browser(staff.manager()), world.recruiting()
    assert clara.post(f"{PAGE}{test.pk}/do/cancel/", {"reason": ""}).status_code == 422
    assert clara.post(f"{PAGE}{test.pk}/do/cancel/", {"reason": "Too hot."}).status_code == 302
    test.refresh_from_db()
    assert test.state == "cancelled"


def test_what_was_promised_is_no_field_any_more() -> None:
    clara, test = staff.browser(staff.manager()), world.recruiting(quotas={"few": 1, "many": 1})
    page = clara.get(f"{PAGE}{test.pk}/change/")
    assert page.status_code == 200
    fields = page.context["adminform"].form.fields
    assert {"seats", "least_level", "owns", "slug", "worth"} & set(fields) == set()
    assert {"title_de", "apply_until", "report_until"} <= set(fields)
    assert all(segment.name in page.content.decode() for segment in test.segments.all())


def test_the_count_of_who_may_apply_follows_the_rule_before_it_is_stored() -> None:
    clara = staff.browser(staff.manager())
    factories.member("Lena Sommer", language="de")
    mara = factories.ambassador()
    Standing.objects.filter(member=mara).update(level=3)
    factories.member("Ben Krause", Role.AGENT)
    counted = {
        query: clara.get(f"{PAGE}eligible/?{query}").json()["words"].split()[0]
        for query in ("", "least_level=3", "audience=ambassadors", "least_days=9", "owns=0&owns=x", "least_level=x")
    }
    assert counted == {
        "": "2", "least_level=3": "1", "audience=ambassadors": "1", "least_days=9": "0", "owns=0&owns=x": "0",
        "least_level=x": "2",
    }  # fmt: skip


def test_opening_what_somebody_answered_is_kept() -> None:
    clara = staff.manager()
    test = world.recruiting()
    asked = world.question(test)
    tester = world.applied(test, answers={str(asked.pk): "Only the cat"})
    page = staff.browser(clara).get(f"/admin/ambassadors/tester/{tester.pk}/change/")
    assert "Only the cat" in page.content.decode()
    kept = Disclosed.objects.get()
    assert (kept.member, kept.by, kept.what, kept.subject_id) == (tester.member, clara, "test application", tester.pk)


@pytest.mark.parametrize("path", ["producttest/", "producttest/eligible/", "tester/"])
def test_nobody_but_managers_comes_here(path: str) -> None:
    agent = factories.member("Ben Krause", Role.AGENT, is_staff=True)
    answers = [
        staff.browser(who).get(f"/admin/ambassadors/{path}").status_code for who in (None, factories.member(), agent)
    ]
    assert answers == [302, 302, 403]
    assert Tester.objects.count() == 0


def test_a_state_without_a_colour_is_shown_in_words() -> None:
    clara = staff.returning(staff.manager())
    ProductTest.objects.filter(pk=world.draft().pk).update(state=ProductTest.State.TESTING)
    page = clara.get(PAGE).content.decode()
    assert ("being tested" in page, ">testing<" in "".join(page.split())) == (True, False)
