"""Why the shop cannot use a code: one stable name for each reason, and a sentence for the customer."""

from django.utils.translation import gettext_lazy as _

from community.refusals import Refusal


class CouponUnknown(Refusal):
    """There is no such code, or nobody has been given it yet."""

    code = "coupon_unknown"
    message = _("This code is not known. Look at each sign again.")
    status = 404


class CouponExpired(Refusal):
    """Its time is over."""

    code = "coupon_expired"
    message = _("This code has expired.")


class CouponRevoked(Refusal):
    """It was withdrawn."""

    code = "coupon_revoked"
    message = _("This code was withdrawn.")


class CouponUsed(Refusal):
    """Every use of it is redeemed."""

    code = "coupon_used"
    message = _("This code is used up.")


class CouponReserved(Refusal):
    """Other baskets hold what is left of it."""

    code = "coupon_reserved"
    message = _("This code is in another basket just now. It becomes free when that basket is given up.")


class ReservationUnknown(Refusal):
    """There is no such reservation."""

    code = "reservation_unknown"
    message = _("This reservation is not known.")
    status = 404


class ReservationOver(Refusal):
    """It was released, or its time ran out."""

    code = "reservation_over"
    message = _("This reservation has ended. Reserve the code again.")


class RedemptionUnknown(Refusal):
    """There is no such redemption."""

    code = "redemption_unknown"
    message = _("This redemption is not known.")
    status = 404


class CurrencyDiffers(Refusal):
    """The basket is in another currency."""

    code = "currency_differs"
    message = _("This code is for another currency.")


class BasketTooSmall(Refusal):
    """The basket does not reach the minimum."""

    code = "basket_too_small"
    message = _("The basket is too small for this code.")


class LinesMissing(Refusal):
    """The code is for some articles only, and the shop did not say which are in the basket."""

    code = "lines_missing"
    message = _("This code is for certain articles. Send the lines of the basket.")


class ArticlesDiffer(Refusal):
    """Nothing in the basket is what the code is for."""

    code = "articles_differ"
    message = _("This code is for other articles.")
