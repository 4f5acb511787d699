"""The head of a page: one address, and data that nothing breaks out of."""

from __future__ import annotations

import json
import re

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from community.models import Answer, Thread
from community.services import threads
from community.templatetags import seo
from tests import factories

pytestmark = pytest.mark.django_db

HOST = "http://localhost:8000"
HOSTILE = "</script><script>alert(1)</script><!-- <script> ]]> & \u2028 \" '"


def data(thread: Thread, accepted: Answer | None = None, answers: list[Answer] | None = None) -> dict[str, object]:
    html = seo.json_ld(thread, accepted, answers or [])
    found = re.fullmatch(r'<script type="application/ld\+json">([^<>&]*)</script>', html)
    assert found
    page = json.loads(found[1])
    assert (page["@context"], page["@type"]) == ("https://schema.org", "QAPage")
    question: dict[str, object] = page["mainEntity"]
    return question


def test_a_solved_question_is_described_in_full() -> None:
    thread = factories.thread(title="Which grind?", body="Mine is **bitter**.")
    solution = factories.accepted_answer(thread)
    other = factories.answer(thread, body="Finer.")
    thread.refresh_from_db()
    address = f"{HOST}/threads/{thread.pk}/which-grind/"
    author = solution.author
    assert data(thread, solution, [other]) == {
        "@type": "Question",
        "name": "Which grind?",
        "text": "Mine is bitter.",
        "url": address,
        "inLanguage": "en",
        "answerCount": 2,
        "datePublished": thread.created_at.isoformat(),
        "author": {
            "@type": "Person",
            "name": "Lena Sommer",
            "url": f"{HOST}/members/{thread.author.handle}/",
        },
        "acceptedAnswer": {
            "@type": "Answer",
            "text": "A little coarser than for espresso.",
            "url": f"{HOST}/answers/{solution.pk}/",
            "upvoteCount": 0,
            "datePublished": solution.created_at.isoformat(),
            "author": {"@type": "Person", "name": "Mara Lindqvist", "url": f"{HOST}/members/{author.handle}/"},
        },
        "suggestedAnswer": [
            {
                "@type": "Answer",
                "text": "Finer.",
                "url": f"{HOST}/answers/{other.pk}/",
                "upvoteCount": 0,
                "datePublished": other.created_at.isoformat(),
                "author": {
                    "@type": "Person",
                    "name": "Mara Lindqvist",
                    "url": f"{HOST}/members/{other.author.handle}/",
                },
            }
        ],
    }


def test_hostile_text_stays_data() -> None:
    thread = factories.thread(factories.member(HOSTILE), title=HOSTILE, body=HOSTILE)
    Thread.objects.filter(pk=thread.pk).update(title=HOSTILE)
    thread.refresh_from_db()
    assert data(thread)["name"] == HOSTILE


def test_an_edit_is_dated_and_a_body_may_be_empty() -> None:
    thread = factories.thread(title="Which grind?", body="")
    thread.edited_at = timezone.now()
    described = data(thread)
    assert (described["text"], described["dateModified"]) == ("Which grind?", thread.edited_at.isoformat())


def test_what_is_deleted_is_not_described() -> None:
    thread = factories.thread()
    kept, gone = factories.answer(thread, body="Kept"), factories.answer(thread, body="Gone")
    gone.deleted_at = timezone.now()
    assert "acceptedAnswer" not in data(thread, gone, [kept])
    assert "Gone" not in str(data(thread, gone, [gone, kept]))
    threads.delete(thread=thread, by=thread.author, at=timezone.now())
    thread.refresh_from_db()
    assert seo.json_ld(thread, kept, [gone]) == ""


def test_who_found_it_not_helpful_is_not_told() -> None:
    answer = factories.answer()
    answer.score, answer.helpful_count = -3, 2
    assert data(answer.thread, answer)["acceptedAnswer"]["upvoteCount"] == 2  # type: ignore[index]  # JSON


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("/threads/", "/threads/"),
        ("/threads/?sort=top&cursor=abc&utm=1", "/threads/"),
        ("/threads/?topic=a%26b&sort=top&phase=before", "/threads/?topic=a%26b&amp;phase=before"),
        ("/threads/?topic=%22%3E%3Cscript%3E", "/threads/?topic=%22%3E%3Cscript%3E"),
    ],
)
def test_a_list_has_one_address_for_each_filter(asked: str, named: str) -> None:
    page = Template("{% load seo %}{% canonical %}").render(Context({"request": RequestFactory().get(asked)}))
    assert page == f'<link rel="canonical" href="{HOST}{named}">'
