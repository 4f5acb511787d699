"""Doors to what may be reported, to the queue, and to the decisions about oneself."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from community.access.people import NotFound, Person, moderates
from community.models import Case, Member, Sanction
from community.registry import registry

#: Anchors that name a post of another kind than the page they stand on.
ANCHORS = ("answer", "comment", "review")


def post_for(person: Person, kind: str, pk: int) -> Any:
    """A post to report, of any kind that the registry knows. Raises ``NotFound``."""
    post = _public_post(kind, pk) if isinstance(person, Member) else None
    if post is None:
        raise NotFound
    return post


def post_at(address: str) -> tuple[str, Any] | None:
    """The kind and the post that an address of ours leads to, if everybody may read it."""
    try:
        parts = urlsplit(address.strip())
        match = resolve(parts.path)
    except (Resolver404, ValueError):
        return None
    anchor, _dash, number = parts.fragment.partition("-")
    page = (match.url_name or "").removesuffix("_short")
    if anchor in ANCHORS and number.isascii() and number.isdecimal():
        # Both questions and ideas have comments.
        kind, pk = f"{page}_{anchor}" if page == "idea" else anchor, int(number)
    else:
        kind, pk = page, match.kwargs.get("pk", 0)
    post = _public_post(kind, pk) if isinstance(pk, int) and pk < 2**63 else None
    return (kind, post) if post is not None else None


def removable_post_for(person: Person, kind: str, pk: int) -> Any:
    """Somebody else's post of any kind, to be taken away by who moderates. Raises ``NotFound``."""
    flaggable = registry.flaggables.get(kind)
    post = flaggable.find(pk) if flaggable is not None and moderates(person) else None
    if post is None or post.author_id == person.pk or not post.is_visible:
        raise NotFound
    return post


def case_for(person: Person, pk: int) -> Case:
    """A case of the queue, for who moderates. Raises ``NotFound``."""
    case = Case.objects.select_related("author__standing", "claimed_by", "decided_by").filter(pk=pk).first()
    if case is None or not moderates(person):
        raise NotFound
    return case


def sanction_for(person: Person, pk: int) -> Sanction:
    """A decision about the person, with its statement of reasons. Raises ``NotFound`` for everybody else."""
    rows = Sanction.objects.select_related("member", "appeal", "case").filter(pk=pk)
    sanction = rows.filter(member=person).first() if isinstance(person, Member) else None
    if sanction is None:
        raise NotFound
    return sanction


def _public_post(kind: str, pk: int) -> Any:
    flaggable = registry.flaggables.get(kind)
    return flaggable.readable().filter(pk=pk).first() if flaggable else None
