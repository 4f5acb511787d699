"""The journal in the admin says every deed in words, in both languages."""

from __future__ import annotations

import pytest
from django.utils import translation

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
