"""The filters of a search as conditions on threads, as chips to take away, and as hints where they make no sense."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.models import Answer, Member, Phase, Product, Thread, Topic
from community.queries import products
from community.search import operators
from community.search.operators import Asked, Filter

#: So many names a chip says.
SAID = 2


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The threads that the filters leave, the search with those that mean something, and hints about the others."""

    threads: QuerySet[Thread]
    asked: Asked
    labels: dict[Filter, str]
    hints: Sequence[str]
    nothing: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force; ``query`` is the search without it."""

    label: str
    query: str


def narrow(among: QuerySet[Thread], asked: Asked, shelf: Sequence[Product]) -> Narrowed:
    """Apply the filters; several of one kind widen it. One that means nothing is left out with a hint."""
    labels: dict[Filter, str] = {}
    hints = [
        _("There is no filter “%(name)s:”. Did you mean “%(known)s:”?") % {"name": name, "known": known}
        for name, known in asked.unknown
    ]
    for kind, condition in (
        ("product", _product),
        ("topic", _topic),
        ("by", _by),
        ("phase", _phase),
        ("solved", _solved),
    ):
        asked_for = [one for one in asked.filters if one.kind == kind]
        any_of = Q()
        for one in asked_for:
            meant = condition(one.value, shelf)
            if isinstance(meant, str):
                hints.append(meant)
            else:
                any_of |= meant[0]
                labels[one] = meant[1]
        among = among.filter(any_of)
    nothing = bool(asked.filters) and not labels and not asked.words
    return Narrowed(among, Asked(asked.words, tuple(labels)), labels, hints, nothing)


def chips(narrowed: Narrowed) -> list[Chip]:
    """The filters in force, each with the search that is left without it."""
    language = get_language() or "en"
    return [Chip(label, narrowed.asked.without(one).written(language)) for one, label in narrowed.labels.items()]


def _product(value: str, shelf: Sequence[Product]) -> tuple[Q, str] | str:
    slugs = operators.named(value, ((product.slug, product.name) for product in shelf))
    if not slugs:
        return _("We know no product “%(name)s”.") % {"name": value}
    return _any_of("product", [product for product in shelf if product.slug in slugs])


def _topic(value: str, shelf: Sequence[Product]) -> tuple[Q, str] | str:
    topics = list(products.topics())
    slugs = operators.named(value, ((topic.slug, topic.name) for topic in topics))
    if not slugs:
        return _("We know no topic “%(name)s”.") % {"name": value}
    return _any_of("topic", [topic for topic in topics if topic.slug in slugs])


def _any_of(field: str, chosen: Sequence[Product] | Sequence[Topic]) -> tuple[Q, str]:
    names = [one.name for one in chosen[:SAID]]
    more = ["…"] if len(chosen) > SAID else []
    return Q(**{f"{field}__in": [one.pk for one in chosen]}), ", ".join([*names, *more])


def _by(value: str, shelf: Sequence[Product]) -> tuple[Q, str] | str:
    handle = value.lstrip("@").lower()
    member = Member.objects.filter(is_active=True, handle=handle).first()
    if member is None:
        return _("Nobody here is called “%(name)s”. Write the name from the address of a profile.") % {"name": value}
    answered = Answer.objects.visible().filter(author=member.pk).values("thread")
    return Q(author=member.pk) | Q(pk__in=answered), _("by %(name)s") % {"name": member.display_name}


def _phase(value: str, shelf: Sequence[Product]) -> tuple[Q, str] | str:
    phase = operators.phase(value)
    if phase is None:
        return _("“%(name)s” is no phase. Try phase:before, phase:while or phase:after.") % {"name": value}
    return Q(phase=phase), str(Phase(phase).label)


def _solved(value: str, shelf: Sequence[Product]) -> tuple[Q, str] | str:
    solved = operators.solved(value)
    if solved is None:
        return _("Write solved:yes or solved:no.")
    condition = Q(state=Thread.State.SOLVED)
    return (condition, _("Solved")) if solved else (~condition, _("Not solved yet"))


CONDITIONS: dict[str, Callable[[str, Sequence[Product]], tuple[Q, str] | str]] = {
    "product": _product,
    "topic": _topic,
    "by": _by,
    "phase": _phase,
    "solved": _solved,
}
