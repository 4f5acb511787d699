"""Levels that members keep for some days after a decision of the team has taken them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


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
    ]
