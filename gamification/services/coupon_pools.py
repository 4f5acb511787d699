"""Stock of a pool of coupons: codes that we make, or codes that the shop has made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import vault
from community.refusals import Refusal
from gamification import codes
from gamification.models import Coupon, CouponPool

MOST = 10_000
#: Digests asked for in one query.
CHUNK = 400


class TooMany(Refusal):
    """More codes at once than one step makes."""

    code = "too_many_codes"
    message = _("At most 10,000 codes at once.")
    status = 400


class BadLength(Refusal):
    """Codes of this length could be guessed or not be typed."""

    code = "code_length"
    message = _("A code has 10 to 40 signs.")
    status = 400


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with one line of an upload."""

    line: int
    code: str
    problem: str


class BadUpload(Refusal):
    """Nothing was taken over; ``complaints`` says what is wrong with which line."""

    code = "codes_invalid"
    message = _("Nothing was taken over. Correct these lines and upload the file again.")
    status = 400

    def __init__(self, complaints: Sequence[Complaint]) -> None:
        self.complaints = list(complaints)
        super().__init__()


@transaction.atomic
def generate(*, pool: CouponPool, count: int, length: int = codes.LENGTH, at: datetime) -> int:
    """Put ``count`` new random codes of ``length`` signs into the stock. Raises ``TooMany`` and ``BadLength``."""
    if not 0 < count <= MOST:
        raise TooMany
    if not codes.SHORTEST <= length <= codes.LONGEST:
        raise BadLength
    made = {codes.new(length) for _number in range(count)}
    while len(made) < count or _known(made):
        made = {codes.new(length) for _number in range(count)}
    return _store(pool, sorted(made), at)


@transaction.atomic
def upload(*, pool: CouponPool, text: str, at: datetime) -> int:
    """Take over the shop's codes, one a line, all or none. Raises ``BadUpload`` and ``TooMany``."""
    lines = text.removeprefix("\ufeff").splitlines()
    given = dict(codes.listed(lines))
    if len(given) > MOST:
        raise TooMany
    complaints = [Complaint(line, code, _worded(kind)) for line, code, kind in codes.problems(lines)]
    known = _known(given.values())
    complaints += [
        Complaint(line, code, _worded("known")) for line, code in given.items() if codes.normal(code) in known
    ]
    if not given:
        complaints.append(Complaint(1, "", _worded("empty")))
    if complaints:
        raise BadUpload(sorted(complaints, key=lambda complaint: complaint.line))
    return _store(pool, list(given.values()), at)


def _store(pool: CouponPool, given: Sequence[str], at: datetime) -> int:
    rows = [
        Coupon(
            pool=pool,
            sealed=vault.seal(code),
            digest=vault.digest(codes.normal(code)),
            last4=codes.normal(code)[-4:],
            uses=pool.uses,
            created_at=at,
        )
        for code in given
    ]
    return len(Coupon.objects.bulk_create(rows, batch_size=CHUNK))


def _known(given: Iterable[str]) -> set[str]:
    """Which of the codes, written normally, exist already, under whichever key."""
    by_digest = {digest: normal for normal in map(codes.normal, given) for digest in vault.digests(normal)}
    found: set[str] = set()
    digests = list(by_digest)
    for start in range(0, len(digests), CHUNK):
        rows = Coupon.objects.filter(digest__in=digests[start : start + CHUNK])
        found |= {by_digest[digest] for digest in rows.values_list("digest", flat=True)}
    return found


def _worded(kind: str) -> str:
    return {
        "malformed": gettext("A code has 8 to 40 letters and digits, with -, _ or . between them."),
        "repeated": gettext("This code stands above already."),
        "known": gettext("This code is known already."),
        "empty": gettext("The file has no codes."),
    }[kind]
