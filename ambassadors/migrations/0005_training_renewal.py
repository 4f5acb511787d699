"""Modules that are passed again after some time."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("ambassadors", "0004_announcement"),)
    operations = (
        migrations.AddField(
            model_name="trainingmodule",
            name="validity_months",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Empty: without an end. Otherwise it is passed again, with a reminder a month before.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(120),
                ],
                verbose_name="valid for months",
            ),
        ),
        migrations.AddField(
            model_name="trainingmodule",
            name="grace_days",
            field=models.PositiveSmallIntegerField(
                default=30,
                help_text=("So long after its end a proof still counts. Then ambassadors who need it are paused."),
                verbose_name="days of grace",
            ),
        ),
        migrations.CreateModel(
            name="TrainingRenewal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reminded_at", models.DateTimeField(verbose_name="reminded")),
                ("valid_until", models.DateTimeField(verbose_name="valid until")),
                ("grace_until", models.DateTimeField(verbose_name="grace until")),
                ("lapsed_at", models.DateTimeField(blank=True, null=True, verbose_name="void since")),
                (
                    "attempt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewal",
                        to="ambassadors.trainingattempt",
                        verbose_name="attempt at a test",
                    ),
                ),
            ],
            options={
                "verbose_name": "training to renew",
                "verbose_name_plural": "trainings to renew",
                "ordering": ("-id",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("lapsed_at__isnull", True)),
                        fields=["grace_until"],
                        name="training_renewal_open",
                    )
                ],
            },
        ),
    )
