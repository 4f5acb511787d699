"""The gamification app and what it brings to the registry."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GamificationConfig(AppConfig):
    """Registers with the floor below once the models are loaded."""

    name = "gamification"
    verbose_name = _("Gamification")

    def ready(self) -> None:
        """Register what this floor brings."""
        from gamification import registrations

        registrations.register()
