"""Pages of training and programme: who may see them, and a novice's way to the desk in plain forms."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ambassadors.models import AgreementGiven, TrainingAttempt, TrainingModule
from ambassadors.services import renewals
from chat.models import Responder
from community import limits
from community.models import Member, Role
from tests import factories
from tests.ambassadors import programme_world as world
from tests.community.views.test_costs import SHELL, UNREAD

pytestmark = pytest.mark.django_db


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def posted(module: TrainingModule, *, right: bool) -> dict[str, list[str]]:
    answers = world.right_answers(module) if right else world.wrong_answers(module)
    return {f"q{question}": [str(choice) for choice in chosen] for question, chosen in answers.items()}


def test_who_may_see_what() -> None:
    version, lesson = world.agreement(), world.module(for_team=True)
    own = world.module(for_team=False, required=False)
    people = {
        "member": factories.member(),
        "novice": world.onboarding().member,
        "agent": factories.member("Ben", Role.AGENT),
    }
    pages = {
        "training": reverse("ambassadors:training"),
        "lesson": lesson.get_absolute_url(),
        "own": own.get_absolute_url(),
        "proof": reverse("ambassadors:training_proof"),
        "agreements": reverse("ambassadors:agreements"),
        "competence": reverse("ambassadors:competence"),
        "withdraw": reverse("ambassadors:agreement_withdraw", args=[version.pk]),
    }
    seen = {
        who: [name for name, page in pages.items() if signed_in(member).get(page).status_code == 200]
        for who, member in people.items()
    }
    assert seen == {"member": [], "novice": list(pages), "agent": ["training", "lesson", "proof"]}
    assert {Client().get(page).status_code for page in pages.values()} == {302}


def test_a_novice_signs_fails_waits_passes_and_has_a_desk() -> None:
    version, lesson = world.agreement(), world.module(cooldown_hours=0)
    novice = world.onboarding()
    client, address = signed_in(novice.member), lesson.get_absolute_url()

    client.post(reverse("ambassadors:agreement_sign", args=[version.pk]), {"agree": "on"})
    assert client.post(address, posted(lesson, right=False)).status_code == 303
    assert b"Because." not in client.get(address).content
    assert client.post(address, posted(lesson, right=True)).status_code == 303

    assert list(TrainingAttempt.objects.order_by("number").values_list("score", "passed")) == [(0, False), (100, True)]
    assert b"Because." in client.get(address).content
    novice.refresh_from_db()
    assert novice.state == "active"
    assert client.get(reverse("ambassadors:competence")).status_code == 200


def test_a_signature_needs_a_tick_and_a_place() -> None:
    version, novice = world.agreement(), world.onboarding()
    address = reverse("ambassadors:agreement_sign", args=[version.pk])
    assert signed_in(novice.member).post(address).status_code == 303
    assert signed_in(factories.member()).post(address, {"agree": "on"}).status_code == 404
    assert not AgreementGiven.objects.exists()


def test_nothing_counts_before_every_question_is_answered_and_cooled_down() -> None:
    lesson = world.module()
    client = signed_in(world.onboarding().member)
    answers = posted(lesson, right=False)
    first = dict(list(answers.items())[:1])
    response = client.post(lesson.get_absolute_url(), first)
    assert (response.status_code, TrainingAttempt.objects.count()) == (422, 0)
    client.post(lesson.get_absolute_url(), answers)
    response = client.post(lesson.get_absolute_url(), posted(lesson, right=True))
    assert (response.status_code, TrainingAttempt.objects.count()) == (409, 1)


def test_a_proof_that_runs_out_is_shown_with_its_day_and_renewed_on_the_same_page() -> None:
    ben = factories.member("Ben Vogt", Role.AGENT)
    lesson = world.module(validity_months=1, for_team=True, cooldown_hours=0)
    client, form = signed_in(ben), b"Hand in the answers"
    client.post(lesson.get_absolute_url(), posted(lesson, right=True))
    assert form not in client.get(lesson.get_absolute_url()).content
    shown = []
    for days in (20, 75):
        renewals.review(at=timezone.now() + timedelta(days=days))
        pages = ("ambassadors:training", "ambassadors:training_proof")
        shown.append([client.get(reverse(page)).content for page in pages])
        assert form in client.get(lesson.get_absolute_url()).content
    assert [(b"Pass it again by" in index, b"void since" in proof) for index, proof in shown] == [
        (True, False),
        (False, True),
    ]
    assert client.post(lesson.get_absolute_url(), posted(lesson, right=True)).status_code == 303
    assert form not in client.get(lesson.get_absolute_url()).content
    assert b"void since" not in client.get(reverse("ambassadors:training_proof")).content


def test_an_ambassador_says_what_they_know_and_only_what_they_own() -> None:
    someone = world.active()
    topic, owned, foreign = factories.topic(), factories.product(), factories.product(name="Mahl One")
    factories.purchase(someone.member, owned)
    client, address = signed_in(someone.member), reverse("ambassadors:competence")
    answer = client.post(address, {"languages": ["de", "en"], "topics": [topic.pk], "products": [owned.pk]})
    desk = Responder.objects.get(member=someone.member)
    assert answer.status_code == 303
    assert (desk.languages, list(desk.topics.all()), list(desk.products.all())) == (["de", "en"], [topic], [owned])
    for wrong in ({"products": [foreign.pk]}, {"topics": ["9" * 20]}, {"topics": ["-1"]}, {"products": ["1e400"]}):
        answer = client.post(address, {"languages": ["de"], **wrong})
        desk.refresh_from_db()
        assert (answer.status_code, desk.languages) == (422, ["de", "en"])


def test_an_ambassador_pauses_goes_on_and_leaves() -> None:
    someone = world.active()
    client = signed_in(someone.member)
    states = []
    for to in ("pause", "resume", "leave"):
        client.post(reverse("ambassadors:place_step", kwargs={"to": to}), {"reason": "Because."})
        someone.refresh_from_db()
        states.append(someone.state)
    assert states == ["paused", "active", "alumni"]
    assert client.post(reverse("ambassadors:place_step", kwargs={"to": "resume"})).status_code == 404
    assert client.get(reverse("ambassadors:agreements")).status_code == 200


@pytest.mark.parametrize("to", ["pause", "leave"])
def test_whoever_is_too_fast_keeps_the_reason_they_typed(to: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FAREWELLS", limits.Limit("farewells", 0, 3600))
    someone = world.active()
    answer = signed_in(someone.member).post(
        reverse("ambassadors:place_step", kwargs={"to": to}), {"reason": "A new job in Bergen."}
    )
    someone.refresh_from_db()
    assert (answer.status_code, someone.state) == (429, "active")
    assert "A new job in Bergen." in answer.content.decode()
    assert answer.content.decode().count('role="alert"') == 1


@pytest.mark.parametrize("count", [1, 30])
def test_the_training_costs_the_same_with_many_modules(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    someone = world.onboarding()
    for _ in range(count):
        world.module(questions=0)
    client = signed_in(someone.member)
    client.get(reverse("ambassadors:training"))
    with django_assert_num_queries(9 + SHELL + UNREAD):
        client.get(reverse("ambassadors:training"))
