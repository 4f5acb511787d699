"""The small parts of product tests: picture, until when, where it stands."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ambassadors.models import ProductTest, Tester

register = template.Library()

State = Tester.State
TONES = {
    State.INVITED: "positive",
    State.ACCEPTED: "positive",
    State.REPORTED: "positive",
    State.WAITING: "crema",
    State.APPLIED: "spruce",
}


@register.filter
def test_picture(test: ProductTest) -> str:
    """Address of a test's picture, or of the product's."""
    picture = test.picture or test.product.picture
    if not picture or picture.startswith(("http://", "https://", "/")):
        return picture
    return static(picture)


@register.simple_tag
def test_apply_by(test: ProductTest) -> str:
    """The words on the button: until which day one may apply."""
    day = timezone.localtime(test.apply_until)
    near = (day.date() - timezone.localdate()).days < 7
    said = formats.date_format(day, "l") if near else formats.date_format(day, "MONTH_DAY_FORMAT")
    return _("Apply by %(day)s") % {"day": said}


@register.simple_tag
def test_state_words(test: ProductTest) -> str:
    """Where a test stands, for whoever is not in it."""
    words = {
        ProductTest.State.DRAFT: _("It is being prepared."),
        ProductTest.State.RECRUITING: _("The seats are drawn soon."),
        ProductTest.State.DRAWING: _("Seats are drawn and invitations are out."),
        ProductTest.State.SHIPPING: _("Samples are on their way to the testers."),
        ProductTest.State.TESTING: _("Testers have it at home."),
        ProductTest.State.EVALUATING: _("We read the reports."),
        ProductTest.State.CLOSED: _("This test is over."),
        ProductTest.State.CANCELLED: _("This test does not take place."),
    }
    return words[ProductTest.State(test.state)]


@register.simple_tag
def tester_label(tester: Tester) -> SafeString:
    """Where the reader stands, as a label."""
    words = {
        State.APPLIED: pgettext("tester", "Applied"),
        State.INVITED: pgettext("tester", "Invited"),
        State.WAITING: pgettext("tester", "Waiting list"),
        State.ACCEPTED: pgettext("tester", "Takes part"),
        State.REPORTED: pgettext("tester", "Reported"),
        State.DECLINED: pgettext("tester", "Declined"),
        State.LAPSED: pgettext("tester", "Ran out"),
        State.LOST: pgettext("tester", "Not drawn"),
        State.WITHDRAWN: pgettext("tester", "Withdrawn"),
    }
    state = State(tester.state)
    return format_html('<span class="label" data-tone="{}">{}</span>', TONES.get(state, ""), words[state])


@register.simple_tag
def weekday_of(day: date) -> str:
    """A day with its weekday."""
    return f"{formats.date_format(day, 'l')}, {formats.date_format(day, 'MONTH_DAY_FORMAT')}"


@register.simple_tag
def moment_of(moment: datetime) -> str:
    """A moment with its weekday, as the reader's clock shows it."""
    local = timezone.localtime(moment).replace(tzinfo=None)
    return f"{weekday_of(local)}, {formats.date_format(local, 'TIME_FORMAT')}"
