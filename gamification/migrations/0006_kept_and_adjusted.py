"""Levels and awards that are kept for some days, and what a worker has before it after a threshold was moved."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

STATES = [("waiting", "waiting"), ("running", "running"), ("done", "done"), ("failed", "failed")]


class Migration(migrations.Migration):
    dependencies = [
        ("gamification", "0005_bring_up_to_date"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptLevel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="level")),
                ("until", models.DateField(verbose_name="kept until")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kept_levels",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "kept level",
                "verbose_name_plural": "kept levels",
                "ordering": ("member_id", "number"),
                "indexes": [models.Index("until", name="kept_level_ends")],
                "constraints": [
                    models.UniqueConstraint(fields=("member", "number"), name="kept_level_unique"),
                ],
            },
        ),
        migrations.AddField(
            "award",
            "kept_until",
            models.DateField(blank=True, editable=False, null=True, verbose_name="kept until"),
        ),
        migrations.AddIndex(
            "award", models.Index(F("kept_until"), condition=Q(kept_until__isnull=False), name="award_kept")
        ),
        migrations.CreateModel(
            name="Adjustment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(choices=STATES, default="waiting", max_length=8, verbose_name="state")),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                ("deeds", models.BigIntegerField(default=0, verbose_name="deeds")),
                ("result", models.JSONField(blank=True, default=dict, verbose_name="result")),
                ("cursor", models.BigIntegerField(default=0, verbose_name="done up to member")),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "badge",
                    models.ForeignKey(
                        blank=True,
                        help_text="None: the levels.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="adjustments",
                        to="gamification.badge",
                        verbose_name="badge",
                    ),
                ),
            ],
            options={
                "verbose_name": "adjustment",
                "verbose_name_plural": "adjustments",
                "ordering": ("-id",),
                "indexes": [
                    models.Index(F("badge"), condition=Q(state__in=("waiting", "running")), name="adjustment_open")
                ],
            },
        ),
    ]
