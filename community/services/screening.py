"""Screening: what is written is looked at before it is shown: watched words, links of newcomers, first posts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from community.models import Case, Comment, Member, Reason, RoleGrant, WatchedWord
from community.refusals import Refusal
from community.services import brands, cases

CACHE_KEY = "watched-words"
KEPT = 300
LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
#: What a program put into the queue is looked at after what several people reported.
WEIGHT = 2


class WordRefused(Refusal):
    """The text has a word that the brand does not let be posted."""

    code = "word_refused"
    status = 422

    def __init__(self, word: str = "") -> None:
        super().__init__(_("“%(word)s” cannot be posted here. Write it without, please.") % {"word": word})


class TooManyLinks(Refusal):
    """A new member may set a few links only; most advertising comes from accounts of the first day."""

    code = "too_many_links"
    status = 422

    def __init__(self, most: int = 0) -> None:
        super().__init__(
            _("As a new member you can set up to %(most)d links in one post. Take some out, please.") % {"most": most}
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """What to do with a post: nothing, put it into the queue, or hide it until somebody has looked."""

    source: Case.Source | None = None
    reason: str = Reason.OTHER
    hides: bool = False


CLEAN = Finding()
WORDS_BY_EFFECT = (WatchedWord.Effect.REFUSE, WatchedWord.Effect.REVIEW, WatchedWord.Effect.FLAG)


def check(*, author: Member, texts: Iterable[str], new: bool = True) -> Finding:
    """Look at the texts of a post by ``author``; an edit is no ``new`` post.

    Costs no query where no word is watched and the author has earned trust. Raises ``WordRefused``, ``TooManyLinks``.
    """
    text = "\n".join(texts)
    effect, word = _watched(text)
    if effect == WatchedWord.Effect.REFUSE:
        raise WordRefused(word)
    brand = brands.current()
    if author.trust == 0 and len(LINK.findall(text)) > brand.newcomer_links and not _belongs_to_team(author):
        raise TooManyLinks(brand.newcomer_links)
    if effect is not None:
        return Finding(Case.Source.WORDS, hides=effect == WatchedWord.Effect.REVIEW)
    if new and author.trust == 0 and brand.first_posts_held and _waits(author, brand.first_posts_held):
        return Finding(Case.Source.FIRST, hides=True)
    return CLEAN


def queue(*, kind: str, post: Any, finding: Finding, at: datetime) -> None:
    """Put a post into the queue if ``finding`` says so; inside the transaction that stores the post."""
    if finding.source is not None:
        cases.open_for(kind=kind, post=post, source=finding.source, reason=finding.reason, at=at, weight=WEIGHT)


def words_changed() -> None:
    """Forget the kept list after a change."""
    cache.delete(CACHE_KEY)


def pattern(words: Iterable[str]) -> str:
    """One expression that finds any of ``words`` as whole words, a star standing for letters; the longest first."""
    parts = (re.escape(word.casefold()).replace(r"\*", r"\w*") for word in sorted(words, key=len, reverse=True))
    return rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)"


def _watched(text: str) -> tuple[str | None, str]:
    """The gravest effect of a watched word in ``text``, and the word as it was written."""
    kept: dict[str, list[str]] | None = cache.get(CACHE_KEY)
    if kept is None:
        kept = {}
        for effect, word in WatchedWord.objects.filter(is_active=True).order_by("pk").values_list("effect", "pattern"):
            kept.setdefault(effect, []).append(word)
        cache.set(CACHE_KEY, kept, KEPT)
    folded = _plain(text)
    for effect in WORDS_BY_EFFECT:
        if effect in kept and (found := re.search(pattern(kept[effect]), folded)):
            return effect, found.group()
    return None, ""


def _plain(text: str) -> str:
    """Without case, look-alike forms and signs of no width, which would hide a word from us but not from readers."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if unicodedata.category(sign) != "Cf")


def _waits(author: Member, held: int) -> bool:
    shown = author.thread_count + author.answer_count
    if shown < held:
        shown += Comment.objects.visible().filter(author=author).count()
    return shown < held and not _belongs_to_team(author)


def _belongs_to_team(author: Member) -> bool:
    return author.is_superuser or RoleGrant.objects.filter(member=author).exists()
