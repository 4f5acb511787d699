"""The chat app and what it brings to the registry."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChatConfig(AppConfig):
    """Wires receivers and registrations once the models are loaded."""

    name = "chat"
    verbose_name = _("Chat")

    def ready(self) -> None:
        """Register what this floor brings."""
        from chat import receivers, registrations

        registrations.register()
        receivers.connect()
