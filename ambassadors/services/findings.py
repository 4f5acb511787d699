"""Findings: what the brand takes from a test, said in public beside what all reports say together."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Findings, ProductTest
from ambassadors.services import invitations, test_telling
from community import freshness, words
from community.models import Member
from community.refusals import Refusal

OPEN = (ProductTest.State.EVALUATING, ProductTest.State.CLOSED)


class TooEarly(Refusal):
    """The reports are not in."""

    code = "findings_too_early"
    message = _("Results are published when the test is being evaluated or closed.")


class WordsMissing(Refusal):
    """Readers of both languages want to know."""

    code = "findings_without_words"
    message = _("Say in German and in English what you take from it.")
    field = "words_de"
    status = 422


@transaction.atomic
def publish(*, test: ProductTest, german: str, english: str, by: Member, at: datetime) -> Findings:
    """Say what the brand takes from it and show the results to everybody; said again, the words change.

    Raises ``TooEarly`` and ``WordsMissing``.
    """
    test = invitations.lock(test)
    german, english = words.lines(german), words.lines(english)
    if test.state not in OPEN:
        raise TooEarly
    if not (german and english):
        raise WordsMissing
    said = {"words": german, "words_de": german, "words_en": english}
    new = {**said, "published_at": at, "published_by": by}
    found, made = Findings.objects.update_or_create(test=test, defaults=said, create_defaults=new)
    if made:
        test_telling.findings(found, at=at)
    transaction.on_commit(freshness.changed, robust=True)
    return found
