"""The journal in the admin says every deed in words, in both languages."""

from __future__ import annotations

import pytest
from django.contrib.admin import site
from django.test import RequestFactory
from django.utils import translation
from unfold.sites import UnfoldAdminSite

from community import activity
from community.admin.deeds import VERBS
from community.models import Activity
from tests import factories, staff


def test_every_verb_has_words_of_its_own() -> None:
    verbs = {verb for pair in activity.INVERSES.items() for verb in pair if verb}
    assert set(VERBS) == verbs
    for language in ("en", "de"):
        with translation.override(language):
            assert len({str(words) for words in VERBS.values()}) == len(verbs)


@pytest.mark.django_db
def test_the_list_and_the_file_of_a_deed_say_it_in_words() -> None:
    factories.idea()
    deed = Activity.objects.get(verb="idea.created")
    client = staff.browser(staff.manager())
    for address in ("", f"{deed.pk}/change/"):
        page = client.get(f"/admin/community/activity/{address}").content.decode()
        assert ("proposed an idea" in page, f"idea {deed.subject_id}" in page, ">idea.created<" in page) == (
            True, True, False,
        )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "standing_out"),
    [
        ("/admin/community/activity/", ["history_edu"]),
        ("/admin/community/activity/?part=questions", ["history_edu"]),
        ("/admin/community/activity/?part=moderation", ["policy"]),
        ("/admin/community/thread/", []),
    ],
)
def test_of_the_two_ways_to_it_the_one_that_was_taken_stands_out(address: str, standing_out: list[str]) -> None:
    request = RequestFactory().get(address)
    request.user = staff.manager()
    assert isinstance(site, UnfoldAdminSite)
    entries = [item for group in site.get_sidebar_list(request) for item in group["items"]]
    ways = [item for item in entries if "/community/activity/" in str(item["link"])]
    assert len(ways) == 2
    assert [item["icon"] for item in ways if item["active"]] == standing_out
