"""The small parts of rewards and codes: pictures, what a code takes off, and until when, in words."""

from __future__ import annotations

from datetime import date

import qrcode
from django import template
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.templatetags.ui import money
from gamification.models import Coupon, Reward
from gamification.queries.days import last_day, site_day
from gamification.queries.rewards import Purse
from gamification.services import coupons

register = template.Library()

#: From so many days on a date alone says little.
NEAR = 21


@register.filter
def reward_picture(reward: Reward) -> str:
    """Address of a reward's picture, which is a static path or lies elsewhere."""
    return reward.picture if reward.picture.startswith(("http://", "https://", "/")) else static(reward.picture)


@register.filter
def has_photo(reward: Reward) -> bool:
    """Whether its picture fills the plate instead of standing on it."""
    return reward.picture.endswith((".webp", ".jpg", ".jpeg"))


@register.filter
def code(coupon: Coupon) -> str:
    """The code itself, for its holder's eyes."""
    return coupons.code_of(coupon)


@register.filter
def worth(coupon: Coupon) -> str:
    """What a code takes off: a share, or an amount of money without needless zeros."""
    pool = coupon.pool
    if pool.percent is not None:
        return f"{formats.number_format(pool.percent.normalize(), use_l10n=True)}\N{NO-BREAK SPACE}%"
    written = money(pool.amount, pool.budget.currency)
    return written.replace(".00", "").replace(",00", "")


@register.filter
def from_basket(coupon: Coupon) -> str:
    """From which basket on, if there is such a limit."""
    pool = coupon.pool
    if not pool.minimum:
        return _("off")
    return _("from %(amount)s") % {"amount": money(pool.minimum, pool.budget.currency)}


@register.filter
def valid_until(coupon: Coupon) -> str:
    """The last day in words."""
    if coupon.expires_at is None:
        return _("Does not expire.")
    return until(last_day(coupon.expires_at))


@register.filter
def until(day: date) -> str:
    """A last day in words; how long that is from now where it is near."""
    written = formats.date_format(day, "DATE_FORMAT" if day.year != _today().year else "MONTH_DAY_FORMAT")
    left = (day - _today()).days
    if left == 0:
        return _("Can be used today.")
    if 0 < left <= NEAR:
        words = ngettext("Valid for one more day, until %(day)s.", "Valid for %(n)d more days, until %(day)s.", left)
        return words % {"n": left, "day": written}
    return _("Valid until %(day)s.") % {"day": written}


@register.filter
def missing(reward: Reward, purse: Purse) -> int:
    """The credits that are still missing for ``reward``."""
    return purse.reach(reward).missing


@register.filter
def at_least_zero(number: int) -> int:
    """A debt shows as nothing."""
    return max(0, number)


@register.simple_tag
def coupon_qr(coupon: Coupon) -> SafeString:
    """The code as a picture that a till can read."""
    return qr(coupons.code_of(coupon), _("The code for a scanner"))


def qr(text: str, label: str) -> SafeString:
    """``text`` as a picture that a scanner can read: dark on light in every theme."""
    drawn = qrcode.QRCode(border=0)
    drawn.add_data(text)
    matrix = drawn.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark)
    return format_html(
        '<svg class="qr" viewBox="-4 -4 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<path class="qr__paper" d="M-4 -4h{0}v{0}h-{0}z"/><path class="qr__ink" d="{2}"/></svg>',
        len(matrix) + 8,
        label,
        path,
    )


@register.filter
def day_of(written: str) -> date:
    """The day that stands in a notification's facts."""
    return date.fromisoformat(written)


def _today() -> date:
    return site_day(timezone.now())
