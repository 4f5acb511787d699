"""Lots of credits, and one for everything that was granted before there were any."""

import calendar
from datetime import date

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

MONTHS = 24
BATCH = 1000


def open_lots(apps, schema_editor):
    """Until now credits were granted and taken back, never spent: what is left of a grant is all of it or nothing."""
    apps.get_model("gamification", "CreditTerms").objects.create(pk=1, months=MONTHS)
    entry_model, lot_model = apps.get_model("gamification", "Entry"), apps.get_model("gamification", "Lot")
    use_model = apps.get_model("gamification", "LotUse")
    granted = entry_model.objects.filter(currency="credits", amount__gt=0, reverses=None).order_by("id")
    for start in range(0, granted.count(), BATCH):
        page = list(granted.select_related("reversed_by")[start : start + BATCH])
        backs = {entry.pk: _back(entry) for entry in page}
        lots = lot_model.objects.bulk_create(
            lot_model(
                member_id=entry.member_id,
                entry=entry,
                amount=entry.amount,
                remaining=0 if backs[entry.pk] else entry.amount,
                expires_on=_later(entry.at.date()),
            )
            for entry in page
        )
        use_model.objects.bulk_create(
            use_model(lot=lot, entry_id=backs[lot.entry_id], amount=lot.amount) for lot in lots if backs[lot.entry_id]
        )


def _back(entry):
    try:
        return entry.reversed_by.pk
    except entry._meta.model.DoesNotExist:
        return None


def _later(day: date) -> date:
    years, month = divmod(day.month - 1 + MONTHS, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


class Migration(migrations.Migration):
    """The tables and their first rows."""

    dependencies = [
        ("gamification", "0008_budgets_and_coupons"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CreditTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        default=24,
                        help_text="Credits that were granted before keep their day.",
                        validators=[
                            django.core.validators.MinValueValidator(12),
                            django.core.validators.MaxValueValidator(120),
                        ],
                        verbose_name="months until credits expire",
                    ),
                ),
            ],
            options={
                "verbose_name": "terms of credits",
                "verbose_name_plural": "terms of credits",
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="credit_terms_single")],
            },
        ),
        migrations.CreateModel(
            name="Lot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.PositiveIntegerField(verbose_name="amount")),
                ("remaining", models.PositiveIntegerField(verbose_name="left")),
                ("expires_on", models.DateField(verbose_name="can be spent until")),
                ("warned_at", models.DateTimeField(blank=True, null=True, verbose_name="first notice")),
                ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="last notice")),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lot", to="gamification.entry"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "lot of credits",
                "verbose_name_plural": "lots of credits",
                "ordering": ("expires_on", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("remaining__lte", models.F("amount"))), name="lot_not_overfull"
                    )
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("remaining__gt", 0)),
                        fields=["member", "expires_on", "id"],
                        name="lot_to_spend",
                    ),
                    models.Index(
                        condition=models.Q(("remaining__gt", 0)), fields=["expires_on", "id"], name="lot_to_expire"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LotUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.IntegerField(verbose_name="amount")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lot_uses",
                        to="gamification.entry",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="gamification.lot"
                    ),
                ),
            ],
            options={
                "verbose_name": "use of a lot",
                "verbose_name_plural": "uses of lots",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("lot", "entry"), name="lot_use_once"),
                    models.CheckConstraint(condition=models.Q(("amount", 0), _negated=True), name="lot_use_not_zero"),
                ],
            },
        ),
        migrations.RunPython(open_lots, migrations.RunPython.noop),
    ]
