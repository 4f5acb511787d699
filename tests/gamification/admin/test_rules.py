"""Rules in the admin: drafts are written in rows, told as a sentence, and put in force by a second person."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from community.models import Member
from gamification.models import Balance, Entry, Rule, RuleVersion
from gamification.services import rules
from tests import factories, staff

pytestmark = pytest.mark.django_db

Form = dict[str, Any]
LEVEL: Form = {"kind": "level", "counting": "ge", "number": 2}
CAP: Form = {"much": 3, "unit": "times", "period": "week", "per": "pair"}


@pytest.fixture
def rule() -> Rule:
    return Rule.objects.get(slug="answer-accepted")


@pytest.fixture
def clara() -> Member:
    return staff.manager()


@pytest.fixture
def draft(rule: Rule, clara: Member) -> RuleVersion:
    """A draft of Clara's that pays twenty."""
    terms = rules.Terms(verb="answer.accepted", recipient="beneficiary", reputation=20, credits=20)
    return rules.write(rule=rule, terms=terms, by=clara)


def filled(draft: RuleVersion, *conditions: Form, caps: tuple[Form, ...] = (), **changes: Any) -> Form:
    """What the editor sends."""
    form: Form = {
        "verb": "answer.accepted", "recipient": "beneficiary", "reputation": 20, "credits": 20, "delay_days": 0,
        "join": "all", "revision": draft.revision, **changes,
    }  # fmt: skip
    for prefix, rows in (("conditions", conditions), ("limits", caps)):
        form |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
        form |= {f"{prefix}-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}
    return form


def address(version: RuleVersion, way: str = "change") -> str:
    return f"/admin/gamification/ruleversion/{version.pk}/{way}/"


def states(rule: Rule) -> list[tuple[int, str, int]]:
    return list(rule.versions.order_by("number").values_list("number", "state", "reputation"))


def texts(row: Rule, *names: str) -> Form:
    """What the form holds in both languages; the fields are added to the models by modeltranslation."""
    return {f"{name}_{language}": getattr(row, f"{name}_{language}") for name in names for language in ("de", "en")}


class TestTexts:
    def test_other_words_write_no_version(self, rule: Rule, clara: Member) -> None:
        before = states(rule)
        form = {**texts(rule, "name", "reason"), "reason_en": "Your answer did it."}
        assert staff.browser(clara).post(f"/admin/gamification/rule/{rule.pk}/change/", form).status_code == 302
        rule.refresh_from_db()
        assert (texts(rule, "reason")["reason_en"], states(rule)) == ("Your answer did it.", before)

    def test_a_new_rule_begins_with_a_draft_that_pays_nothing_yet(self, clara: Member) -> None:
        form = {
            "name_de": "Doppelt", "name_en": "Double", "reason_de": "Noch einmal.", "reason_en": "Once more.",
            "slug": "double",
        }  # fmt: skip
        response = staff.browser(clara).post("/admin/gamification/rule/add/", form)
        (draft,) = Rule.objects.get(slug="double").versions.all()
        assert (response.status_code, response["Location"]) == (302, address(draft))
        assert (draft.state, draft.written_by, draft.reputation) == ("draft", clara, 0)

    def test_the_next_version_begins_with_what_the_newest_says(self, rule: Rule, clara: Member) -> None:
        newest = rule.versions.order_by("-number").first()
        assert newest is not None
        client = staff.browser(clara)
        address_ = f"/admin/gamification/rule/{rule.pk}/change/"
        assert 'name="gamification_rule_next_version"' in client.get(address_).content.decode()
        form = {**texts(rule, "name", "reason"), "gamification_rule_next_version": ""}
        for _twice in range(2):
            client.post(address_, form)
        draft = rule.versions.get(state="draft")
        assert (draft.number, rules.terms_of(draft)) == (newest.number + 1, rules.terms_of(newest))

    def test_a_rule_is_retired(self, rule: Rule, clara: Member) -> None:
        chosen = {"action": "retire", "_selected_action": [rule.pk], "index": "0"}
        staff.browser(clara).post("/admin/gamification/rule/", chosen)
        factories.accepted_answer()
        factories.work_off()
        assert not rule.versions.filter(state="active").exists()
        assert Entry.objects.count() == 0

    def test_the_lists_tell_each_rule_as_a_sentence(self, draft: RuleVersion, clara: Member) -> None:
        client = staff.browser(clara)
        for list_ in ("rule", "ruleversion"):
            page = client.get(f"/admin/gamification/{list_}/").content.decode()
            assert "When an answer is accepted · for the answer&#x27;s author" in page


class TestEditor:
    def test_rows_become_a_condition_and_caps(self, draft: RuleVersion, clara: Member) -> None:
        rows: list[Form] = [
            {"kind": "any"},
            {**LEVEL, "inside": 0},
            {"kind": "metric", "metric": "helpful_votes", "of": "recipient", "days": 90, "distinct": "on",
             "counting": "ge", "number": 3, "inside": 0},
            {"kind": ""},
            {"kind": "phase", "choosing": "in", "values": ["phase:after"]},
        ]  # fmt: skip
        form = filled(draft, *rows, caps=(CAP, {"much": ""}), reputation=25, delay_days=7)
        response = staff.browser(clara).post(address(draft), form)
        assert (response.status_code, response["Location"]) == (302, address(draft))
        draft.refresh_from_db()
        votes = {"metric": "helpful_votes", "of": "recipient", "days": 90, "distinct": True, "is": "ge", "value": 3}
        assert draft.condition == {
            "all": [
                {"any": [{"level": True, "is": "ge", "value": 2}, votes]},
                {"fact": "phase", "is": "in", "value": ["after"]},
            ]
        }
        assert draft.limits == [{"per": "pair", "period": "week", "times": 3}]
        assert (draft.reputation, draft.delay_days, draft.revision) == (25, 7, 2)

    def test_what_was_written_stands_in_the_rows_again(self, draft: RuleVersion, clara: Member) -> None:
        client = staff.browser(clara)
        client.post(address(draft), filled(draft, {"kind": "none"}, {**LEVEL, "inside": 0}, caps=(CAP,)))
        page = client.get(address(draft)).content.decode()
        assert 'data-depth="1"' in page
        assert "only if: not (level: at least 2)" in page
        assert "at most 3 times a week through the same person" in page

    @pytest.mark.parametrize(
        ("rows", "caps", "changes", "said"),
        [
            ([{"kind": "level", "counting": "ge"}], [], {}, "Write a whole number from 0 to 1000000."),
            ([{"kind": "topic", "choosing": "in"}], [], {}, "Choose at least one value."),
            ([{"kind": "any"}], [], {}, "This group is empty."),
            ([{**LEVEL, "inside": 1}, LEVEL], [], {}, "The group that this belongs to is not there."),
            ([{"kind": "eval"}], [], {}, "Select a valid choice."),
            ([], [CAP, CAP], {}, "This cap is there twice."),
            ([], [], {"reputation": -1}, "greater than or equal to 0"),
            ([], [], {"verb": "thread.created"}, "Select a valid choice."),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_written(
        self, draft: RuleVersion, clara: Member, rows: list[Form], caps: list[Form], changes: Form, said: str
    ) -> None:
        response = staff.browser(clara).post(address(draft), filled(draft, *rows, caps=tuple(caps), **changes))
        assert response.status_code == 200
        assert said in response.content.decode()
        draft.refresh_from_db()
        assert (draft.revision, draft.condition, draft.limits) == (1, {}, [])

    def test_an_older_tab_overwrites_nothing(self, rule: Rule, draft: RuleVersion, clara: Member) -> None:
        terms = rules.Terms(verb="answer.accepted", recipient="beneficiary", reputation=7, credits=0)
        rules.write(rule=rule, terms=terms, by=staff.superuser())
        response = staff.browser(clara).post(address(draft), filled(draft, reputation=99))
        assert "Somebody changed this draft in the meantime." in response.content.decode()
        draft.refresh_from_db()
        assert draft.reputation == 7

    def test_without_scripts_a_button_gives_another_row(self, draft: RuleVersion, clara: Member) -> None:
        response = staff.browser(clara).post(address(draft), filled(draft, LEVEL, more="conditions"))
        page = response.content.decode()
        assert 'name="conditions-1-kind"' in page
        draft.refresh_from_db()
        assert draft.revision == 1

    def test_the_sentence_and_its_warnings_come_in_both_languages(self, draft: RuleVersion, clara: Member) -> None:
        form = filled(draft, {"kind": "metric", "metric": "accepted_answers", "counting": "lt", "number": 1})
        page = staff.browser(clara).post(address(draft, "preview"), form).content.decode()
        assert '<p class="rule-told" lang="de">Wenn eine Antwort angenommen wird' in page
        assert '<p class="rule-told" lang="en">When an answer is accepted' in page
        assert "No deed can meet this condition" in page
        draft.refresh_from_db()
        assert draft.condition == {}


class TestApproval:
    def test_whoever_wrote_it_is_told_who_can_approve_it(self, draft: RuleVersion, clara: Member) -> None:
        staff.superuser()
        page = staff.browser(clara).get(address(draft)).content.decode()
        assert "You wrote this draft, so somebody else has to approve it. Ask: Ada Admin." in page
        staff.browser(clara).post(address(draft, "activate"), {"revision": draft.revision})
        draft.refresh_from_db()
        assert draft.state == "draft"

    def test_another_puts_it_in_force_and_the_next_deed_earns_by_it(self, draft: RuleVersion) -> None:
        first = factories.accepted_answer()
        factories.work_off()
        client = staff.browser(staff.superuser())
        assert "Put in force as saved" in client.get(address(draft)).content.decode()
        client.post(address(draft, "activate"), {"revision": draft.revision})
        second = factories.accepted_answer()
        factories.work_off()
        earned = Balance.objects.filter(currency="reputation").values_list("member", "value")
        assert set(earned) == {(first.author_id, 15), (second.author_id, 20)}

    def test_nobody_approves_another_text_than_the_one_they_saw(self, draft: RuleVersion) -> None:
        for revision in (draft.revision + 1, ""):
            staff.browser(staff.superuser()).post(address(draft, "activate"), {"revision": revision})
        draft.refresh_from_db()
        assert draft.state == "draft"

    def test_a_draft_is_thrown_away(self, rule: Rule, draft: RuleVersion, clara: Member) -> None:
        staff.browser(clara).post(address(draft, "discard"))
        assert not rule.versions.filter(state="draft").exists()

    def test_what_was_in_force_is_only_read(self, rule: Rule, clara: Member) -> None:
        active = rule.versions.get(state="active")
        client = staff.browser(clara)
        page = client.get(address(active)).content.decode()
        assert ("A version that was in force once never changes." in page, "rule-form" in page) == (True, False)
        before = states(rule)
        for way in ("change", "activate", "discard"):
            client.post(address(active, way), filled(active, reputation=9_999))
        assert states(rule) == before


class TestPermissions:
    """Strangers and members never see the desk; staff without a right reads at most."""

    def bystanders(self) -> list[Client]:
        other = factories.member("Erik Staff", is_staff=True)
        return [staff.browser(person) for person in (None, factories.member("Lena"), factories.ambassador(), other)]

    def test_only_managers_write_approve_and_discard(self, rule: Rule, draft: RuleVersion) -> None:
        before = states(rule)
        for client in self.bystanders():
            assert client.get(address(draft)).status_code in {302, 403}
            for way in ("change", "preview", "activate", "discard"):
                assert client.post(address(draft, way), filled(draft, reputation=99)).status_code in {302, 403}
        assert states(rule) == before

    def test_deeds_need_a_post(self, draft: RuleVersion, clara: Member) -> None:
        client = staff.browser(clara)
        assert {client.get(address(draft, way)).status_code for way in ("preview", "activate", "discard")} == {405}
