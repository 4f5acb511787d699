"""Cases that the team opens where it sees a post."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("community", "0005_search_hits")]

    operations = [
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
    ]
