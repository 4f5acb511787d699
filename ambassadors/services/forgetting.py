"""Applications that are over go after their term, and those of somebody who is erased at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from ambassadors import machines
from ambassadors.models import Application, Campaign
from ambassadors.services import application_telling, moves
from community.models import Member

State = Application.State


def outlived(end: datetime) -> QuerySet[Application]:
    """Rejected and withdrawn ones that ended before ``end``, and drafts that nobody went on with since."""
    over = Q(state__in=(State.REJECTED, State.WITHDRAWN), moved_at__lt=end)
    return Application.objects.filter(over | Q(state=State.DRAFT, saved_at__lt=end))


@transaction.atomic
def purge(rows: QuerySet[Application]) -> None:
    """Delete these, and what was told of them."""
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    application_telling.forget(ids)
    moves.forget(kind=machines.APPLICATION.name, ids=ids)
    Application.objects.filter(pk__in=ids).delete()


@transaction.atomic
def forget(member: Member, at: datetime) -> None:
    """Delete everything that the member applied for; their seats are free again."""
    for application in Application.objects.filter(member=member, state__in=Application.SEATED).order_by("pk"):
        Campaign.objects.filter(pk=application.campaign_id).update(taken=F("taken") - 1)
    purge(Application.objects.filter(member=member))
