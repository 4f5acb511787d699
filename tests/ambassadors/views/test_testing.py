"""A tester's pages and the public results: who sees what, what is saved, what the pages cost."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from ambassadors.models import Report, ReportPhoto, Shipment, Tester
from ambassadors.services import addresses, reports, shipments
from ambassadors.services.reports import Content
from community import limits
from community.models import Member, Review
from community.models.privacy import private
from community.services import reviews
from tests import factories
from tests.ambassadors import parcels
from tests.staff import browser, manager, superuser

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Member], Client]
PAGES = ("mine/", "report/")
DEEDS = ("mine/address/", "mine/arrived/", "report/", "report/draft/")


@pytest.fixture
def mara() -> Tester:
    return parcels.participant(parcels.running("testing", slug="quiet"))


def place(way: str) -> str:
    return f"/product-tests/quiet/{way}"


def picture(name: str = "cup.png") -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "green").save(out, "PNG")
    out.seek(0)
    out.name = name
    return out


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (lambda: None, 302),
        (lambda: factories.member("Lena Sommer"), 404),
        (factories.ambassador, 404),
        (manager, 404),
        (superuser, 404),
    ],
)
def test_a_running_test_is_its_testers_alone(mara: Tester, who: Callable[[], Member | None], status: int) -> None:
    parcels.arrived(mara)
    client = browser(who())
    assert [client.get(place(page)).status_code for page in PAGES] == [status] * 2
    assert [client.post(place(deed), {"address": parcels.ADDRESS}).status_code for deed in DEEDS] == [status] * 4
    assert (Report.objects.count(), addresses.own(mara)) == (0, parcels.ADDRESS)
    assert [browser(mara.member).get(place(page)).status_code for page in PAGES] == [200] * 2


@pytest.mark.parametrize("state", ["applied", "waiting", "declined", "withdrawn"])
def test_who_has_no_seat_has_no_page(state: str) -> None:
    one = parcels.participant(parcels.running("testing", slug="quiet"), state=state)
    assert [browser(one.member).get(place(page)).status_code for page in PAGES] == [404] * 2


def test_the_way_of_a_sample(mara: Tester) -> None:
    client = browser(mara.member)
    assert client.get(place("report/")).status_code == 303

    bad = client.post(place("mine/address/"), {"address": "Mara"})
    assert (bad.status_code, "three to seven lines" in bad.content.decode()) == (422, True)
    assert client.post(place("mine/address/"), {"address": parcels.ADDRESS}).status_code == 303
    assert addresses.own(mara) == parcels.ADDRESS
    assert client.post(place("mine/arrived/")).status_code == 409
    shipments.send(
        shipment=Shipment.objects.get(), by=mara.test.host, carrier="dhl", tracking="0034", at=timezone.now()
    )
    page = client.get(place("mine/")).content.decode()
    assert "piececode=0034" in page
    for _twice in range(2):
        assert client.post(place("mine/arrived/")).status_code == 303
    assert Shipment.objects.get().state == "delivered"
    assert client.get(place("report/")).status_code == 200


def test_a_report_is_saved_gone_on_with_and_handed_in(mara: Tester) -> None:
    parcels.arrived(mara)
    asked = parcels.question(mara.test)
    client = browser(mara.member)

    answer = client.post(place("report/"), {"deed": "save", "version": 0, "stars": 3, f"q{asked.name}": 2})
    assert answer.headers["Location"] == place("report/")
    kept = Report.objects.get()
    assert (kept.stars, kept.answers, kept.submitted_at) == (3, {asked.name: 2}, None)
    page = client.get(place("mine/")).content.decode()
    assert "2 of 4 questions answered" in page

    said = {"deed": "submit", "version": kept.version, "publish": "on", "photos": picture()}
    missing = client.post(place("report/"), said)
    assert (missing.status_code, Review.objects.count()) == (422, 0)
    whole = {**said, **parcels.SAID, f"q{asked.name}": 1, "photos": picture()}
    assert client.post(place("report/"), whole).headers["Location"] == place("mine/")
    review = Review.objects.get()
    assert (review.disclosure, review.photo_count) == ("free", 1)
    assert "Your report is in" in client.get(place("mine/")).content.decode()
    assert client.get(place("report/")).status_code == 303


def test_it_is_kept_while_it_is_written(mara: Tester) -> None:
    parcels.arrived(mara)
    client = browser(mara.member)
    first = client.post(place("report/draft/"), {"version": 0, "title": "Half a"}).content.decode()
    assert re.findall(r'name="version" value="(\d+)"', first) == ["1"]

    late = client.post(place("report/draft/"), {"version": 0, "title": "From another tab"})
    assert (late.status_code, Report.objects.get().title) == (409, "Half a")


def test_what_cannot_be_kept_does_not_empty_what_was_kept(mara: Tester) -> None:
    parcels.arrived(mara)
    client = browser(mara.member)
    client.post(place("report/draft/"), {"version": 0, "title": "Half a", "pros": "quiet"})
    answer = client.post(place("report/draft/"), {"version": 1, "title": "Half a", "pros": "x" * 101})
    assert (answer.status_code, "Up to six points" in answer.content.decode()) == (422, True)
    assert (Report.objects.get().pros, Report.objects.get().version) == ("quiet", 1)


def test_too_much_at_once_is_refused(mara: Tester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PARCELS", limits.Limit("parcels", 1, 3600))
    client = browser(mara.member)
    answers = [client.post(place("mine/address/"), {"address": parcels.ADDRESS}) for _twice in range(2)]
    assert [answer.status_code for answer in answers] == [303, 429]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (lambda: None, 302),
        (lambda: factories.member("Lena Sommer"), 404),
        (factories.ambassador, 404),
        (manager, 200),
        (superuser, 200),
    ],
)
def test_who_sees_a_photo_of_a_report(mara: Tester, who: Callable[[], Member | None], status: int) -> None:
    parcels.arrived(mara)
    browser(mara.member).post(place("report/"), {"deed": "save", "version": 0, "photos": picture()})
    path = f"/product-tests/report-photos/{ReportPhoto.objects.get().pk}/"
    client = browser(who())

    # Of a draft nobody but its author sees anything.
    assert client.get(path).status_code == (status if status != 200 else 404)
    assert browser(mara.member).get(path).status_code == 200
    reports.submit(tester=mara, content=Content(**parcels.SAID), at=timezone.now())
    assert client.get(path).status_code == status


@pytest.mark.parametrize("deed", ["save", "submit"])
def test_what_is_asked_is_read_once_whether_a_report_is_kept_or_handed_in(mara: Tester, deed: str) -> None:
    asked = parcels.question(mara.test)
    parcels.arrived(mara)
    said = {**parcels.SAID, f"q{asked.name}": 1, "deed": deed, "version": 0}
    client = browser(mara.member)
    with CaptureQueriesContext(connection) as queries:
        assert client.post(place("report/"), said).status_code == 303
    read = [one["sql"] for one in queries if 'FROM "ambassadors_reportquestion"' in one["sql"]]
    assert len(read) == 1


def test_a_photo_whose_file_is_gone_is_not_found_and_keeps_no_report_from_being_handed_in(mara: Tester) -> None:
    parcels.arrived(mara)
    client = browser(mara.member)
    for version in range(2):
        client.post(place("report/"), {"deed": "save", "version": version, "photos": picture()})
    gone, there = ReportPhoto.objects.order_by("pk")
    private().delete(str(gone.file.name))

    answer = client.get(f"/product-tests/report-photos/{gone.pk}/")
    assert (answer.status_code, "404.html" in [one.name for one in answer.templates]) == (404, True)
    assert client.get(f"/product-tests/report-photos/{there.pk}/").status_code == 200
    report = reports.submit(tester=mara, content=Content(**parcels.SAID), at=timezone.now())
    assert (report.review is not None, Review.objects.get().photo_count) == (True, 1)


def test_a_tester_reads_what_happened_and_why(mara: Tester) -> None:
    shipment = parcels.sent(mara)
    shipments.lose(shipment=shipment, by=mara.test.host, reason="It stopped in Fulda.", at=timezone.now())
    page = browser(mara.member).get(place("mine/")).content.decode()
    for told in ("The carrier has the parcel", "It stopped in Fulda.", "Clara Holm ·"):
        assert told in page


def test_results_are_nobodys_before_the_brand_publishes_them(mara: Tester) -> None:
    parcels.reported(mara)
    assert [browser(one).get(place("results/")).status_code for one in (None, mara.member)] == [404, 404]
    parcels.published(mara.test)
    page = browser(None).get(place("results/"))
    assert (page.status_code, "Gut." in page.content.decode()) == (200, True)


def test_results_of_a_test_for_ambassadors_stay_among_them() -> None:
    test = parcels.running("testing", slug="quiet", audience="ambassadors")
    parcels.reported(parcels.participant(test, factories.ambassador()))
    parcels.published(test)
    people = (None, factories.member("Lena Sommer"), factories.ambassador("Aylin Demir"))
    assert [browser(one).get(place("results/")).status_code for one in people] == [404, 404, 200]
    assert "results/" not in browser(None).get("/product-tests/").content.decode()


def test_sums_are_told_from_five_reports_on_and_words_never(mara: Tester) -> None:
    test = mara.test
    loud = parcels.question(test, public=True, label_de="Wie laut?", label_en="How loud is it?")
    words = parcels.question(test, "text", public=True, label_de="Was fehlt?", label_en="What is missing?")
    secret = parcels.question(test, label_de="Intern?", label_en="Inside?")
    said = {loud.name: 1, words.name: "My neighbour Jens", secret.name: 2}
    for number in range(5):
        if number == 4:
            parcels.published(test)
            test.refresh_from_db()
            assert "Wie laut?" not in browser(None).get(place("results/")).content.decode()
            type(test).objects.update(state="testing")
            test.refresh_from_db()
        parcels.reported(parcels.participant(test, factories.member(f"Person {number}")), answers=said)
    parcels.published(test)

    page = browser(None).get(place("results/")).content.decode()
    assert [text in page for text in ("Wie laut?", "Jens", "Was fehlt?", "Intern?")] == [True] + [False] * 3


def test_a_review_that_is_gone_is_not_among_the_results(mara: Tester) -> None:
    review = parcels.reported(mara).review
    assert review is not None
    parcels.published(mara.test)
    assert "Quiet at six" in browser(None).get(place("results/")).content.decode()
    reviews.hide(review=review, by=mara.test.host, at=timezone.now())
    assert "Quiet at six" not in browser(None).get(place("results/")).content.decode()


@pytest.mark.parametrize("rows", [1, 12])
def test_what_the_results_cost(rows: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    test = parcels.running("testing", slug="quiet", seats=30)
    for number in range(rows):
        parcels.reported(parcels.participant(test, factories.member(f"Person {number}")))
    parcels.published(test)
    client = browser(factories.member("Lena Sommer"))
    client.get(place("results/"))
    with django_assert_num_queries(RESULTS_COST):
        client.get(place("results/"))


#: Session, member, role; test, findings; reports, questions, testers; reviews; the shell's marks.
RESULTS_COST = 12
