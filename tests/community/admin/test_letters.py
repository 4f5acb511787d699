"""A manager sees that a letter went out, and nothing that is for its reader alone."""

from __future__ import annotations

import pytest
from django.utils import timezone

from community.models import Letter
from tests import staff

pytestmark = pytest.mark.django_db


def letter(key: str, body: str) -> Letter:
    at = timezone.now()
    return Letter.objects.create(
        key=key, to="nora@example.com", subject="About you", body=body, at=at, leased_until=at
    )  # fmt: skip


def shown(row: Letter) -> str:
    return staff.browser(staff.manager()).get(f"/admin/community/letter/{row.pk}/change/").content.decode()


@pytest.mark.parametrize(
    "path", ["/messages/back/TELLTALE/", "/talks/rate/TELLTALE:1x:sig/", "/talks/publish/TELLTALE/"]
)
def test_a_link_that_is_its_own_proof_is_left_out(path: str) -> None:
    page = shown(letter("chat:1", f"Read on:\nhttps://example.com{path}\n\nSee https://example.com/threads/7/"))
    assert ("TELLTALE" in page, "https://example.com/threads/7/" in page) == (False, True)


def test_what_people_said_to_each_other_is_left_out() -> None:
    assert "the door code" not in shown(letter("transcript:1:2026", "Mara: the door code is 4711"))
