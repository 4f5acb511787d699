"""Statements: issued once a month for everything that counts, corrected only by another statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambassadors import chain
from ambassadors.models import Consultation, Statement, StatementLine
from ambassadors.queries import statements as queries
from ambassadors.services import moves, pay_telling, pay_turns, tax_profiles
from chat.models import Rating
from community import activity, words
from community.models import Member
from community.refusals import Refusal

State = Consultation.State


class NothingToCorrect(Refusal):
    """An amount of nothing, or a line twice."""

    code = "correction_empty"
    message = _("Say for at least one line what to add or to take away.")
    status = 422


class TooMuch(Refusal):
    """A line would come to less than nothing."""

    code = "correction_too_much"
    message = _("That takes more away than the line still pays.")
    status = 422


class NotTheirs(Refusal):
    """A correction corrects first-hand lines of one statement."""

    code = "correction_of_other"
    message = _("Correct the lines of one monthly statement.")
    status = 422


class OwnStatement(Refusal):
    """Nobody corrects their own money."""

    code = "own_statement"
    message = _("Somebody else corrects your own statements.")
    status = 403


def issue_due(*, at: datetime) -> int:
    """Issue the statements of the month that is over, for whoever has none yet; return how many."""
    period = queries.month_before(queries.month_of(at))
    waiting = Consultation.objects.filter(state=State.PAYABLE, closed_at__lt=queries.end_of(period))
    pairs = waiting.order_by("member_id", "currency").values_list("member_id", "currency").distinct()
    return sum(
        issue(member=Member.objects.get(pk=member), period=period, currency=currency, at=at) is not None
        for member, currency in pairs
    )


@transaction.atomic
def issue(*, member: Member, period: date, currency: str, at: datetime) -> Statement | None:
    """State everything of ``member`` that ended before the end of ``period`` and is on no statement.

    ``None`` where there is nothing, or the month has its statement: what came later stands on the next one.
    """
    pay_turns.take()
    if at < queries.end_of(period):
        return None
    if Statement.objects.filter(member=member, period=period, currency=currency, corrects=None).exists():
        return None
    waiting = Consultation.objects.filter(
        member=member, state=State.PAYABLE, currency=currency, closed_at__lt=queries.end_of(period)
    )
    talks = list(waiting.select_for_update(of=("self",)).order_by("closed_at", "id"))
    if not talks:
        return None
    stars = dict(
        Rating.objects.filter(help__conversation__in=[talk.conversation_id for talk in talks]).values_list(
            "help__conversation_id", "stars"
        )
    )
    lines = [
        StatementLine(consultation=talk, tier=talk.tier, stars=stars.get(talk.conversation_id), amount=talk.fee)
        for talk in talks
    ]
    for talk in talks:
        moves.make(subject=talk, to=State.SETTLED, by=None, at=at)
    draft = Statement(member=member, period=period, currency=currency)
    return _store(draft, lines, by=None, at=at)


@transaction.atomic
def correct(*, lines: Sequence[tuple[StatementLine, Decimal]], by: Member, reason: str, at: datetime) -> Statement:
    """Issue a statement that adds to or takes from lines of an earlier one, which itself stays as it is.

    Raises ``NothingToCorrect``, ``TooMuch``, ``NotTheirs``, ``OwnStatement`` and ``moves.ReasonMissing``.
    """
    pay_turns.take()
    reason = words.lines(reason)
    if not reason:
        raise moves.ReasonMissing
    if not lines or len({line.pk for line, _amount in lines}) != len(lines) or any(not amount for _l, amount in lines):
        raise NothingToCorrect
    if len({line.statement_id for line, _amount in lines}) != 1 or any(line.corrects_id for line, _a in lines):
        raise NotTheirs
    original = lines[0][0].statement
    if original.member_id == by.pk:
        raise OwnStatement
    if any(queries.worth(line) + amount < 0 for line, amount in lines):
        raise TooMuch
    rows = [
        StatementLine(consultation=line.consultation, tier=line.tier, stars=line.stars, amount=amount, corrects=line)
        for line, amount in lines
    ]
    draft = Statement(
        member=original.member,
        period=original.period,
        currency=original.currency,
        corrects=original,
        reason=reason,
        issued_by=by,
    )
    return _store(draft, rows, by=by, at=at)


def _store(statement: Statement, lines: list[StatementLine], *, by: Member | None, at: datetime) -> Statement:
    """Put the statement at the end of the chain."""
    last = Statement.objects.order_by("-number").values_list("number", "hash").first()
    number, previous = last or (0, chain.GENESIS)
    statement.number, statement.previous_hash = number + 1, previous
    statement.issued_at, statement.total = at, sum((line.amount for line in lines), Decimal(0))
    statement.vat_rate = _vat_rate(statement)
    for position, line in enumerate(lines, start=1):
        line.position = position
    statement.hash = chain.digest(queries.said(statement, lines))
    statement.save(force_insert=True)
    for line in lines:
        line.statement = statement
    StatementLine.objects.bulk_create(lines)
    activity.record(
        verb=activity.STATEMENT_ISSUED,
        key=f"{activity.STATEMENT_ISSUED}:{statement.number}",
        actor=by or statement.member,
        beneficiary=statement.member if by else None,
        subject=("statement", statement.pk),
        at=at,
        facts={"corrects": statement.corrects_id} if statement.corrects_id else {},
    )
    pay_telling.issued(statement=statement, at=at)
    return statement


def _vat_rate(statement: Statement) -> int:
    """A correction is taxed as what it corrects was; nobody is taken to owe VAT who has not said so."""
    if statement.corrects is not None:
        return statement.corrects.vat_rate
    return settings.PAY_VAT_RATE if tax_profiles.charges_vat(statement.member) else 0
