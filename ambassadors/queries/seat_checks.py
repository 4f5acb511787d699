"""The kept counter of a campaign's seats, checked against its applications."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q

from ambassadors.models import Application, Campaign
from community.registry import Difference

CHECK = "campaign_seats"


def check() -> Iterator[Difference]:
    """Campaigns whose counter is not the number of applications that have a seat."""
    seated = Count("applications", filter=Q(applications__state__in=Application.SEATED))
    for campaign in Campaign.objects.annotate(seated=seated).order_by("pk"):
        found = vars(campaign)["seated"]
        if campaign.taken != found:
            yield Difference(CHECK, f"campaign {campaign.pk}", str(found), str(campaign.taken))
