"""Votes that say no, which only order answers, and the handles that members gave up."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F


def count_helpful(apps, _schema_editor):
    """Until now there were no votes that say no: the score is how many found the answer helpful."""
    apps.get_model("community", "Answer").objects.update(helpful_count=F("score"))


class Migration(migrations.Migration):
    dependencies = [("community", "0003_search_index")]

    operations = [
        migrations.AddField(
            model_name="answer",
            name="helpful_count",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="found helpful"),
        ),
        migrations.AlterField(
            model_name="answer",
            name="score",
            field=models.IntegerField(default=0, editable=False, verbose_name="score"),
        ),
        migrations.RunPython(count_helpful, migrations.RunPython.noop),
        migrations.CreateModel(
            name="FormerHandle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handle", models.CharField(max_length=30, unique=True, verbose_name="handle")),
                ("given_up_at", models.DateTimeField(verbose_name="given up")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_handles",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="member",
                    ),
                ),
            ],
            options={
                "verbose_name": "former handle",
                "verbose_name_plural": "former handles",
                "ordering": ("-given_up_at", "-id"),
                "indexes": [
                    models.Index(
                        models.F("member"),
                        models.OrderBy(models.F("given_up_at"), descending=True),
                        name="former_handle_member",
                    )
                ],
            },
        ),
    ]
