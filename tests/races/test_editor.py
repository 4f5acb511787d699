"""Two tabs and two people at the same moment: one version wins, the other text is not lost, nothing breaks."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from community.models import Draft, Member, Revision
from community.services import answers, drafts
from tests import factories
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)
PLACE = drafts.Place(Draft.Kind.NEW_THREAD)
TABS = 12


def save(member: Member, body: str, base: int = 0) -> str:
    draft = drafts.save(member=member, place=PLACE, content={"body": body}, base=base, at=timezone.now())
    return draft.content["body"] if draft else ""


@pytest.mark.parametrize("known", [False, True], ids=["the first save", "a later save"])
def test_of_many_tabs_one_is_saved_and_the_others_are_told(known: bool) -> None:
    member = factories.member()
    if known:
        save(member, "One")
    base = Draft.objects.get().version if known else 0

    outcome = at_once([partial(save, member, f"Text of tab {tab}", base) for tab in range(TABS)])

    assert (outcome.errors, outcome.refusals) == ([], ["draft_conflict"] * (TABS - 1))
    assert [Draft.objects.get().content["body"]] == outcome.answers


def test_every_one_of_many_changes_is_a_version() -> None:
    answer = factories.answer(at=timezone.now() - timedelta(hours=1))
    change = partial(answers.edit, answer=answer, by=answer.author)
    begin = timezone.now()

    outcome = at_once(
        [partial(change, body=f"{number} " * 100, at=begin + timedelta(hours=number)) for number in range(TABS)]
    )

    assert (outcome.errors, outcome.refusals) == ([], [])
    assert list(Revision.objects.order_by("number").values_list("number", flat=True)) == list(range(1, TABS + 2))
