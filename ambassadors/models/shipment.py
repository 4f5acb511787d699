"""Where samples go: a tester's address for one test, and the parcel on its way."""

from __future__ import annotations

from urllib.parse import quote

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambassadors.models.tester import Tester


class Address(models.Model):
    """Where a tester wants the sample, for this test only. The row goes soon after the parcel has arrived.

    ``sealed`` is encrypted (``community.vault``); who opens it for somebody else leaves a ``Disclosed``.
    """

    tester = models.OneToOneField(Tester, models.CASCADE, related_name="address", verbose_name=_("tester"))
    sealed = models.TextField(editable=False)
    given_at = models.DateTimeField(_("given"))

    class Meta:
        ordering = ("-id",)
        verbose_name = _("address")
        verbose_name_plural = _("addresses")

    def __str__(self) -> str:
        return f"{self.tester_id}"


class Shipment(models.Model):
    """The parcel with a tester's sample. Its way is ``machines.SHIPMENT``; it begins when there is an address."""

    class State(models.TextChoices):
        PREPARING = "preparing", _("being packed")
        SENT = "sent", _("on its way")
        DELIVERED = "delivered", _("arrived")
        LOST = "lost", _("lost")
        RETURNED = "returned", _("came back")
        CANCELLED = "cancelled", _("not sent")

    class Carrier(models.TextChoices):
        DHL = "dhl", "DHL"
        DPD = "dpd", "DPD"
        GLS = "gls", "GLS"
        HERMES = "hermes", "Hermes"
        UPS = "ups", "UPS"
        OTHER = "other", _("Another carrier")

    FOLLOWED = {
        Carrier.DHL: "https://www.dhl.de/de/privatkunden/pakete-empfangen/verfolgen.html?piececode=",
        Carrier.DPD: "https://tracking.dpd.de/parcelstatus?query=",
        Carrier.GLS: "https://gls-group.eu/track/",
        Carrier.HERMES: "https://www.myhermes.de/empfangen/sendungsverfolgung/?trackingnumber=",
        Carrier.UPS: "https://www.ups.com/track?tracknum=",
    }
    #: As long as it is one of these, somebody has to know where it goes.
    UNDER_WAY = (State.PREPARING, State.SENT, State.LOST)

    tester = models.OneToOneField(Tester, models.PROTECT, related_name="shipment", verbose_name=_("tester"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PREPARING, editable=False)
    carrier = models.CharField(_("carrier"), max_length=8, choices=Carrier, blank=True)
    tracking = models.CharField(_("number to follow it"), max_length=60, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)
    delivered_at = models.DateTimeField(_("arrived"), null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("no longer under way since"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-id",)
        verbose_name = _("shipment")
        verbose_name_plural = _("shipments")
        permissions = (("pack_shipment", _("Can see where samples go, and make labels")),)
        indexes = (models.Index("state", "id", name="shipment_by_state"),)

    def __str__(self) -> str:
        return f"{self.tester.member}: {self.get_state_display()}"

    @property
    def tracking_url(self) -> str:
        """Where the carrier tells where it is; empty where there is no number or no such page."""
        page = self.FOLLOWED.get(self.Carrier(self.carrier)) if self.carrier else None
        return f"{page}{quote(self.tracking, safe='')}" if page and self.tracking else ""
