"""Appeals against held points: the member says how it was, and somebody who has not decided yet listens."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import activity, words
from community.refusals import Refusal
from gamification.models import Hold, HoldCase

#: As long as against any other decision of the brand's team.
OPEN_FOR = timedelta(days=184)


class AppealedAlready(Refusal):
    """One appeal for each hold."""

    code = "appealed_already"
    message = _("You have appealed against this already.")


class TooLate(Refusal):
    """The time to appeal is over, or there is nothing left to appeal against."""

    code = "too_late"
    message = _("These points are back, or the decision is older than six months. There is nothing to appeal against.")


@transaction.atomic
def file(*, hold: Hold, text: str, at: datetime) -> Hold:
    """Object to a hold or to the decision that its points do not count, once.

    Raises ``AppealedAlready`` and ``TooLate``.
    """
    # The case before the hold, as a decision takes them.
    case = HoldCase.objects.select_for_update(of=("self",), no_key=True).get(pk=hold.case_id)
    hold = Hold.objects.select_related("member").get(pk=hold.pk)
    if hold.appealed_at:
        raise AppealedAlready
    if not can_appeal(hold, at):
        raise TooLate
    hold.appeal, hold.appealed_at = words.lines(text), at
    hold.save(update_fields=["appeal", "appealed_at"])
    HoldCase.objects.filter(pk=case.pk).update(waiting=sum(one.waits for one in case.holds.all()))
    activity.record(
        verb=activity.HOLD_APPEALED,
        key=f"{activity.HOLD_APPEALED}:{hold.pk}",
        actor=hold.member,
        subject=("hold", hold.pk),
        at=at,
        facts={"hold": hold.pk, "case": hold.case_id},
    )
    return hold


def can_appeal(hold: Hold, at: datetime) -> bool:
    """Whether the member may still say something against it."""
    if hold.appealed_at or hold.state == Hold.State.RELEASED:
        return False
    return hold.decided_at is None or at <= hold.decided_at + OPEN_FOR
