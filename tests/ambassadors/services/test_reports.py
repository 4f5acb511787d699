"""Reports: kept while they are written, handed in once, a review with its label, and nothing hangs on the stars."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from ambassadors.models import Report, ReportPhoto, Tester
from ambassadors.services import findings, reports, test_telling
from ambassadors.services.reports import Content
from community.models import Activity, Member, Notification, Review
from community.models.privacy import private
from community.refusals import Refusal
from community.services import erasure, uploads
from tests import factories
from tests.ambassadors import parcels

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara() -> Tester:
    one = parcels.participant(parcels.running("testing"))
    parcels.arrived(one)
    return one


def picture() -> uploads.Encoded:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "green").save(out, "PNG")
    out.seek(0)
    return uploads.encode(out)


def save(tester: Tester, *, base: int | None = None, **said: Any) -> Report:
    return reports.save(tester=tester, content=Content(**said), base=base, at=timezone.now())


def test_a_draft_holds_half_of_it_and_grows(mara: Tester) -> None:
    asked = parcels.question(mara.test)
    first = save(mara, stars=2, base=0)
    second = save(mara, stars=3, answers={asked.name: 1}, base=first.version)

    kept = Report.objects.get()
    assert (kept.stars, kept.answers, kept.version, kept.submitted_at) == (3, {asked.name: 1}, second.version, None)


def test_two_tabs_do_not_overwrite_each_other(mara: Tester) -> None:
    save(mara, title="From here", base=0)
    with pytest.raises(reports.SavedMeanwhile):
        save(mara, title="From there", base=0)
    assert Report.objects.get().title == "From here"


def test_the_same_words_sent_twice_at_once_are_no_conflict(mara: Tester) -> None:
    save(mara, title="From here", base=0)
    assert save(mara, title=" From here", base=0).title == "From here"


@pytest.mark.parametrize("answer", [3, -1, "0", True, [0], 1.5])
def test_what_is_no_answer_is_refused(mara: Tester, answer: Any) -> None:
    asked = parcels.question(mara.test)
    with pytest.raises(reports.NoAnswer):
        save(mara, answers={asked.name: answer})
    assert not Report.objects.filter(answers__has_key=asked.name).exists()


def test_nobody_answers_the_questions_of_another_test(mara: Tester) -> None:
    other = parcels.question(parcels.running("testing"))
    with pytest.raises(reports.NoAnswer):
        save(mara, answers={other.name: 1})


@pytest.mark.parametrize("missing", ["stars", "title", "body", "answer"])
def test_handed_in_it_is_whole(mara: Tester, missing: str) -> None:
    asked = parcels.question(mara.test)
    said: dict[str, Any] = {**parcels.SAID, "answers": {asked.name: 0}}
    said["answers" if missing == "answer" else missing] = {"stars": None, "answer": {}}.get(missing, "")

    with pytest.raises(reports.Incomplete):
        reports.submit(tester=mara, content=Content(**said), at=timezone.now())
    mara.refresh_from_db()
    assert (mara.state, Report.objects.count(), Review.objects.count()) == ("accepted", 0, 0)


def test_it_becomes_a_review_with_the_label_of_the_test_and_its_photos(mara: Tester) -> None:
    report = reports.submit(
        tester=mara, content=Content(**parcels.SAID, pros="Quiet"), photos=[picture()], at=timezone.now()
    )

    review = Review.objects.get()
    assert (review.author, review.product, review.stars) == (mara.member, mara.test.product, 4)
    assert (review.title, review.disclosure, review.pros, review.photo_count) == ("Quiet at six", "free", "Quiet", 1)
    assert (report.review, report.submitted_at is None) == (review, False)
    mara.refresh_from_db()
    assert mara.state == "reported"


def test_it_can_stay_with_the_brand(mara: Tester) -> None:
    report = reports.submit(tester=mara, content=Content(**parcels.SAID, publish=False), at=timezone.now())
    assert (report.review, Review.objects.count()) == (None, 0)


def test_who_has_reviewed_the_product_keeps_that_review(mara: Tester) -> None:
    mine = factories.review(mara.test.product, mara.member, title="Long before")
    report = reports.submit(tester=mara, content=Content(**parcels.SAID), at=timezone.now())
    assert (report.review, Review.objects.get().title) == (mine, "Long before")


def test_it_is_handed_in_once(mara: Tester) -> None:
    reports.submit(tester=mara, content=Content(**parcels.SAID), at=timezone.now())
    mara.refresh_from_db()
    for deed in (reports.save, reports.submit):
        with pytest.raises(reports.NotOpen):
            deed(tester=mara, content=Content(**{**parcels.SAID, "stars": 1}), at=timezone.now())
    assert (Report.objects.get().stars, Review.objects.count()) == (4, 1)


@pytest.mark.parametrize("state", ["drawing", "closed", "cancelled"])
def test_a_test_that_is_over_takes_no_report(mara: Tester, state: str) -> None:
    type(mara.test).objects.update(state=state)
    with pytest.raises(reports.NotOpen):
        save(mara, stars=1)
    assert Report.objects.count() == 0


def test_nobody_reports_on_what_has_not_arrived() -> None:
    waits = parcels.participant(parcels.running("testing"))
    parcels.sent(waits)
    with pytest.raises(reports.NotArrived):
        save(waits, stars=1)


@pytest.mark.parametrize("stars", [1, 5])
def test_the_journal_does_not_know_the_stars(mara: Tester, stars: int) -> None:
    reports.submit(tester=mara, content=Content(**{**parcels.SAID, "stars": stars}), at=timezone.now())
    deed = Activity.objects.get(verb="test.reported")
    assert set(deed.facts) & {"report", "test", "product", "author", "stars"} == {"report", "test", "product", "author"}
    assert "stars" not in Activity.objects.get(verb="review.created").facts


def test_photos_are_where_no_address_leads(mara: Tester) -> None:
    report = reports.save(tester=mara, content=Content(), photos=[picture()], at=timezone.now())
    name = str(report.photos.get().file.name)
    assert (private().exists(name), default_storage.exists(name)) == (True, False)


def test_up_to_five_photos(mara: Tester) -> None:
    reports.save(tester=mara, content=Content(), photos=[picture()] * 5, at=timezone.now())
    with pytest.raises(Refusal):
        reports.save(tester=mara, content=Content(), photos=[picture()], at=timezone.now())
    first = ReportPhoto.objects.order_by("id")[0]
    reports.save(tester=mara, content=Content(), photos=[picture()], removed=[first.pk], at=timezone.now())
    assert ReportPhoto.objects.count() == 5


def test_an_erased_tester_leaves_the_report_and_no_draft_no_photo(mara: Tester) -> None:
    reports.submit(tester=mara, content=Content(**parcels.SAID), photos=[picture()], at=timezone.now())
    other = parcels.participant(parcels.running("testing"), mara.member)
    parcels.arrived(other)
    save(other, title="Half a thought")

    erasure.erase(member=mara.member, by=mara.member, at=timezone.now())

    assert [(one.tester_id, one.title) for one in Report.objects.all()] == [(mara.pk, "Quiet at six")]
    assert ReportPhoto.objects.count() == 0


def told(member: Member) -> list[tuple[str, int | None]]:
    rows = Notification.objects.filter(member=member, kind__startswith="test.report").order_by("id")
    return [(row.kind, row.facts.get("days")) for row in rows]


def test_reminders_come_seven_days_and_one_day_before_and_once_after_the_end(mara: Tester) -> None:
    due = mara.test.report_until
    for days in (8, 7, 6.5, 3, 1, 0.5, -0.5, -3, -20):
        for _twice in range(2):
            test_telling.remind(at=due - timedelta(days=days))

    assert told(mara.member) == [("test.report_due", 7), ("test.report_due", 1), ("test.report_overdue", None)]


def test_who_has_reported_or_waits_for_the_sample_is_left_alone(mara: Tester) -> None:
    reports.submit(tester=mara, content=Content(**parcels.SAID), at=timezone.now())
    waits = parcels.participant(mara.test, factories.member("Lena Sommer"))
    parcels.sent(waits)

    assert test_telling.remind(at=mara.test.report_until - timedelta(days=1)) == 0
    assert told(mara.member) + told(waits.member) == []


def test_results_are_public_with_the_brands_words_in_both_languages(mara: Tester) -> None:
    reports.submit(tester=mara, content=Content(**parcels.SAID), at=timezone.now())
    clara, now = mara.test.host, timezone.now()
    with pytest.raises(findings.TooEarly):
        findings.publish(test=mara.test, german="Gut", english="Good", by=clara, at=now)
    type(mara.test).objects.update(state="evaluating")
    with pytest.raises(findings.WordsMissing):
        findings.publish(test=mara.test, german="Gut", english=" ", by=clara, at=now)

    for english in ("Good", "Better"):
        findings.publish(test=mara.test, german="Gut", english=english, by=clara, at=now)

    assert mara.test.findings.words_en == "Better"  # type: ignore[attr-defined] # made by modeltranslation
    assert Notification.objects.filter(member=mara.member, kind="test.findings").count() == 1
