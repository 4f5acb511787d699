"""The community app and what it brings to the registry."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunityConfig(AppConfig):
    """Wires receivers and registrations once the models are loaded."""

    name = "community"
    verbose_name = _("Community")

    def ready(self) -> None:
        """Register what this floor brings."""
        from community import receivers, registrations

        registrations.register()
        receivers.connect()
