"""The ambassadors' app and what it brings to the registry."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AmbassadorsConfig(AppConfig):
    """Registers with the floors below once the models are loaded."""

    name = "ambassadors"
    verbose_name = _("Ambassadors")

    def ready(self) -> None:
        """Register what this floor brings."""
        from ambassadors import registrations

        registrations.register()
