"""Reads of reports: a tester's own, those of a test, and what they say together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum, prefetch_related_objects
from django.utils.translation import gettext as _

from ambassadors import questions
from ambassadors.models import Findings, ProductTest, Report, ReportQuestion, Tester
from community.models import Review, visible
from community.models.review import STARS

#: From so many reports on, sums say nothing about a single person.
LEAST = 5


def questions_of(test: ProductTest) -> list[ReportQuestion]:
    """What its testers are asked, in order; read once, however often form, service and answer ask this ``test``."""
    prefetch_related_objects([test], "report_questions")
    return list(test.report_questions.all())


def of(tester: Tester) -> Report | None:
    """The report of ``tester``, begun or submitted."""
    return Report.objects.filter(tester=tester).select_related("review").first()


def submitted(test: ProductTest) -> QuerySet[Report]:
    """The reports of a test, in the order in which they came."""
    rows = Report.objects.filter(tester__test=test, submitted_at__isnull=False)
    return rows.select_related("tester__member__standing", "review").order_by("submitted_at", "id")


def public_reviews(test: ProductTest) -> QuerySet[Review]:
    """What testers published and everybody may read, the most helpful first."""
    rows = Review.objects.filter(visible(), report__tester__test=test, report__submitted_at__isnull=False)
    return rows.select_related("author__standing", "product").order_by("-helpful_count", "-id")


@dataclass(frozen=True, slots=True)
class Told:
    """One question with what all said to it together."""

    question: ReportQuestion
    summary: questions.Summary

    @property
    def rows(self) -> list[tuple[str, int, int]]:
        """Each option with how many chose it, and how many of a hundred who answered."""
        options = self.summary.question.options or (_("Yes"), _("No"))
        return [
            (option, count, round(100 * count / (self.summary.count or 1)))
            for option, count in zip(options, self.summary.counts, strict=False)
        ]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the reports of a test say together."""

    test: ProductTest
    expected: int
    stars: Mapping[int, int]
    told: tuple[Told, ...]

    @property
    def count(self) -> int:
        """How many have reported."""
        return sum(self.stars.values())

    @property
    def rate(self) -> int:
        """How many of a hundred who were sent a sample have reported."""
        return round(100 * self.count / self.expected) if self.expected else 0

    @property
    def average(self) -> float | None:
        """The mean of the stars to one place."""
        return _mean(sum(stars * count for stars, count in self.stars.items()), self.count)

    @property
    def distribution(self) -> list[tuple[int, int, int]]:
        """Stars with how many gave them, and how many of a hundred, the best first."""
        return [(stars, self.stars[stars], round(100 * self.stars[stars] / (self.count or 1))) for stars in STARS]

    @property
    def speaks(self) -> bool:
        """Whether there are enough reports that sums say nothing about a single person."""
        return self.count >= LEAST


def evaluation(test: ProductTest, *, only_public: bool = False) -> Evaluation:
    """Sum up a test; ``only_public`` leaves out what was asked for the brand alone, and all words."""
    given = list(submitted(test).values_list("stars", "answers"))
    stars = {value: sum(one == value for one, _rest in given) for value in STARS}
    asked = [one for one in questions_of(test) if not only_public or _is_public(one)]
    told = tuple(Told(one, questions.summary(one.asked, [answers for _one, answers in given])) for one in asked)
    expected = Tester.objects.filter(test=test, state__in=Tester.TAKING_PART).count()
    return Evaluation(test, expected, stars, told)


def stars_of(tests: Collection[int]) -> dict[int, tuple[int, float | None]]:
    """How many reported on each of ``tests`` (ids), and the mean of their stars."""
    rows = Report.objects.filter(tester__test__in=tests, submitted_at__isnull=False).order_by().values("tester__test")
    sums = rows.annotate(count=Count("pk"), total=Sum("stars"))
    return {row["tester__test"]: (row["count"], _mean(row["total"] or 0, row["count"])) for row in sums}


def _mean(total: int, count: int) -> float | None:
    # To the nearest tenth, halves up, as the ratings of reviews do it.
    return (20 * total + count) // (2 * count) / 10 if count else None


def _is_public(question: ReportQuestion) -> bool:
    return question.public and question.kind not in questions.IN_WORDS


def findings_of(test: ProductTest) -> Findings | None:
    """What the brand said about it, once it did."""
    return Findings.objects.filter(test=test).first()
