"""Three tiers to begin with, so that somebody can become an ambassador at all; managers change them."""

from datetime import UTC, datetime
from decimal import Decimal

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TIERS = (
    (1, "Guide", "Guide", "bronze", {}, "4.50"),
    (
        2,
        "Senior Guide",
        "Senior Guide",
        "silver",
        {
            "consultations": 100,
            "rating": Decimal("4.3"),
            "window_consultations": 20,
            "window_rating": Decimal("4.3"),
            "validity_months": 12,
        },
        "5.50",
    ),
    (
        3,
        "Meister",
        "Master",
        "gold",
        {
            "consultations": 400,
            "rating": Decimal("4.6"),
            "window_consultations": 60,
            "window_rating": Decimal("4.6"),
            "validity_months": 12,
        },
        "7.00",
    ),
)
#: Before anything could have been earned.
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)


def make(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    tiers, fees = apps.get_model("ambassadors", "Tier"), apps.get_model("ambassadors", "TierFee")
    for position, german, english, medal, criteria, fee in TIERS:
        tier = tiers.objects.create(
            position=position, name=german, name_de=german, name_en=english, medal=medal, **criteria
        )
        fees.objects.create(tier=tier, amount=Decimal(fee), currency="EUR", valid_from=BEGINNING)


class Migration(migrations.Migration):
    dependencies = (("ambassadors", "0001_initial"),)
    operations = (migrations.RunPython(make, migrations.RunPython.noop, elidable=False),)
