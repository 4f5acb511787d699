"""Events of the brand: a place and a time, seats, and who has one or waits for one."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class BrandEvent(models.Model):
    """Times are moments; managers enter them, and everybody reads them, in the event's ``time_zone``.

    ``seats_taken`` and ``waiting_count`` are kept in the transaction that moves a registration. That nobody waits
    while a seat is free is a constraint, so no statement can ever end otherwise. ``revision`` counts what calendars
    need to know of; ``host`` answers for it.
    """

    class Audience(models.TextChoices):
        ALL = "all", _("all members")
        LEVEL = "level", _("members from a level on")
        AMBASSADORS = "ambassadors", _("ambassadors")

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("in one line"), max_length=200)
    description = models.TextField(_("description"), max_length=5_000, blank=True)
    picture = models.CharField(
        _("picture"), max_length=300, blank=True, help_text=_("A path under the static files, or an address.")
    )
    place = models.CharField(_("venue"), max_length=160, blank=True, help_text=_("Empty: online."))
    link = models.URLField(
        _("link to take part"), max_length=300, blank=True, help_text=_("Only who has a seat reads it.")
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Berlin")
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    opens_at = models.DateTimeField(_("registration from"))
    closes_at = models.DateTimeField(_("registration until"))
    capacity = models.PositiveIntegerField(_("seats"), validators=[MinValueValidator(1)])
    audience = models.CharField(_("for whom"), max_length=12, choices=Audience, default=Audience.ALL)
    min_level = models.PositiveSmallIntegerField(_("from level"), default=0)
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="hosted_events", verbose_name=_("host")
    )
    is_public = models.BooleanField(_("public"), default=False)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True, editable=False)
    cancel_reason = models.TextField(_("why it was cancelled"), max_length=1_000, blank=True, editable=False)
    seats_taken = models.PositiveIntegerField(_("seats taken"), default=0, editable=False)
    waiting_count = models.PositiveIntegerField(_("waiting"), default=0, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)
    changed_at = models.DateTimeField(_("last changed"), editable=False)

    class Meta:
        ordering = ("starts_at", "id")
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = (models.Index(fields=("starts_at", "id"), name="event_in_time"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at"), opens_at__lt=F("closes_at"), closes_at__lte=F("starts_at")),
                name="event_in_order",
            ),
            models.CheckConstraint(condition=Q(seats_taken__lte=F("capacity")), name="event_not_overbooked"),
            models.CheckConstraint(
                condition=Q(waiting_count=0) | Q(seats_taken=F("capacity")), name="event_no_free_seat_while_waiting"
            ),
            models.CheckConstraint(
                condition=Q(audience="level", min_level__gt=0) | ~Q(audience="level") & Q(min_level=0),
                name="event_level",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Address of the event's page."""
        return reverse("ambassadors:event", args=[self.slug])

    @property
    def seats_free(self) -> int:
        """Seats that somebody can have at once."""
        return self.capacity - self.seats_taken

    def takes_registrations(self, at: datetime) -> bool:
        """Whether one may register, or queue."""
        return self.cancelled_at is None and self.opens_at <= at < self.closes_at

    def is_over(self, at: datetime) -> bool:
        """Whether it has ended."""
        return self.ends_at <= at


class Registration(models.Model):
    """One member and one event, whatever becomes of it; a machine of ``machines.REGISTRATION``.

    ``queued_at`` is the place in the waiting list: who cancels and comes back queues anew.
    ``reminded_at`` is when the member was reminded of the event.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("on the waiting list")
        REGISTERED = "registered", _("has a seat")
        ATTENDED = "attended", _("was there")
        CANCELLED = "cancelled", _("cancelled")
        MISSED = "missed", _("did not come")

    #: Who has, or had to the end, a seat.
    SEATED = (State.REGISTERED, State.ATTENDED, State.MISSED)

    event = models.ForeignKey(BrandEvent, models.CASCADE, related_name="registrations", verbose_name=_("event"))
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="event_registrations", verbose_name=_("member")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(_("first registered"))
    queued_at = models.DateTimeField(_("queued"))
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)

    class Meta:
        ordering = ("queued_at", "id")
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        indexes = (
            models.Index(
                fields=("event", "queued_at", "id"), condition=Q(state="waiting"), name="registration_waiting"
            ),
        )
        constraints = (models.UniqueConstraint(fields=("event", "member"), name="registration_unique"),)

    def __str__(self) -> str:
        return f"{self.member}: {self.get_state_display()}"


class CalendarFeed(models.Model):
    """The address under which a member's calendar reads their events. A new ``serial`` ends all older addresses."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed")
    serial = models.PositiveIntegerField(_("number of the address"), default=1)
    created_at = models.DateTimeField(_("made"))

    class Meta:
        ordering = ("member_id",)
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")

    def __str__(self) -> str:
        return f"{self.member_id}: {self.serial}"
