"""Votes that say no, former handles, cases that the team opens, and a function for searching.

Votes that say no only order answers. On PostgreSQL the function finds the threads that contain the words of a search.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F

#: Again a function for the sake of its setting: the planner takes the joined texts for cheap and, where many threads
#: match, would put them together for each thread again, thirty times slower than the index in which they are ready.
HITS = """
    CREATE FUNCTION community_search_hits(asked tsquery) RETURNS SETOF bigint
    LANGUAGE sql STABLE ROWS 50000 SET enable_seqscan = off AS $$
        SELECT thread_id FROM community_search WHERE (title || body || answers) @@ asked
    $$
"""


def count_helpful(apps, _schema_editor):
    """Until now there were no votes that say no: the score is how many found the answer helpful."""
    apps.get_model("community", "Answer").objects.update(helpful_count=F("score"))


def make_hits(_apps, schema_editor):
    """Make it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(HITS, params=None)


def drop_hits(_apps, schema_editor):
    """Drop it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION community_search_hits(tsquery)", params=None)


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
        migrations.AlterField(
            model_name="case",
            name="source",
            field=models.CharField(
                choices=[
                    ("flags", "Reported by members"),
                    ("words", "Watched word"),
                    ("first", "First post"),
                    ("notice", "Notice of illegal content"),
                    ("review", "Review that waits for a look"),
                    ("team", "Seen by the team"),
                ],
                default="flags",
                max_length=8,
                verbose_name="came in by",
            ),
        ),
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
        migrations.RunPython(make_hits, drop_hits),
    ]
