"""Testers: members who apply for a product test, are drawn and invited, and take part."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ambassadors.models.product_test import ProductTest, Segment


class Tester(models.Model):
    """One member in one product test, from the application to the report. Their way is ``machines.TESTER``.

    ``number`` is the pseudonym in the published draw: random, and known to nobody else. ``tickets`` and ``rank`` are
    what they went into the draw with and where they came out; ``answers`` maps a question's number to the answer.
    """

    class State(models.TextChoices):
        APPLIED = "applied", _("applied")
        WAITING = "waiting", _("on the waiting list")
        INVITED = "invited", _("invited")
        ACCEPTED = "accepted", _("takes part")
        REPORTED = "reported", _("has reported")
        DECLINED = "declined", _("declined")
        LAPSED = "lapsed", _("not answered in time")
        LOST = "lost", _("not drawn")
        WITHDRAWN = "withdrawn", _("withdrawn")

    TAKING_PART = (State.ACCEPTED, State.REPORTED)

    test = models.ForeignKey(ProductTest, models.PROTECT, related_name="testers", verbose_name=_("product test"))
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="product_tests", verbose_name=_("member")
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.APPLIED, editable=False)
    segment = models.ForeignKey(
        Segment, models.PROTECT, null=True, blank=True, related_name="testers", verbose_name=_("segment")
    )
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    number = models.CharField(_("number in the draw"), max_length=16, unique=True, editable=False)
    tickets = models.PositiveSmallIntegerField(_("tickets"), null=True, blank=True, editable=False)
    rank = models.PositiveIntegerField(_("place in the draw"), null=True, blank=True, editable=False)
    applied_at = models.DateTimeField(_("applied"))
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True, editable=False)
    answer_by = models.DateTimeField(_("answer until"), null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-applied_at", "-id")
        verbose_name = _("tester")
        verbose_name_plural = _("testers")
        constraints = (
            models.UniqueConstraint(fields=("test", "member"), name="tester_once"),
            models.UniqueConstraint(fields=("test", "rank"), name="tester_rank_unique"),
            models.CheckConstraint(
                condition=~Q(state="invited") | Q(invited_at__isnull=False, answer_by__isnull=False),
                name="tester_invited_until",
            ),
        )
        indexes = (
            models.Index("member", F("applied_at").desc(), F("id").desc(), name="tester_latest"),
            models.Index("test", "state", "rank", name="tester_by_rank"),
            models.Index(fields=("answer_by",), condition=Q(state="invited"), name="tester_to_lapse"),
        )

    def __str__(self) -> str:
        return f"{self.member}: {self.get_state_display()}"
