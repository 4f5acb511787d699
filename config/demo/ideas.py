"""Plays the ideas of the demo through the services; a second run adds nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from community.models import (
    Contest,
    Idea,
    Member,
    Product,
    Toolkit,
    ToolkitChoice,
    ToolkitConstraint,
    ToolkitOption,
)
from community.services import contests, idea_comments, idea_decisions, idea_votes, ideas
from config.demo.ideas_script import BLEND, BLEND_CONSTRAINTS, BLEND_IDEAS, BOARD, JUG_IDEAS, Proposal

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@transaction.atomic
def play(members: dict[str, Member], products: dict[str, Product], now: datetime) -> int:
    """Do everything that the script tells, once; return how many ideas are new."""
    if Idea.objects.exists():
        return 0
    _propose_all(BOARD, members, products, now, None)
    _propose_all(BLEND_IDEAS, members, products, now, _blend(members, now))
    _jug(members, products, now)
    return len(BOARD) + len(BLEND_IDEAS) + len(JUG_IDEAS)


def _propose_all(
    proposals: Iterable[Proposal],
    members: dict[str, Member],
    products: dict[str, Product],
    now: datetime,
    contest: Contest | None,
) -> dict[str, Idea]:
    """Propose, then vote, comment, decide and merge, each at its moment in the past."""
    made: dict[str, Idea] = {}
    for proposal in sorted(proposals, key=lambda one: -one.days):
        at = now - proposal.days * DAY - 3 * HOUR
        made[proposal.title] = ideas.create(
            author=members[proposal.by],
            title=proposal.title,
            body=proposal.body,
            product=products.get(proposal.product),
            contest=contest,
            remix_of=made.get(proposal.remix_of),
            choices=dict(proposal.choices) or None,
            at=at,
        )
    for proposal in proposals:
        for number, voter in enumerate(proposal.votes.split(), start=1):
            at = now - proposal.days * DAY - 2 * HOUR + number * 3 * MINUTE
            idea_votes.give(idea=made[proposal.title], voter=members[voter], at=at)
    for proposal in proposals:
        _follow_up(proposal, made, members, now - proposal.days * DAY - HOUR)
    return made


def _follow_up(proposal: Proposal, made: dict[str, Idea], members: dict[str, Member], at: datetime) -> None:
    idea = made[proposal.title]
    for number, (who, text) in enumerate(proposal.comments, start=1):
        idea_comments.create(idea=idea, author=members[who], body=text, at=at + number * 20 * MINUTE)
    if proposal.merges:
        idea_decisions.merge(idea=made[proposal.merges], into=idea, by=members["clara"], at=at + 8 * DAY)
    for number, (status, reason) in enumerate(proposal.status, start=1):
        when = at + number * 5 * DAY if proposal.days > 20 else at + HOUR
        idea_decisions.decide(idea=idea, status=Idea.Status(status), reason=reason, by=members["clara"], at=when)


def _blend(members: dict[str, Member], now: datetime) -> Contest:
    """The contest that runs: compose a blend; ideas and votes come in at the same time, votes are blind."""
    contest = contests.store(
        contest=Contest(
            slug="wintermischung",
            title_de="Wie schmeckt deine Wintermischung?",
            title_en="What does your winter blend taste like?",
            description_de="Basis, Akzent, Röstung, Packung: Stell deine Mischung zusammen. Die beste rösten wir.",
            description_en="Base, accent, roast, bag: compose your blend. We roast the best one.",
            prize_de="Drei Kilo der eigenen Mischung, mit deinem Namen auf der Packung.",
            prize_en="Three kilos of your own blend, with your name on the bag.",
            picture="demo/beans-mittsommer.svg",
            host=members["clara"],
            is_public=True,
            submit_from=now - 8 * DAY,
            vote_from=now - 6 * DAY,
            jury_from=now + 8 * DAY + 6 * HOUR,
            ends_at=now + 12 * DAY,
            late_ideas=True,
            blind_votes=True,
            vote_budget=5,
            winner_count=1,
        )
    )
    contest.jury.set([members["ben"], members["aylin"]])
    toolkit = Toolkit.objects.create(contest=contest, base_price=Decimal("11.90"))
    choices: dict[tuple[str, str], ToolkitChoice] = {}
    for place, (key, german, english, required, parts) in enumerate(BLEND):
        option = ToolkitOption.objects.create(
            toolkit=toolkit, key=key, name_de=german, name_en=english, is_required=required, position=place
        )
        for number, (name, de, en, note_de, note_en, effect) in enumerate(parts):
            choices[key, name] = ToolkitChoice.objects.create(
                option=option, key=name, name_de=de, name_en=en, note_de=note_de, note_en=note_en,
                price_effect=Decimal(effect), position=number,
            )  # fmt: skip
    for one, kind, other in BLEND_CONSTRAINTS:
        ToolkitConstraint.objects.create(toolkit=toolkit, choice=choices[one], kind=kind, other=choices[other])
    return contest


def _jug(members: dict[str, Member], products: dict[str, Product], now: datetime) -> None:
    """The contest that is decided, with its jury and winners."""
    contest = contests.store(
        contest=Contest(
            slug="milchkaennchen",
            title_de="Was soll das nächste Milchkännchen können?",
            title_en="What should the next milk jug do?",
            description_de="Griff, Tülle, Größe, Temperatur: Alles ist offen. Mindestens eine Idee bauen wir.",
            description_en="Handle, spout, size, temperature: everything is open. We build at least one idea.",
            picture="demo/kettle-fjord.svg",
            host=members["clara"],
            is_public=True,
            submit_from=now - 62 * DAY,
            vote_from=now - 50 * DAY,
            jury_from=now - 40 * DAY,
            ends_at=now - 35 * DAY,
            vote_budget=5,
            winner_count=2,
        )
    )
    contest.jury.set([members["ben"], members["mara"]])
    waiting = [Proposal(p.by, p.days, p.title, p.body) for p in JUG_IDEAS]
    made = _propose_all(waiting, members, products, now, contest)
    for proposal in JUG_IDEAS:
        for voter in proposal.votes.split():
            idea_votes.give(idea=made[proposal.title], voter=members[voter], at=now - 45 * DAY)
        for juror, points in proposal.jury:
            contests.score(idea=made[proposal.title], juror=members[juror], points=points, at=now - 38 * DAY)
    contests.close(contest_id=contest.pk, at=contest.ends_at + MINUTE)
    for proposal in JUG_IDEAS:
        for status, reason in proposal.status:
            idea_decisions.decide(
                idea=made[proposal.title], status=Idea.Status(status), reason=reason, by=members["clara"],
                at=now - 20 * DAY,
            )  # fmt: skip
