"""The wiring app: it holds the commands that must see every floor."""

from django.apps import AppConfig


class WiringConfig(AppConfig):
    """Makes ``serve``, ``seed_demo`` and ``verify`` findable and adjusts the database connection."""

    name = "config"
    verbose_name = "Kundenkreis"

    def ready(self) -> None:
        """Put the system checks of the wiring in place."""
        from config import checks  # noqa: F401 - importing registers the checks
