"""Texts: from what was typed to what is stored, with the pictures, people and products that it names."""

from __future__ import annotations

from collections.abc import Mapping

from community import markdown
from community.models import Member
from community.queries import products
from community.services import mentions, uploads

#: A text names so many products and no more.
MOST_PRODUCTS = 10


def shown(body: str, *, author: Member, by: Member | None = None, formerly: str = "") -> str:
    """The HTML of a post as it would be stored; see ``stored``."""
    pictures = uploads.shown_in(body, by=_owners(author, by), formerly=formerly)
    return markdown.render(body, pictures=pictures, people=mentions.people_in(body), products=products_in(body))


def stored(body: str, *, author: Member, by: Member | None = None, formerly: str = "") -> str:
    """The HTML of a post that is being stored; its pictures stay from now on.

    A text shows pictures of its author, of whoever changes it, and those that it showed ``formerly``.
    """
    pictures = uploads.keep(body, by=_owners(author, by), formerly=formerly)
    return markdown.render(body, pictures=pictures, people=mentions.people_in(body), products=products_in(body))


def remark(body: str) -> str:
    """The HTML of a comment."""
    return markdown.render_inline(body, people=mentions.people_in(body), products=products_in(body))


def announced(body: str) -> str:
    """The HTML of what the brand tells everybody: it names products and calls nobody."""
    return markdown.render(body, products=products_in(body))


def products_in(text: str) -> Mapping[str, markdown.Chip]:
    """The products on sale that ``text`` names, by the slug that it uses. Of any other not even the name is said."""
    slugs = markdown.products_in(text)[:MOST_PRODUCTS]
    found = products.named(slugs) if slugs else {}
    return {slug: markdown.Chip(product.name, product.get_absolute_url()) for slug, product in found.items()}


def _owners(author: Member, by: Member | None) -> set[int]:
    return {author.pk} | ({by.pk} if by else set())
