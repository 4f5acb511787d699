"""What search engines read in a page's head: its one address and the structured form of a question."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from community import markdown
from community.links import absolute
from community.models import Answer, Member, Product, Thread

register = template.Library()

#: Filters that make a list another page; orders and cursors only show the same one differently.
FILTERS = ("phase", "topic", "product", "state")
TEXT = 1500
SUMMARY = 160
#: Nothing in the data may end its script element or open a comment in it.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def canonical(context: RequestContext, shown: Thread | Product | None = None) -> SafeString:
    """Name the one address of this page: that of ``shown``, or the present one without orders and cursors."""
    if shown is not None:
        address = shown.get_absolute_url()
    else:
        request = context["request"]
        query = request.GET.copy()
        for name in set(query) - set(FILTERS):
            del query[name]
        address = f"{request.path}{'?' if query else ''}{query.urlencode()}"
    return format_html('<link rel="canonical" href="{}">', absolute(address))


@register.simple_tag
def summary(thread: Thread) -> SafeString:
    """Describe a question in one sentence or two, from its own text."""
    text = markdown.excerpt(thread.html, SUMMARY) or thread.title
    return format_html('<meta name="description" content="{}">', text)


@register.simple_tag
def json_ld(
    thread: Thread, accepted: Answer | None, answers: Iterable[Answer], official: Answer | None = None
) -> SafeString:
    """Describe a question and its shown answers as schema.org's QAPage; nothing of what is deleted.

    A data block: browsers never execute it, so the Content-Security-Policy lets it stand inline.
    """
    if not thread.is_visible:
        return SafeString("")
    data = json.dumps(_page(thread, accepted, official, answers), separators=(",", ":")).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{data}</script>')  # noqa: S308 - escaped the line before


def _page(
    thread: Thread, accepted: Answer | None, official: Answer | None, answers: Iterable[Answer]
) -> dict[str, Any]:
    best = [answer for answer in (accepted, official) if answer and answer.is_visible]
    question = {
        "@type": "Question",
        "name": thread.title,
        "text": markdown.excerpt(thread.html, TEXT) or thread.title,
        "url": absolute(thread.get_absolute_url()),
        "inLanguage": thread.language,
        "answerCount": thread.answer_count,
        **_origin(thread),
    }
    if best:
        question["acceptedAnswer"] = _answer(best[0]) if len(best) == 1 else [_answer(answer) for answer in best]
    if suggested := [_answer(answer) for answer in answers if answer.is_visible and answer not in best]:
        question["suggestedAnswer"] = suggested
    return {"@context": "https://schema.org", "@type": "QAPage", "mainEntity": question}


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "@type": "Answer",
        "text": markdown.excerpt(answer.html, TEXT),
        "url": absolute(answer.get_absolute_url()),
        "upvoteCount": answer.helpful_count,
        **_origin(answer),
    }


def _origin(post: Thread | Answer) -> dict[str, Any]:
    dates = {"datePublished": post.created_at.isoformat()}
    if post.edited_at:
        dates["dateModified"] = post.edited_at.isoformat()
    return {**dates, "author": _person(post.author)}


def _person(member: Member) -> dict[str, str]:
    return {"@type": "Person", "name": member.display_name, "url": absolute(member.get_absolute_url())}
