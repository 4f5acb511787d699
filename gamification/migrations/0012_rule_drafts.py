"""A rule has one draft at a time, its changes are counted, and whoever approves it needs a permission."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Nothing recorded changes."""

    dependencies = [("gamification", "0011_progress")]

    operations = [
        migrations.AlterModelOptions(
            name="ruleversion",
            options={
                "ordering": ("rule_id", "-number"),
                "permissions": (("approve_ruleversion", "Can approve rule versions"),),
                "verbose_name": "rule version",
                "verbose_name_plural": "rule versions",
            },
        ),
        migrations.AddField(
            model_name="ruleversion",
            name="revision",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddConstraint(
            model_name="ruleversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("draft", "simulated"))),
                fields=("rule",),
                name="rule_version_one_draft",
            ),
        ),
    ]
