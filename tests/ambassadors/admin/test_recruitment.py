"""The pipeline for Clara: board, moves of one or many, undo, the file that records who opened it, invitations."""

from __future__ import annotations

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ambassadors.models import Application, Campaign, CampaignInvite, Disclosed, Move, Occasion, OccasionRule
from ambassadors.services import radar
from community.models import Member, Role
from tests import factories
from tests.ambassadors import recruiting as world
from tests.staff import browser, lenient_templates, manager  # noqa: F401 - a fixture that works by being there

pytestmark = pytest.mark.django_db
FORMSET = ("TOTAL_FORMS", "INITIAL_FORMS")
BOARD = "/admin/ambassadors/application"


def states() -> list[str]:
    return list(Application.objects.order_by("pk").values_list("state", flat=True))


def test_clara_sees_the_board_and_moves_a_selection_with_one_reason() -> None:
    campaign = world.campaign()
    first, second = world.submitted(campaign), world.submitted(campaign)
    client = browser(manager())
    board = client.get(f"{BOARD}/board/{campaign.pk}/").content.decode()
    assert (str(first.member) in board, str(second.member) in board) == (True, True)
    chosen = {"id": [first.pk, second.pk], "to": "screened", "reason": "Both of you explain well."}
    assert client.post(f"{BOARD}/move/", chosen).status_code == 302
    assert states() == ["screened", "screened"]
    assert (client.get(f"{BOARD}/undo/", {"id": first.pk}).status_code, states()) == (200, ["screened", "screened"])
    assert client.post(f"{BOARD}/undo/", {"id": first.pk, "reason": "Too early."}).status_code == 302
    assert states() == ["submitted", "screened"]
    undone = Move.objects.get(undoes__isnull=False)
    assert (undone.reason, undone.by) == ("Too early.", Member.objects.get(display_name="Clara Holm"))


@pytest.mark.parametrize("to", ["screened", "rejected"])
def test_every_move_asks_for_its_reason(to: str) -> None:
    sent, client = world.submitted(), browser(manager())
    page = client.post(f"{BOARD}/move/", {"id": sent.pk, "to": to, "reason": " "})
    assert (page.status_code, states()) == (200, ["submitted"])
    client.post(f"{BOARD}/move/", {"id": sent.pk, "to": to, "reason": "So it is."})
    page = client.post(f"{BOARD}/undo/", {"id": sent.pk, "reason": " "})
    assert (page.status_code, states()) == (200, [to])


def test_the_board_costs_the_same_with_many_cards(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    campaign, client = world.campaign(), browser(manager())
    at = timezone.now()
    for number in range(30):
        who = factories.member(f"Applicant {number}")
        Application.objects.create(
            campaign=campaign, member=who, state="submitted", submitted_at=at, saved_at=at, moved_at=at, score=number
        )
    with django_assert_max_num_queries(30):
        client.get(f"{BOARD}/board/{campaign.pk}/")


def test_opening_an_application_is_recorded_and_a_draft_stays_private() -> None:
    clara, sent = manager(), world.submitted()
    draft = world.draft(sent.campaign)
    client = browser(clara)
    page = client.get(f"{BOARD}/{sent.pk}/change/").content.decode()
    assert world.WHY in page
    looks = list(Disclosed.objects.values_list("member", "what", "subject_id", "by"))
    assert looks == [(sent.member_id, "application", sent.pk, clara.pk)]
    assert client.get(f"{BOARD}/{draft.pk}/change/").status_code == 302


def test_nobody_else_reaches_the_pipeline() -> None:
    sent = world.submitted()
    ben = factories.member("Ben Vogt", Role.AGENT, is_staff=True)
    for who in (None, sent.member, factories.ambassador(), ben):
        client = browser(who)
        for address in (f"board/{sent.campaign_id}/", f"{sent.pk}/change/", f"move/?id={sent.pk}"):
            assert client.get(f"{BOARD}/{address}").status_code in {302, 403}
        client.post(f"{BOARD}/move/", {"id": sent.pk, "to": "screened"})
    assert (states(), Disclosed.objects.count()) == (["submitted"], 0)


def test_the_radar_lists_with_evidence_who_stands_out_and_invites_them() -> None:
    topic, nele = factories.topic("water"), factories.member("Nele Petersen")
    for _ in range(5):
        factories.accepted_answer(factories.thread(topic=topic), nele)
    factories.accepted_answer(factories.thread(topic=topic), factories.ambassador())
    assert radar.scan(at=timezone.now()) == 1
    campaign, client = world.campaign(), browser(manager())
    assert "Nele Petersen" in client.get("/admin/ambassadors/radarscore/").content.decode()
    address = f"/admin/ambassadors/radarscore/invite/?member={nele.pk}"
    for _ in range(2):
        assert client.post(address, {"campaign": campaign.pk, "note": "You explain well."}).status_code == 302
    assert list(CampaignInvite.objects.values_list("member", flat=True)) == [nele.pk]


def test_a_rule_speaks_once_and_its_occasion_is_dealt_with() -> None:
    OccasionRule.objects.create(name_de="Zwei", name_en="Two", trigger="accepted", threshold=2)
    nele = factories.member("Nele Petersen")
    for _ in range(3):
        factories.accepted_answer(author=nele)
    factories.accepted_answer(author=factories.member())
    factories.work_off()
    occasion = Occasion.objects.get()
    assert (occasion.member_id, occasion.done_at) == (nele.pk, None)
    chosen = {"action": "settle", "_selected_action": [occasion.pk]}
    browser(manager()).post("/admin/ambassadors/occasion/", chosen)
    occasion.refresh_from_db()
    assert occasion.done_by is not None


def building(**said: object) -> dict[str, object]:
    """The form of a new campaign with one question."""
    empty = {f"{name}-{end}": "0" for name in ("criteria", "questions", "notes", "voices") for end in FORMSET}
    return {
        **empty,
        "slug": "summer",
        "title_de": "Sommer",
        "title_en": "Summer",
        "lead_de": "Mach mit.",
        "lead_en": "Join in.",
        "opens_at_0": "2026-06-01",
        "opens_at_1": "08:00",
        "closes_at_0": "2026-07-01",
        "closes_at_1": "08:00",
        "seats": "3",
        "questions-TOTAL_FORMS": "1",
        "questions-0-kind": "choice",
        "questions-0-label_de": "Wann?",
        "questions-0-label_en": "When?",
        "questions-0-options_de": "Früh\nSpät",
        "questions-0-options_en": "Early\nLate",
        "questions-0-position": "1",
        **said,
    }


def test_clara_builds_a_campaign_and_its_form() -> None:
    client = browser(manager())
    assert client.get("/admin/ambassadors/campaign/add/").status_code == 200
    wrong = (
        {"questions-0-options_en": "Early"},
        {"questions-0-options_de": "", "questions-0-options_en": ""},
        {"slug": "training"},
    )
    for said in wrong:
        assert client.post("/admin/ambassadors/campaign/add/", building(**said)).status_code == 200
    assert not Campaign.objects.exists()
    assert client.post("/admin/ambassadors/campaign/add/", building()).status_code == 302
    made = Campaign.objects.get()
    assert [one.choices for one in made.questions.all()] == [("Früh", "Spät")]
    assert client.get(f"/admin/ambassadors/campaign/{made.pk}/change/").status_code == 200
