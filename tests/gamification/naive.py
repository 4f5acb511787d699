"""What everything derived must be, computed anew from a plain list of deeds: slow, short and easy to believe."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.gamification import world

SITE = ZoneInfo("Europe/Berlin")
METRICS = {"answer.accepted": "accepted_answers", "answer.found_helpful": "helpful_votes"}
Sums = dict[tuple[int, str], int]


@dataclass(slots=True)
class Deed:
    """Something done once; ``stands`` until it is taken back."""

    key: str
    verb: str
    actor: int
    beneficiary: int
    at: datetime
    stands: bool = True


@dataclass(slots=True)
class Version:
    """What a verb earned from ``start`` until ``end``."""

    verb: str
    reputation: int
    credits: int
    start: datetime
    end: datetime | None = None


@dataclass(slots=True)
class Naive:
    """Deeds and rules as they happened."""

    deeds: list[Deed] = field(default_factory=list)
    versions: list[Version] = field(
        default_factory=lambda: [Version(verb, *pay, world.BEGINNING) for verb, pay in world.REWARDS.items()]
    )

    def do(self, *, key: str, verb: str, actor: int, beneficiary: int, at: datetime) -> None:
        """Note a deed."""
        self.deeds.append(Deed(key, verb, actor, beneficiary, at))

    def take_back(self, verb: str, *, prefix: str) -> None:
        """The deed under a key that starts with ``prefix`` stands no longer."""
        (deed,) = [deed for deed in self.deeds if deed.stands and deed.verb == verb and deed.key.startswith(prefix)]
        deed.stands = False

    def retire(self, verb: str, at: datetime) -> datetime:
        """From ``at`` on ``verb`` earns nothing; what was done before the manager said so is not touched."""
        at = max([at, *(deed.at + timedelta(microseconds=1) for deed in self.deeds if deed.verb == verb)])
        for version in self.versions:
            if version.verb == verb and version.end is None:
                version.end = at
        return at

    def revise(self, verb: str, reputation: int, credits_: int, at: datetime) -> None:
        """From ``at`` on ``verb`` earns this."""
        at = self.retire(verb, at)
        self.versions.append(Version(verb, reputation, credits_, at))

    def earned_by(self, deed: Deed) -> dict[str, int]:
        """What a deed earned when it was done, by currency."""
        if deed.actor == deed.beneficiary:
            return {}
        for version in self.versions:
            if (
                version.verb == deed.verb
                and version.start <= deed.at
                and (version.end is None or deed.at < version.end)
            ):
                pay = {"reputation": version.reputation, "credits": version.credits}
                return {currency: amount for currency, amount in pay.items() if amount}
        return {}

    def balances(self) -> Sums:
        """Sum by (member, currency); a zero is left out."""
        sums: Counter[tuple[int, str]] = Counter()
        for deed in self.deeds:
            for currency, amount in self.earned_by(deed).items():
                sums[deed.beneficiary, currency] += amount * deed.stands
        return _without_zeros(sums)

    def counters(self) -> Sums:
        """Number by (member, metric); a zero is left out."""
        deeds = [deed for deed in self.deeds if deed.stands and deed.actor != deed.beneficiary]
        return dict(Counter((deed.beneficiary, METRICS[deed.verb]) for deed in deeds))

    def awards(self) -> set[tuple[int, str, int]]:
        """(member, metric, threshold) of every grade held."""
        return {
            (member, metric, threshold)
            for (member, metric), value in self.counters().items()
            for threshold in world.GRADES[metric]
            if value >= threshold
        }

    def level(self, member: int) -> int:
        """The level that the member's reputation reaches."""
        reputation = self.balances().get((member, "reputation"), 0)
        return max(number for number, threshold in world.LEVELS if reputation >= threshold)

    def boards(self) -> dict[tuple[str, date, int], int]:
        """Reputation by (span, first day, member); a zero is left out."""
        sums: Counter[tuple[str, date, int]] = Counter()
        for deed in self.deeds:
            amount = self.earned_by(deed).get("reputation", 0) * deed.stands
            day = deed.at.astimezone(SITE).date()
            monday = date.fromisocalendar(*day.isocalendar()[:2], 1)
            for span, start in (("week", monday), ("month", day.replace(day=1)), ("all", date(2000, 1, 1))):
                sums[span, start, deed.beneficiary] += amount
        return {key: value for key, value in sums.items() if value}


def _without_zeros(sums: Counter[tuple[int, str]]) -> Sums:
    return {key: value for key, value in sums.items() if value}
