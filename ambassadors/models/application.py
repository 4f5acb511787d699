"""Applications of members to campaigns, and the invitations to apply."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Application(models.Model):
    """A member applies to a campaign. ``state`` moves by the machine ``application`` only.

    ``answers`` holds what was answered by the question's number. When it is submitted, ``form`` keeps the questions as
    they were then, ``score`` and ``terms`` what the score is made of. ``version`` grows with every save of the draft.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        SCREENED = "screened", _("Screened")
        INTERVIEW = "interview", _("Interview")
        OFFERED = "offered", _("Offered")
        ACCEPTED = "accepted", _("Accepted")
        ONBOARDING = "onboarding", _("Onboarding")
        ACTIVE = "active", _("Active")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    #: Here it has come to its end.
    ENDED = (State.ACTIVE, State.REJECTED, State.WITHDRAWN)
    #: In these it has one of the campaign's seats.
    SEATED = (State.OFFERED, State.ACCEPTED, State.ONBOARDING, State.ACTIVE)

    campaign = models.ForeignKey(
        "ambassadors.Campaign", models.PROTECT, related_name="applications", verbose_name=_("campaign")
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="applications", verbose_name=_("member")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    answers = models.JSONField(_("answers"), default=dict)
    form = models.JSONField(_("questions as they were"), default=list, editable=False)
    score = models.DecimalField(_("score"), max_digits=6, decimal_places=1, null=True, blank=True, editable=False)
    terms = models.JSONField(_("terms of the score"), default=list, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(_("saved"))
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    moved_at = models.DateTimeField(_("moved"))

    class Meta:
        ordering = ("-moved_at", "-id")
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "member"),
                condition=~Q(state__in=("active", "rejected", "withdrawn")),
                name="application_open_unique",
            ),
        )
        indexes = (
            models.Index("campaign", "state", F("score").desc(), name="application_board"),
            models.Index("member", F("id").desc(), name="application_mine"),
            models.Index("state", "moved_at", name="application_ended"),
        )

    def __str__(self) -> str:
        return f"{self.member}: {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        """Where the applicant sees how it stands."""
        return reverse("ambassadors:application", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it still has a way to go."""
        return self.state not in self.ENDED


class CampaignInvite(models.Model):
    """Somebody of the brand asked a member to apply; once for each campaign."""

    campaign = models.ForeignKey("ambassadors.Campaign", models.CASCADE, related_name="invites")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="campaign_invites", verbose_name=_("member")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("invited by"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("invitation to apply")
        verbose_name_plural = _("invitations to apply")
        constraints = (models.UniqueConstraint(fields=("campaign", "member"), name="campaign_invite_unique"),)

    def __str__(self) -> str:
        return f"{self.member_id} → {self.campaign_id}"
