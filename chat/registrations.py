"""What the chat brings to the registry: checks, personal data, kinds of notification."""

from django.utils.translation import gettext_lazy as _

from chat import personal_data, verification
from chat.services import ratings
from community.models import Letter
from community.registry import NotificationKind, RetentionClass, registry


def register() -> None:
    """Register it all."""
    registry.add_personal_data(*personal_data.KINDS)
    registry.add_personal_data(*personal_data.SHOP_KINDS, first=True)
    for kept in personal_data.RETENTION:
        registry.add_retention_class(kept)
    registry.add_retention_class(
        RetentionClass(
            "transcripts",
            _("Conversations sent by e-mail"),
            7,
            lambda end: Letter.objects.filter(key__startswith="transcript:", sent_at__lt=end),
        )
    )
    registry.add_notification_kind(
        NotificationKind(
            ratings.LOW_RATING, "notifications/low_rating.html", label=_("A talk was rated low"), grouped=False
        )
    )
    for name, check in verification.CHECKS.items():
        registry.add_verify_check(name, check)
