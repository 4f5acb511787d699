"""Doors to product tests and to one's own place in them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ambassadors.models import Draw, ProductTest, Tester
from ambassadors.queries import testers
from community.access import NotFound, Person, first, roles_of, speaks_for_brand
from community.models import Member

Audience = ProductTest.Audience


def tests_for(person: Person) -> QuerySet[ProductTest]:
    """Every test that the person may see: those for ambassadors are theirs and the brand's alone."""
    shown = ProductTest.objects.filter(state__in=ProductTest.PUBLIC).select_related("product")
    return shown if roles_of(person) else shown.filter(~Q(audience=Audience.AMBASSADORS))


def test_for(person: Person, slug: str) -> ProductTest:
    """The test to read; who applied keeps it, and the brand sees what it prepares. Raises ``NotFound``."""
    return _seen(person, ProductTest.objects.select_related("product").filter(slug=slug).first())


def test_numbered_for(person: Person, pk: int) -> ProductTest:
    """The same by its number. Raises ``NotFound``."""
    return _seen(person, ProductTest.objects.select_related("product").filter(pk=pk).first())


def draw_for(person: Person, slug: str) -> Draw:
    """The draw of a test that the person may read. Raises ``NotFound``."""
    return first(Draw.objects.select_related("test").filter(test=test_for(person, slug)))


def own_tester_for(member: Member, slug: str) -> Tester:
    """What the member applied for. Raises ``NotFound``."""
    return first(testers.tests_of(member).filter(test__slug=slug))


def own_invitation_for(member: Member, pk: int) -> Tester:
    """A seat that the member was offered. Raises ``NotFound``."""
    return first(testers.invitations_of(member).filter(pk=pk))


def _seen(person: Person, test: ProductTest | None) -> ProductTest:
    if test is None:
        raise NotFound
    if speaks_for_brand(person) or _takes_part(person, test):
        return test
    hidden = test.audience == Audience.AMBASSADORS and not roles_of(person)
    if hidden or test.state not in ProductTest.PUBLIC:
        raise NotFound
    return test


def _takes_part(person: Person, test: ProductTest) -> bool:
    return isinstance(person, Member) and Tester.objects.filter(test=test, member=person).exists()
