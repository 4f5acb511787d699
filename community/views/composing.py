"""What a composer opens with: the draft that was left there, and the post that is to be quoted."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from community import access
from community.models import Answer, Draft, Member, Thread
from community.queries import drafts

QUOTE = re.compile(r"(question|answer)-?(\d{0,18})")
#: What has a meaning in Markdown and may stand in a name.
MARKS = re.compile(r"([\\`*_\[\]<>&!@#~|])")


def restored(member: Member, kind: Draft.Kind, target: int = 0) -> dict[str, Any]:
    """The first values of a form in which the member goes on writing: the draft's texts, version and age."""
    draft = drafts.of(member, kind, target)
    return {**draft.content, "draft": draft.version, "draft_of": draft.saved_at} if draft else {"draft": 0}


def reply(request: HttpRequest, member: Member, thread: Thread) -> dict[str, Any]:
    """The first values of the answer to ``thread``; a quote asked for in the address comes after what is there."""
    first = restored(member, Draft.Kind.NEW_ANSWER, thread.pk)
    if quote := _quote(member, thread, request.GET.get("quote", "")):
        first["body"] = f"{first['body'].rstrip()}\n\n{quote}" if first.get("body") else quote
    return first


def quoted(post: Thread | Answer) -> str:
    """A post as a quote in Markdown: who said it, where, and the text."""
    name = MARKS.sub(r"\\\1", post.author.display_name)
    said = _("%(name)s wrote:") % {"name": f"[{name}]({post.get_absolute_url()})"}
    lines = [said, "", *(post.body or getattr(post, "title", "")).split("\n")]
    return "".join(f"> {line}".rstrip() + "\n" for line in lines) + "\n"


def _quote(member: Member, thread: Thread, wanted: str) -> str:
    found = QUOTE.fullmatch(wanted)
    if found is None:
        return ""
    if found[1] == "question":
        return quoted(thread)
    try:
        return quoted(access.answer_for(member, int(found[2] or 0), thread_id=thread.pk))
    except access.NotFound:
        return ""
