"""Reports of testers: saved in parts, submitted once, published as a review that says how one came to the product."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambassadors import questions
from ambassadors.models import ProductTest, Report, ReportPhoto, Shipment, Tester
from ambassadors.queries import reports as queries
from ambassadors.services import moves, report_photos
from community import activity, words
from community.models import Member, Review
from community.refusals import Refusal
from community.services import reviews
from community.services.uploads import Encoded

#: Reports are taken as long as the test is in one of these.
OPEN = (ProductTest.State.SHIPPING, ProductTest.State.TESTING, ProductTest.State.EVALUATING)


class NotArrived(Refusal):
    """Nobody reports on what they do not have."""

    code = "sample_not_arrived"
    message = _("Your sample has not arrived yet. When it is there, say so on the page of your test.")


class NotOpen(Refusal):
    """The test is over, or the report stands."""

    code = "report_not_open"
    message = _("This report is closed: it was submitted already, or the test is over.")


class SavedMeanwhile(Refusal):
    """Another tab or device saved it."""

    code = "report_saved_meanwhile"
    message = _("You went on writing this report in another tab or on another device. Load the page again to see it.")


class Incomplete(Refusal):
    """Something that has to be there is missing."""

    code = "report_incomplete"
    message = _("Something is missing: stars, a sentence, your experience, or an answer to one of the questions.")
    status = 422


class NoAnswer(Refusal):
    """Something is not an answer to its question."""

    code = "report_answer_invalid"
    message = _("One of the answers does not fit its question.")
    field = "answers"
    status = 422


@dataclass(frozen=True, slots=True)
class Content:
    """What a tester says; ``pros`` and ``cons`` have one point a line."""

    stars: int | None = None
    title: str = ""
    body: str = ""
    pros: str = ""
    cons: str = ""
    answers: Mapping[str, questions.Answer] = field(default_factory=dict)
    publish: bool = True


@transaction.atomic
def save(
    *,
    tester: Tester,
    content: Content,
    at: datetime,
    base: int | None = None,
    photos: Sequence[Encoded] = (),
    removed: Collection[int] = (),
) -> Report:
    """Keep what is written so far, on top of version ``base`` (whatever it is, where that is not said).

    Raises ``NotArrived``, ``NotOpen``, ``SavedMeanwhile``, ``NoAnswer`` and ``review_photos.TooManyPhotos``.
    """
    asked = [question.asked for question in queries.questions_of(tester.test)]
    if questions.wrong(asked, content.answers):
        raise NoAnswer
    report = _locked(tester, at)
    said = _said(content)
    # What is handed in while its own draft is still being kept is the same words, and no other tab.
    if base is not None and base != report.version and any(getattr(report, name) != said[name] for name in said):
        raise SavedMeanwhile
    for name, value in said.items():
        setattr(report, name, value)
    report.version += 1
    report.saved_at = at
    report.save()
    report_photos.change(report=report, new=photos, removed=removed, at=at)
    return report


@transaction.atomic
def submit(
    *,
    tester: Tester,
    content: Content,
    at: datetime,
    base: int | None = None,
    photos: Sequence[Encoded] = (),
    removed: Collection[int] = (),
) -> Report:
    """Hand the report in, for good; published, it is a review with the label of the test.

    Raises what ``save`` raises, ``Incomplete``, and what ``reviews.create`` raises.
    """
    report = save(tester=tester, content=content, at=at, base=base, photos=photos, removed=removed)
    asked = [question.asked for question in queries.questions_of(tester.test)]
    stars = report.stars
    if stars is None or not (report.title and report.body) or questions.missing(asked, report.answers):
        raise Incomplete
    moves.make(subject=tester, to=Tester.State.REPORTED, by=tester.member, at=at)
    report.submitted_at = at
    if report.publish:
        report.review = _review(report, tester, stars, at)
    report.save(update_fields=["submitted_at", "review"])
    activity.record(
        verb=activity.TEST_REPORTED,
        key=f"{activity.TEST_REPORTED}:{tester.pk}",
        actor=tester.member,
        subject=("report", report.pk),
        at=at,
        facts=facts(report, tester),
    )
    return report


@transaction.atomic
def forget(member: Member, at: datetime) -> None:
    """Drafts and photos of somebody who is erased go; what they submitted stays as a former member's."""
    report_photos.remove(ReportPhoto.objects.filter(report__tester__member=member))
    Report.objects.filter(tester__member=member, submitted_at=None).delete()


def facts(report: Report, tester: Tester) -> Mapping[str, object]:
    """What the journal keeps of a report. Never its stars: no reward may depend on them."""
    return {"report": report.pk, "test": tester.test_id, "product": tester.test.product_id, "author": tester.member_id}


def _said(content: Content) -> Mapping[str, object]:
    """What is kept of it, by field."""
    return {
        "stars": content.stars,
        "publish": content.publish,
        "title": words.line(content.title),
        "body": words.lines(content.body),
        "pros": reviews.points(content.pros),
        "cons": reviews.points(content.cons),
        "answers": {name: given for name, given in content.answers.items() if questions.said(given)},
    }


def _locked(tester: Tester, at: datetime) -> Report:
    """The report of ``tester``, made if it is the first time, for change."""
    # Two tabs that begin it at once, and who withdraws, wait for each other here.
    tester = Tester.objects.select_for_update(of=("self",)).select_related("test").get(pk=tester.pk)
    if tester.state != Tester.State.ACCEPTED or tester.test.state not in OPEN:
        raise NotOpen
    if not Shipment.objects.filter(tester=tester, state=Shipment.State.DELIVERED).exists():
        raise NotArrived
    report, _made = Report.objects.get_or_create(tester=tester, defaults={"saved_at": at})
    return report


def _review(report: Report, tester: Tester, stars: int, at: datetime) -> Review | None:
    """The review that the report becomes; one that is there already carries the label since the sample arrived."""
    written = Review.objects.filter(author=tester.member, product=tester.test.product).first()
    if written is not None:
        return None if Report.objects.filter(review=written).exists() else written
    return reviews.create(
        product=tester.test.product,
        author=tester.member,
        content=reviews.Content(stars, report.title, report.body, report.pros, report.cons),
        disclosure=tester.test.disclosure,
        photos=report_photos.copies(report),
        at=at,
    )
