"""Two product tests of the demo: one that Mara is in the middle of, one that is over; through the services, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from ambassadors.models import ProductTest, ReportQuestion, Shipment, Tester
from ambassadors.services import addresses, draws, findings, invitations, product_tests, reports, shipments, testers
from ambassadors.services.reports import Content
from community.models import Member, Product
from config.demo.ambassadors_testing_words import BEANS, FINDINGS, KETTLE, REPORTS, Asked, Found
from config.demo.reviews import photo

DAY = timedelta(days=1)
STREETS = (
    "Deich 3\n28195 Bremen",
    "Hafenweg 12\n24103 Kiel",
    "Lindenallee 8\n10115 Berlin",
    "Marktplatz 1\n20095 Hamburg",
)


@transaction.atomic
def play(people: Mapping[str, Member], products: Mapping[str, Product], now: datetime) -> int:
    """Let the tests happen; return how many are new."""
    if ProductTest.objects.filter(slug="fjord-handle-b").exists():
        return 0
    _kettle(people, products["kettle-fjord"], now)
    _beans(people, products["beans-mittsommer"], now)
    return 2


def _kettle(people: Mapping[str, Member], product: Product, now: datetime) -> None:
    opened, clara = now - 34 * DAY, people["clara"]
    test = _set_up(
        product, clara, opened, KETTLE,
        slug="fjord-handle-b", seats=4, title=("Fjord-Kessel, Griff B", "Fjord kettle, handle B"),
        lede=("Ein Griff, der auch nach der dritten Kanne noch kühl ist. Sagen wir. Was sagt ihr?",
              "A handle that stays cool after the third pot. We say. What do you say?"),
        report_until=now + 6 * DAY,
    )  # fmt: skip
    seats = _filled(test, [people[key] for key in ("mara", "felix", "sofia", "priya")], clara, opened)
    for number, tester in enumerate(seats[:2]):
        _send(tester, clara, number, now - (12 - number) * DAY)
    product_tests.advance(test=test, to="testing", by=clara, at=now - 9 * DAY)
    # Two were late: one parcel is on its way, one is to be packed.
    _send(seats[2], clara, 2, now, here=False)
    _address(seats[3], 3, now - DAY / 4)
    asked = [str(pk) for pk in ReportQuestion.objects.filter(test=test).values_list("pk", flat=True)]
    begun = Content(stars=4, answers={asked[0]: 0, asked[1]: False, asked[2]: 3})
    reports.save(tester=seats[0], content=begun, at=now - DAY)


def _beans(people: Mapping[str, Member], product: Product, now: datetime) -> None:
    opened, clara = now - 110 * DAY, people["clara"]
    test = _set_up(
        product, clara, opened, BEANS,
        slug="midsummer-lighter", seats=9, title=("Mittsommer, heller geröstet", "Midsummer, roasted lighter"),
        lede=("Gleiche Bohnen, zwei Minuten kürzer. Besser oder nur anders?",
              "The same beans, two minutes less. Better, or only different?"),
        report_until=opened + 60 * DAY,
    )  # fmt: skip
    seats = _filled(test, [people[found.by] for found in REPORTS] + [people["hannes"]], clara, opened)
    for number, tester in enumerate(seats):
        _send(tester, clara, number, opened + 26 * DAY)
    product_tests.advance(test=test, to="testing", by=clara, at=opened + 28 * DAY)
    asked = [str(pk) for pk in ReportQuestion.objects.filter(test=test).values_list("pk", flat=True)]
    for number, (found, tester) in enumerate(zip(REPORTS, seats, strict=False)):
        _report(tester, found, asked, opened + (48 + number) * DAY)
    product_tests.advance(test=test, to="evaluating", by=clara, at=opened + 62 * DAY)
    findings.publish(test=test, german=FINDINGS[0], english=FINDINGS[1], by=clara, at=opened + 70 * DAY)
    product_tests.advance(test=test, to="closed", by=clara, at=opened + 71 * DAY)


def _set_up(product: Product, host: Member, opened: datetime, asked: Sequence[Asked], **said: Any) -> ProductTest:
    (title_de, title_en), (lede_de, lede_en) = said.pop("title"), said.pop("lede")
    test = ProductTest.objects.create(
        product=product, host=host, picture=product.picture,
        title_de=title_de, title_en=title_en, lede_de=lede_de, lede_en=lede_en,
        apply_until=opened + 9 * DAY, select_on=(opened + 10 * DAY).date(), ship_on=(opened + 16 * DAY).date(), **said,
    )  # fmt: skip
    for position, one in enumerate(asked):
        ReportQuestion.objects.create(
            test=test, kind=one.kind, position=position, required=one.required, public=one.public,
            label_de=one.label[0], label_en=one.label[1], options_de=one.options[0], options_en=one.options[1],
        )  # fmt: skip
    product_tests.open_(test=test, by=host, at=opened)
    return test


def _filled(test: ProductTest, members: Sequence[Member], clara: Member, opened: datetime) -> list[Tester]:
    """Everybody applies, is drawn (there is a seat for each) and accepts."""
    for member in members:
        testers.apply(test=test, member=member, answers={}, segment=None, pledge=True, at=opened + 2 * DAY)
    draws.close_applications(test=test, by=clara, at=opened + 9 * DAY)
    draws.draw_seats(test=test, by=clara, at=opened + 10 * DAY)
    seats = []
    for member in members:
        tester = Tester.objects.select_related("member", "test__product", "test__host").get(test=test, member=member)
        seats.append(invitations.accept(tester=tester, at=opened + 11 * DAY))
    product_tests.ship(test=test, by=clara, at=opened + 16 * DAY)
    test.refresh_from_db()
    return seats


def _send(tester: Tester, clara: Member, number: int, arrived: datetime, *, here: bool = True) -> None:
    parcel = _address(tester, number, arrived - 5 * DAY)
    tracking = f"0034043416109404{2557 + number}"
    shipments.send(shipment=parcel, by=clara, carrier="dhl", tracking=tracking, at=arrived - 2 * DAY)
    if here:
        shipments.arrive(shipment=parcel, by=tester.member, at=arrived)


def _address(tester: Tester, number: int, at: datetime) -> Shipment:
    tester.test.refresh_from_db()
    street = STREETS[number % len(STREETS)]
    return addresses.put(tester=tester, text=f"{tester.member.display_name}\n{street}", at=at)


def _report(tester: Tester, found: Found, asked: Sequence[str], at: datetime) -> None:
    tester.test.refresh_from_db()
    said = {name: answer for name, answer in zip(asked, found.answers, strict=True) if answer != ""}
    content = Content(found.stars, found.title, found.body, found.pros, found.cons, said, publish=found.publish)  # type: ignore[arg-type] # written by hand above
    reports.submit(tester=tester, content=content, photos=[photo(found.photo)] if found.photo else (), at=at)
