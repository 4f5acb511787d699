"""The time machine: dry runs of a rule's draft, activations for the recorded past, and replays of the journal."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Run(models.Model):
    """Work over the whole journal that somebody, or the night, asked for. The row is what a lost task is found by."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked"))
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    deeds = models.BigIntegerField(_("deeds"), default=0)
    result = models.JSONField(_("result"), default=dict, blank=True)

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        """Whether a worker has it before them."""
        return self.state in {self.State.WAITING, self.State.RUNNING}

    @property
    def is_done(self) -> bool:
        """Whether there is a result."""
        return self.state == self.State.DONE


class Simulation(Run):
    """What the journal would have paid if a draft had always been in force, beside what was really paid.

    ``result`` has the shape of ``gamification.services.simulations.Result``. ``credit_cents`` is what a credit was
    worth when the simulation was asked for.
    """

    version = models.ForeignKey(
        "gamification.RuleVersion", models.CASCADE, related_name="simulations", verbose_name=_("draft")
    )
    credit_cents = models.DecimalField(_("cents for a credit"), max_digits=8, decimal_places=3, default=Decimal(0))

    class Meta:
        ordering = ("-id",)
        verbose_name = _("simulation")
        verbose_name_plural = _("simulations")
        constraints = (
            models.UniqueConstraint(
                fields=("version",), condition=Q(state__in=("waiting", "running")), name="simulation_one_open"
            ),
        )

    def __str__(self) -> str:
        return f"{self.version_id}: {self.state}"


class Retroaction(Run):
    """A version that a second person approved for the recorded past as well: it takes effect when this is done."""

    version = models.OneToOneField(
        "gamification.RuleVersion", models.CASCADE, related_name="retroaction", verbose_name=_("version")
    )

    class Meta:
        ordering = ("-id",)
        verbose_name = _("activation for the past")
        verbose_name_plural = _("activations for the past")

    def __str__(self) -> str:
        return f"{self.version_id}: {self.state}"


class Replay(Run):
    """The journal evaluated anew in recorded order, compared with what is kept. Drift is what differs."""

    differences = models.PositiveIntegerField(_("differences"), default=0)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("swapped by")
    )
    applied_at = models.DateTimeField(_("swapped"), null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = _("replay")
        verbose_name_plural = _("replays")
        constraints = (
            models.UniqueConstraint(
                fields=("state",), condition=Q(state__in=("waiting", "running")), name="replay_one_open"
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}: {self.state}"


class Shadow(models.Model):
    """One row of a replay that differs from what is kept: what a projection or the ledger should say under ``key``."""

    class Part(models.TextChoices):
        LEDGER = "ledger", _("ledger")
        BALANCES = "balances", _("balances")
        BOARDS = "boards", _("boards")
        COUNTERS = "counters", _("counters")
        DAYS = "days", _("counts by day")
        PAIRS = "pairs", _("counts by day and person")
        CAPS = "caps", _("used caps")
        AWARDS = "awards", _("awards")
        LEVELS = "levels", _("levels")

    replay = models.ForeignKey(Replay, models.CASCADE, related_name="shadows")
    part = models.CharField(_("part"), max_length=10, choices=Part)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("member")
    )
    key = models.JSONField(_("key"), default=list)
    replayed = models.BigIntegerField(_("replayed"))
    kept = models.BigIntegerField(_("kept"))

    class Meta:
        ordering = ("id",)
        verbose_name = _("difference")
        verbose_name_plural = _("differences")

    def __str__(self) -> str:
        return f"{self.part} {self.key}: {self.kept} → {self.replayed}"
