"""Rules get conditions, caps and a life from draft to retired; the ledger gets more kinds of entries."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from community.append_only import append_only, changeable


def name_states(apps, schema_editor):
    """Say of every version so far whether it is active or retired."""
    versions = apps.get_model("gamification", "RuleVersion").objects
    versions.filter(retired_at=None).update(state="active")
    versions.exclude(retired_at=None).update(state="retired")


class Migration(migrations.Migration):
    """Entries are protected again before the migration ends."""

    dependencies = [
        ("community", "0003_search_index"),
        ("gamification", "0003_starter"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        changeable("gamification_entry"),
        migrations.RemoveConstraint(
            model_name="entry",
            name="entry_exactly_once",
        ),
        migrations.RemoveConstraint(
            model_name="entry",
            name="entry_reversal_names_entry",
        ),
        migrations.RemoveConstraint(
            model_name="ruleversion",
            name="rule_version_one_active",
        ),
        migrations.RemoveConstraint(
            model_name="ruleversion",
            name="rule_version_window",
        ),
        migrations.AddField(
            model_name="ruleversion",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="approved by",
            ),
        ),
        migrations.AddField(
            model_name="ruleversion",
            name="condition",
            field=models.JSONField(blank=True, default=dict, verbose_name="when"),
        ),
        migrations.AddField(
            model_name="ruleversion",
            name="delay_days",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="Decided so many days after the deed, if it still stands.",
                verbose_name="days to wait",
            ),
        ),
        migrations.AddField(
            model_name="ruleversion",
            name="limits",
            field=models.JSONField(blank=True, default=list, verbose_name="caps"),
        ),
        migrations.AddField(
            model_name="ruleversion",
            name="state",
            field=models.CharField(
                choices=[("draft", "draft"), ("simulated", "simulated"), ("active", "active"), ("retired", "retired")],
                default="draft",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            model_name="ruleversion",
            name="written_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="written by",
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("grant", "earned"),
                    ("reversal", "taken back"),
                    ("correction", "corrected"),
                    ("spend", "spent"),
                    ("refund", "given back"),
                    ("expiry", "expired"),
                    ("hold", "held"),
                    ("release", "released"),
                ],
                default="grant",
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="ruleversion",
            name="active_from",
            field=models.DateTimeField(blank=True, null=True, verbose_name="active from"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "grant")),
                fields=("rule_version", "activity", "member", "currency"),
                name="entry_exactly_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ("reversal", "refund", "hold", "release")), ("reverses__isnull", False)),
                    models.Q(("kind__in", ("grant", "spend", "expiry")), ("reverses__isnull", True)),
                    ("kind", "correction"),
                    _connector="OR",
                ),
                name="entry_reversal_names_entry",
            ),
        ),
        migrations.RunPython(name_states, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="ruleversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "active")), fields=("rule",), name="rule_version_one_active"
            ),
        ),
        migrations.AddConstraint(
            model_name="ruleversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("active_from", None), ("retired_at", None), ("state__in", ("draft", "simulated"))),
                    models.Q(("active_from__isnull", False), ("retired_at", None), ("state", "active")),
                    models.Q(("retired_at__gte", models.F("active_from")), ("state", "retired")),
                    _connector="OR",
                ),
                name="rule_version_window",
            ),
        ),
        append_only("gamification_entry"),
    ]
