"""What a member was told, in words."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from community.models import Member, Thread
from community.registry import registry
from tests import factories, staff

pytestmark = pytest.mark.django_db


def words(address: str) -> set[str]:
    """What a manager reads at ``address``, each piece of text for itself."""
    page = staff.browser(staff.manager()).get(address).content.decode()
    return {text.strip() for text in re.findall(r">([^<>]+)<", page)}


def test_every_kind_of_notification_has_a_name_in_words() -> None:
    assert [kind.name for kind in registry.notification_kinds.values() if not kind.label] == []


def test_a_title_in_another_language_is_marked_within_a_sentence(
    client_for: Callable[[Member], Client],
) -> None:
    asker = factories.member("Lena Sommer", language="en")
    for language in ("de", "en"):
        thread = factories.thread(asker, title=f"Crema <{language}>")
        Thread.objects.filter(pk=thread.pk).update(language=language)
        factories.answer(thread)
    factories.work_off()
    page = client_for(asker).get("/notifications/").content.decode()
    assert '<q><span lang="de">Crema &lt;de&gt;</span></q>' in page
    assert "<q>Crema &lt;en&gt;</q>" in page


def test_the_list_of_what_was_told_names_kinds_in_words() -> None:
    factories.answer(factories.thread())
    factories.work_off()
    said = words("/admin/community/notification/")
    assert "New answer" in said
    assert "answer.created" not in said


def test_cases_are_narrowed_down_by_kinds_in_words() -> None:
    said = words("/admin/community/case/")
    assert "comment on an idea" in said
    assert "idea_comment" not in said
