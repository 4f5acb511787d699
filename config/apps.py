"""The wiring app: it holds the commands that must see every floor."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate


class WiringConfig(AppConfig):
    """Makes ``serve``, ``seed_demo`` and ``verify`` findable and keeps the group of managers exact."""

    name = "config"
    verbose_name = "Kundenkreis"

    def ready(self) -> None:
        """Put the system checks of the wiring in place."""
        from django.apps import apps

        from config import checks, managers  # noqa: F401 - importing registers the checks

        last = apps.get_app_config("ambassadors")
        post_migrate.connect(managers.keep_exact, sender=last, dispatch_uid="managers")


class BackOfficeConfig(admin_apps.AdminConfig):
    """Django's admin with our own site."""

    default = False
    default_site = "config.admin_site.BackOffice"
