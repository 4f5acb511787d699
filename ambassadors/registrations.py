"""What the ambassadors bring to the registry: checks, personal data, kinds of notification."""

from django.utils.translation import gettext_lazy as _

from ambassadors import personal_data, verification
from ambassadors.models import ProductTest
from ambassadors.services import (
    announcements,
    application_telling,
    consultations,
    draw_telling,
    event_telling,
    occasions,
    pay_telling,
    programme_telling,
    test_telling,
)
from community import activity
from community.registry import JournalConsumer, registry

TELLING = (
    announcements,
    application_telling,
    draw_telling,
    event_telling,
    pay_telling,
    programme_telling,
    test_telling,
)


def register() -> None:
    """Register it all."""
    closed = frozenset({activity.CONVERSATION_CLOSED})
    for consumer in (
        JournalConsumer("occasions", occasions.VERBS, occasions.handle, _("Occasions to get in touch")),
        JournalConsumer("consultations", closed, consultations.handle, _("Consultations")),
    ):
        registry.add_consumer(consumer)
    registry.add_personal_data(*personal_data.KINDS)
    for kept in personal_data.RETENTION:
        registry.add_retention_class(kept)
    for telling in (announcements, application_telling, draw_telling, event_telling, pay_telling):
        registry.add_notification_group(telling.GROUP)
    for kind in (kind for telling in TELLING for kind in telling.KINDS):
        registry.add_notification_kind(kind)
    # Once it takes no applications any more, nobody is asked to apply, by mail neither.
    registry.add_readable(announcements.SUBJECT, lambda: ProductTest.objects.filter(state=ProductTest.State.RECRUITING))
    for name, check in verification.CHECKS.items():
        registry.add_verify_check(name, check)
