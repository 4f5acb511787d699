"""Product tests: what is tested, by how many, who may apply, and the draw that chooses among them."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ambassadors.models.form_question import FormQuestion
from community.models import Disclosure
from gamification.money import CENT, MoneyField


class ProductTest(models.Model):
    """A product that members try at home and report on. Its way is ``machines.PRODUCT_TEST``.

    Who may apply is the rule in ``audience``, ``least_…`` and ``owns`` (any of these products). ``applied`` counts the
    applications that stand, ``taken`` the seats of those who accepted; both are kept with the deed. Those who may apply
    are told in the order of their ids: ``announced_to`` is the last of them, ``announced_at`` when nobody was left.
    What was promised to applicants (seats, segments, rule, questions) is fixed once it is open. ``chance`` names a
    public value that is not known before ``chance_at``, for a draw that waits for it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        RECRUITING = "recruiting", _("open for applications")
        DRAWING = "drawing", _("draw and invitations")
        SHIPPING = "shipping", _("shipping")
        TESTING = "testing", _("being tested")
        EVALUATING = "evaluating", _("being evaluated")
        CLOSED = "closed", _("closed")
        CANCELLED = "cancelled", _("cancelled")

    class Audience(models.TextChoices):
        MEMBERS = "members", _("all members")
        AMBASSADORS = "ambassadors", _("ambassadors only")

    PUBLIC = (State.RECRUITING, State.DRAWING, State.SHIPPING, State.TESTING, State.EVALUATING, State.CLOSED)

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    product = models.ForeignKey("community.Product", models.PROTECT, related_name="tests", verbose_name=_("product"))
    title = models.CharField(_("title"), max_length=120)
    lede = models.CharField(_("what it is about"), max_length=300, blank=True)
    picture = models.CharField(
        _("picture"), max_length=300, blank=True, help_text=_("A path under the static files, or an address.")
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT, editable=False)
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="hosted_tests", verbose_name=_("host")
    )

    seats = models.PositiveSmallIntegerField(_("seats"), validators=[MinValueValidator(1), MaxValueValidator(1_000)])
    quota_question = models.CharField(
        _("question for the segments"),
        max_length=200,
        blank=True,
        help_text=_("Each answer is a segment with seats of its own. Empty: no segments."),
    )
    audience = models.CharField(_("who may apply"), max_length=12, choices=Audience, default=Audience.MEMBERS)
    least_level = models.PositiveSmallIntegerField(_("from level"), default=0)
    least_days = models.PositiveSmallIntegerField(_("member for so many days"), default=0)
    least_answers = models.PositiveSmallIntegerField(_("accepted answers"), default=0)
    owns = models.ManyToManyField(
        "community.Product",
        blank=True,
        related_name="tests_for_owners",
        verbose_name=_("owns one of"),
        help_text=_("Verified purchases only. Empty: it does not matter."),
    )

    apply_until = models.DateTimeField(_("applications until"))
    answer_days = models.PositiveSmallIntegerField(
        _("days to answer an invitation"),
        default=4,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    select_on = models.DateField(_("selection on"))
    ship_on = models.DateField(_("shipped on"))
    report_until = models.DateTimeField(_("reports until"))
    keeps = models.BooleanField(_("testers keep it"), default=True)
    disclosure = models.CharField(
        _("disclosure in the review"),
        max_length=10,
        choices=[choice for choice in Disclosure.choices if choice[0] in {Disclosure.FREE, Disclosure.TEST}],
        default=Disclosure.FREE,
    )

    chance = models.CharField(
        _("public value for the draw"),
        max_length=200,
        blank=True,
        help_text=_(
            "Numbers that somebody else draws and everybody can look up, for example those of a lottery on a day after "
            "the end of applications. Nobody can know them before. Empty: our own secret number decides alone."
        ),
    )
    chance_at = models.DateTimeField(
        _("known from"), null=True, blank=True, help_text=_("After the end of applications, before the selection.")
    )

    budget = models.ForeignKey(
        "gamification.Budget",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("budget"),
        help_text=_("What the samples cost is promised from here when the test opens."),
    )
    worth = MoneyField(_("value of one sample"), null=True, blank=True, validators=[MinValueValidator(CENT)])

    applied = models.PositiveIntegerField(_("applications"), default=0, editable=False)
    taken = models.PositiveIntegerField(_("seats taken"), default=0, editable=False)
    announced_to = models.BigIntegerField(default=0, editable=False)
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-apply_until", "-id")
        verbose_name = _("product test")
        verbose_name_plural = _("product tests")
        indexes = (models.Index("state", F("apply_until").desc(), F("id").desc(), name="product_test_state"),)
        constraints = (
            models.CheckConstraint(condition=Q(seats__gt=0), name="product_test_has_seats"),
            models.CheckConstraint(condition=Q(taken__lte=F("seats")), name="product_test_not_oversold"),
            models.CheckConstraint(
                condition=Q(budget__isnull=True) | Q(worth__gt=0), name="product_test_budget_has_worth"
            ),
            models.CheckConstraint(
                condition=Q(select_on__lte=F("ship_on"), apply_until__lt=F("report_until")),
                name="product_test_in_order",
            ),
            models.CheckConstraint(
                condition=Q(chance_at=None) | Q(chance_at__gt=F("apply_until")),
                name="product_test_chance_later",
                violation_error_message=_("The public value must not be known before applications have ended."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Address of the test's page."""
        return reverse("ambassadors:product_test", args=[self.slug])

    @property
    def weeks(self) -> int:
        """How long testers have it until they report."""
        return max(1, round((self.report_until.date() - self.ship_on).days / 7))


class Segment(models.Model):
    """One answer to a test's question for the segments, and how many seats are for those who give it."""

    test = models.ForeignKey(ProductTest, models.CASCADE, related_name="segments", verbose_name=_("product test"))
    name = models.CharField(_("answer"), max_length=80)
    seats = models.PositiveSmallIntegerField(_("seats"), validators=[MinValueValidator(1)])
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ("test_id", "position", "id")
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        constraints = (models.CheckConstraint(condition=Q(seats__gt=0), name="segment_has_seats"),)

    def __str__(self) -> str:
        return self.name


class ApplyQuestion(FormQuestion):
    """A question to those who apply for a test."""

    test = models.ForeignKey(ProductTest, models.CASCADE, related_name="questions", verbose_name=_("product test"))

    class Meta:
        ordering = ("test_id", "position", "id")
        verbose_name = _("question to applicants")
        verbose_name_plural = _("questions to applicants")


class Draw(models.Model):
    """How the seats of a test were drawn, so that anybody can check it.

    ``seed`` is 32 bytes as hex, sealed; the draw's file shows it from ``drawn_at`` on. ``commitment`` is its SHA-256,
    public from the opening. ``candidates`` is the list under pseudonyms, ``list_hash`` its SHA-256, public from
    ``listed_at``, before anything is drawn. ``ranking`` are the pseudonyms in the order of the draw.
    Where a public value was named, it is known from ``chance_at`` on, after the list; ``value`` is what it was.
    """

    VALUE_MOST = 200

    test = models.OneToOneField(ProductTest, models.PROTECT, related_name="draw", verbose_name=_("product test"))
    seed = models.TextField(editable=False)
    commitment = models.CharField(_("commitment"), max_length=64)
    committed_at = models.DateTimeField(_("committed"))
    candidates = models.JSONField(_("candidates"), default=list, editable=False)
    list_hash = models.CharField(_("hash of the list"), max_length=64, blank=True)
    listed_at = models.DateTimeField(_("list closed"), null=True, blank=True)
    chance_at = models.DateTimeField(_("public value known from"), null=True, blank=True)
    value = models.CharField(_("public value"), max_length=VALUE_MOST, blank=True)
    ranking = models.JSONField(_("ranking"), default=list, editable=False)
    drawn_at = models.DateTimeField(_("drawn"), null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = _("draw")
        verbose_name_plural = _("draws")
        constraints = (
            models.CheckConstraint(
                condition=Q(listed_at__isnull=True, list_hash="") | Q(listed_at__isnull=False) & ~Q(list_hash=""),
                name="draw_list_has_hash",
            ),
            models.CheckConstraint(
                condition=Q(drawn_at__isnull=True) | Q(listed_at__lte=F("drawn_at")), name="draw_after_list"
            ),
            models.CheckConstraint(
                condition=Q(chance_at=None) | Q(listed_at=None) | Q(listed_at__lt=F("chance_at")),
                name="draw_list_before_chance",
            ),
            models.CheckConstraint(
                condition=Q(chance_at=None, value="")
                | Q(chance_at__isnull=False, drawn_at=None, value="")
                | Q(chance_at__isnull=False, drawn_at__isnull=False, chance_at__lte=F("drawn_at")) & ~Q(value=""),
                name="draw_with_its_chance",
            ),
        )

    def __str__(self) -> str:
        return f"{self.test_id}: {self.commitment[:12]}"
