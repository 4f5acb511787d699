"""Decisions, counts by day and person, uses of caps and decisions that wait."""

from collections import Counter

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

#: As the product counted them so far.
METRICS = {"answer.accepted": "accepted_answers", "answer.found_helpful": "helpful_votes"}


def count_what_was_done(apps, schema_editor):
    """Give the deeds of before their counts by day and person, less what was taken back."""
    evaluation = apps.get_model("gamification", "Evaluation")
    activity = apps.get_model("community", "Activity")
    undone = activity.objects.filter(undoes=OuterRef("activity"), pk__in=evaluation.objects.values("activity"))
    rows = evaluation.objects.filter(activity__verb__in=METRICS).exclude(activity__beneficiary=None)
    rows = rows.exclude(activity__actor=F("activity__beneficiary")).exclude(Exists(undone)).order_by()
    zone = timezone.get_default_timezone()
    days, pairs = Counter(), Counter()
    columns = ("activity__verb", "activity__beneficiary", "activity__actor", "activity__at")
    for verb, member, actor, at in rows.values_list(*columns).iterator(chunk_size=5000):
        day = timezone.localtime(at, zone).date()
        days[member, METRICS[verb], day] += 1
        pairs[member, METRICS[verb], day, actor] += 1
    day_count, pair_day = apps.get_model("gamification", "DayCount"), apps.get_model("gamification", "PairDay")
    day_count.objects.bulk_create(
        (day_count(member_id=m, metric=metric, day=day, value=n) for (m, metric, day), n in days.items()),
        batch_size=1000,
    )
    pair_day.objects.bulk_create(
        (
            pair_day(member_id=m, metric=metric, day=day, actor_id=actor, value=n)
            for (m, metric, day, actor), n in pairs.items()
        ),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("community", "0004_quiet_votes_and_former_handles"),
        ("gamification", "0006_holds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DayCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("metric", models.CharField(max_length=40, verbose_name="metric")),
                ("day", models.DateField(verbose_name="day")),
                ("value", models.IntegerField(default=0, verbose_name="value")),
                (
                    "member",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="day_counts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "count of a day",
                "verbose_name_plural": "counts by day",
                "ordering": ("member_id", "metric", "day"),
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("granted", "granted"),
                            ("refused", "refused"),
                            ("capped", "capped"),
                            ("held", "held"),
                            ("waiting", "waiting"),
                        ],
                        max_length=8,
                        verbose_name="outcome",
                    ),
                ),
                ("facts", models.JSONField(default=dict, verbose_name="facts")),
                ("at", models.DateTimeField(verbose_name="decided")),
                (
                    "activity",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="community.activity",
                        verbose_name="deed",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rule_version",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="gamification.ruleversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Due",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="due")),
                (
                    "activity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="community.activity",
                    ),
                ),
                (
                    "rule_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="gamification.ruleversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "decision that waits",
                "verbose_name_plural": "decisions that wait",
                "ordering": ("at", "activity_id", "rule_version_id"),
            },
        ),
        migrations.CreateModel(
            name="PairDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("metric", models.CharField(max_length=40, verbose_name="metric")),
                ("day", models.DateField(verbose_name="day")),
                ("value", models.IntegerField(default=0, verbose_name="value")),
                (
                    "actor",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pair_days",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "count of a day by person",
                "verbose_name_plural": "counts by day and person",
                "ordering": ("member_id", "metric", "day", "actor_id"),
            },
        ),
        migrations.CreateModel(
            name="CapUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scope", models.CharField(max_length=100, verbose_name="scope")),
                ("start", models.DateField(verbose_name="first day")),
                ("times", models.IntegerField(default=0, verbose_name="times")),
                ("amount", models.IntegerField(default=0, verbose_name="amount")),
                (
                    "rule",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cap_uses",
                        to="gamification.rule",
                    ),
                ),
            ],
            options={
                "verbose_name": "use of a cap",
                "verbose_name_plural": "uses of caps",
                "ordering": ("rule_id", "scope", "start"),
                "constraints": [models.UniqueConstraint(fields=("rule", "scope", "start"), name="cap_use_unique")],
            },
        ),
        migrations.AddConstraint(
            model_name="daycount",
            constraint=models.UniqueConstraint(fields=("member", "metric", "day"), name="day_count_unique"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                models.F("member"),
                models.OrderBy(models.F("id"), descending=True),
                condition=~models.Q(outcome="granted"),
                name="decision_member",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(fields=("activity", "rule_version", "member"), name="decision_once"),
        ),
        migrations.AddIndex(
            model_name="due",
            index=models.Index(fields=["at", "activity", "rule_version"], name="due_at"),
        ),
        migrations.AddConstraint(
            model_name="due",
            constraint=models.UniqueConstraint(fields=("activity", "rule_version"), name="due_unique"),
        ),
        migrations.AddConstraint(
            model_name="pairday",
            constraint=models.UniqueConstraint(fields=("member", "metric", "day", "actor"), name="pair_day_unique"),
        ),
        migrations.RunPython(count_what_was_done, migrations.RunPython.noop),
    ]
