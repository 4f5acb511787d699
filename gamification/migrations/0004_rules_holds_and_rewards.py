"""Rules get conditions, caps and a life from draft to retired; around them come the tables of the rest of points.

In this order: the time machine, holds, badges as signed files, decisions and what is counted by day and person,
budgets and coupons, lots of credits, rewards, and what shows progress: rarity, quests, seasons, streaks and boards.
"""

import uuid
from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import gamification.money
from community.append_only import append_only, changeable
from community.tables import tables_at_once


def name_states(apps, schema_editor):
    """Say of every version so far whether it is active or retired."""
    versions = apps.get_model("gamification", "RuleVersion").objects
    versions.filter(retired_at=None).update(state="active")
    versions.exclude(retired_at=None).update(state="retired")


@tables_at_once
class Migration(migrations.Migration):
    """Entries are protected again before the new tables are made."""

    dependencies = [
        ("community", "0004_votes_and_former_handles"),
        ("gamification", "0003_starter"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

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
        migrations.AddField(
            model_name="ruleversion",
            name="revision",
            field=models.PositiveIntegerField(default=1, editable=False),
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
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("draft", "simulated"))),
                fields=("rule",),
                name="rule_version_one_draft",
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
        migrations.AlterField(
            model_name="badge",
            name="metric",
            field=models.CharField(
                choices=[
                    ("accepted_answers", "accepted answers"),
                    ("helpful_votes", "helpful votes received"),
                    ("helpful_reviews", "votes for reviews"),
                    ("good_ideas", "votes for ideas"),
                    ("same_questions", "others with the same question"),
                ],
                max_length=40,
                verbose_name="counts",
            ),
        ),
        migrations.AlterField(
            model_name="boardscore",
            name="span",
            field=models.CharField(
                choices=[("week", "This week"), ("month", "This month"), ("season", "Season"), ("all", "All time")],
                max_length=8,
                verbose_name="period",
            ),
        ),
        migrations.AlterField(
            model_name="counter",
            name="metric",
            field=models.CharField(
                choices=[
                    ("accepted_answers", "accepted answers"),
                    ("helpful_votes", "helpful votes received"),
                    ("helpful_reviews", "votes for reviews"),
                    ("good_ideas", "votes for ideas"),
                    ("same_questions", "others with the same question"),
                ],
                max_length=40,
                verbose_name="metric",
            ),
        ),
        migrations.CreateModel(
            name="Replay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("running", "running"),
                            ("done", "done"),
                            ("failed", "failed"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                ("deeds", models.BigIntegerField(default=0, verbose_name="deeds")),
                ("result", models.JSONField(blank=True, default=dict, verbose_name="result")),
                ("differences", models.PositiveIntegerField(default=0, verbose_name="differences")),
                ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="swapped")),
                (
                    "applied_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="swapped by",
                    ),
                ),
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
            ],
            options={
                "verbose_name": "replay",
                "verbose_name_plural": "replays",
                "ordering": ("-id",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "running"))),
                        fields=("state",),
                        name="replay_one_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Retroaction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("running", "running"),
                            ("done", "done"),
                            ("failed", "failed"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                ("deeds", models.BigIntegerField(default=0, verbose_name="deeds")),
                ("result", models.JSONField(blank=True, default=dict, verbose_name="result")),
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
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="retroaction",
                        to="gamification.ruleversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "activation for the past",
                "verbose_name_plural": "activations for the past",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Shadow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("ledger", "ledger"),
                            ("balances", "balances"),
                            ("boards", "boards"),
                            ("counters", "counters"),
                            ("days", "counts by day"),
                            ("pairs", "counts by day and person"),
                            ("caps", "used caps"),
                            ("awards", "awards"),
                            ("levels", "levels"),
                        ],
                        max_length=10,
                        verbose_name="part",
                    ),
                ),
                ("key", models.JSONField(default=list, verbose_name="key")),
                ("replayed", models.BigIntegerField(verbose_name="replayed")),
                ("kept", models.BigIntegerField(verbose_name="kept")),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="member",
                    ),
                ),
                (
                    "replay",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shadows", to="gamification.replay"
                    ),
                ),
            ],
            options={
                "verbose_name": "difference",
                "verbose_name_plural": "differences",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Simulation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("running", "running"),
                            ("done", "done"),
                            ("failed", "failed"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                ("deeds", models.BigIntegerField(default=0, verbose_name="deeds")),
                ("result", models.JSONField(blank=True, default=dict, verbose_name="result")),
                (
                    "credit_cents",
                    models.DecimalField(
                        decimal_places=3, default=Decimal(0), max_digits=8, verbose_name="cents for a credit"
                    ),
                ),
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
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="simulations",
                        to="gamification.ruleversion",
                        verbose_name="draft",
                    ),
                ),
            ],
            options={
                "verbose_name": "simulation",
                "verbose_name_plural": "simulations",
                "ordering": ("-id",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "running"))),
                        fields=("version",),
                        name="simulation_one_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Guard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "newcomer_hours",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="As long as its trust is 0. An account without a verified address never counts.",
                        verbose_name="hours that a new account does not count",
                    ),
                ),
                ("is_watching", models.BooleanField(default=True, verbose_name="search every night")),
                ("window_days", models.PositiveSmallIntegerField(default=30, verbose_name="days that it looks back")),
                (
                    "mutual",
                    models.PositiveSmallIntegerField(
                        default=5,
                        help_text="From so many on they are looked at.",
                        verbose_name="votes each way between two members",
                    ),
                ),
                (
                    "burst",
                    models.PositiveSmallIntegerField(
                        default=8,
                        help_text="From so many on it is a burst.",
                        verbose_name="votes of young accounts for one member in a day",
                    ),
                ),
                (
                    "young_days",
                    models.PositiveSmallIntegerField(default=14, verbose_name="days that an account is young"),
                ),
            ],
            options={
                "verbose_name": "guard",
                "verbose_name_plural": "guards",
                "ordering": ("id",),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="guard_single"),
                    models.CheckConstraint(
                        condition=models.Q(("burst__gte", 3), ("mutual__gte", 2), ("window_days__range", (1, 366))),
                        name="guard_sane",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HoldCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "pattern",
                    models.CharField(
                        choices=[
                            ("mutual", "Votes back and forth"),
                            ("ring", "Closed circle"),
                            ("burst", "Many new accounts at once"),
                            ("manual", "Held by a manager"),
                        ],
                        max_length=8,
                        verbose_name="pattern",
                    ),
                ),
                ("score", models.PositiveSmallIntegerField(default=0, verbose_name="score")),
                ("evidence", models.JSONField(default=dict, verbose_name="evidence")),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="The member reads it. Say what you saw.",
                        max_length=1000,
                        verbose_name="reason",
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="opened")),
                ("claimed_until", models.DateTimeField(blank=True, null=True, verbose_name="claimed until")),
                ("waiting", models.PositiveIntegerField(default=0, verbose_name="to decide")),
                (
                    "claimed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="claimed by",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="opened by",
                    ),
                ),
            ],
            options={
                "verbose_name": "case of held points",
                "verbose_name_plural": "held points",
                "ordering": ("-score", "id"),
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("score"), descending=True),
                        models.F("id"),
                        condition=models.Q(("waiting__gt", 0)),
                        name="hold_case_desk",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("score__lte", 100)), name="hold_case_score")
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("held", "held"), ("released", "given back"), ("final", "not counted")],
                        default="held",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("placed_at", models.DateTimeField(verbose_name="held since")),
                ("statement", models.TextField(blank=True, max_length=4000, verbose_name="statement")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("appeal", models.TextField(blank=True, max_length=4000, verbose_name="what the member says")),
                ("appealed_at", models.DateTimeField(blank=True, null=True, verbose_name="appealed")),
                ("answer", models.TextField(blank=True, max_length=4000, verbose_name="answer to the appeal")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="member",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds",
                        to="gamification.holdcase",
                        verbose_name="case",
                    ),
                ),
            ],
            options={
                "verbose_name": "hold",
                "verbose_name_plural": "holds",
                "ordering": ("-placed_at", "-id"),
                "indexes": [
                    models.Index(
                        models.F("member"),
                        models.OrderBy(models.F("placed_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="hold_member",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "member"), name="hold_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("state", "held")),
                            models.Q(
                                models.Q(("state", "held"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="hold_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_by", None),
                                models.Q(("decided_by", models.F("member")), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("answered_by", None),
                                models.Q(("answered_by", models.F("member")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="hold_not_ones_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_by", None),
                            models.Q(("answered_by", models.F("decided_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="hold_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answered_by", None), ("appealed_at__isnull", False), _connector="OR"),
                        name="hold_answer_to_appeal",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="held_by", to="gamification.entry"
                    ),
                ),
                (
                    "hold",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="gamification.hold"
                    ),
                ),
            ],
            options={
                "verbose_name": "held entry",
                "verbose_name_plural": "held entries",
                "ordering": ("entry_id",),
            },
        ),
        migrations.CreateModel(
            name="HeldDeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held_in",
                        to="community.activity",
                        verbose_name="deed",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deeds", to="gamification.holdcase"
                    ),
                ),
            ],
            options={
                "verbose_name": "deed of a case",
                "verbose_name_plural": "deeds of cases",
                "ordering": ("activity_id",),
            },
        ),
        migrations.CreateModel(
            name="IssuerKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kid", models.CharField(max_length=64, unique=True, verbose_name="key id")),
                ("sealed", models.TextField(editable=False)),
                ("public", models.JSONField(verbose_name="public key")),
                ("is_active", models.BooleanField(default=True, verbose_name="signs")),
                ("made_at", models.DateTimeField(verbose_name="made")),
            ],
            options={
                "verbose_name": "signing key",
                "verbose_name_plural": "signing keys",
                "ordering": ("-id",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_active", True)), fields=("is_active",), name="issuer_key_one_active"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Credential",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="code")),
                ("earned_at", models.DateTimeField(verbose_name="earned")),
                ("issued_at", models.DateTimeField(verbose_name="issued")),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="community.activity",
                        verbose_name="deed that reached it",
                    ),
                ),
                (
                    "grade",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gamification.grade",
                        verbose_name="grade",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credentials",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="member",
                    ),
                ),
            ],
            options={
                "verbose_name": "open badge",
                "verbose_name_plural": "open badges",
                "ordering": ("-id",),
                "constraints": [
                    models.UniqueConstraint(fields=("member", "grade", "activity"), name="credential_once")
                ],
            },
        ),
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
                "constraints": [models.UniqueConstraint(fields=("member", "metric", "day"), name="day_count_unique")],
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
                "indexes": [
                    models.Index(
                        models.F("member"),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("outcome", "granted"), _negated=True),
                        name="decision_member",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "rule_version", "member"), name="decision_once")
                ],
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
                "indexes": [models.Index(fields=["at", "activity", "rule_version"], name="due_at")],
                "constraints": [models.UniqueConstraint(fields=("activity", "rule_version"), name="due_unique")],
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
                "constraints": [
                    models.UniqueConstraint(fields=("member", "metric", "day", "actor"), name="pair_day_unique")
                ],
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
        migrations.CreateModel(
            name="Budget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                (
                    "currency",
                    models.CharField(
                        default="EUR",
                        max_length=3,
                        validators=[
                            django.core.validators.RegexValidator("\\A[A-Z]{3}\\Z", "Three capital letters, as in EUR.")
                        ],
                        verbose_name="currency",
                    ),
                ),
                (
                    "cap",
                    gamification.money.MoneyField(
                        validators=[django.core.validators.MinValueValidator(0)], verbose_name="cap"
                    ),
                ),
                ("reserved", gamification.money.MoneyField(default=0, editable=False, verbose_name="promised")),
                ("spent", gamification.money.MoneyField(default=0, editable=False, verbose_name="spent")),
            ],
            options={
                "verbose_name": "budget",
                "verbose_name_plural": "budgets",
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reserved__gte", 0), ("spent__gte", 0)), name="budget_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "cap__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("reserved"), "+", models.F("spent")
                                ),
                            )
                        ),
                        name="budget_within_cap",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CouponPool",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(help_text="As in: 5 € off your next order.", max_length=80, verbose_name="name"),
                ),
                (
                    "name_de",
                    models.CharField(
                        help_text="As in: 5 € off your next order.", max_length=80, null=True, verbose_name="name"
                    ),
                ),
                (
                    "name_en",
                    models.CharField(
                        help_text="As in: 5 € off your next order.", max_length=80, null=True, verbose_name="name"
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Empty: the amount is taken off.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.01")),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="percent off",
                    ),
                ),
                (
                    "amount",
                    gamification.money.MoneyField(
                        help_text="With a percentage: the most that it takes off.",
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="amount off",
                    ),
                ),
                (
                    "minimum",
                    gamification.money.MoneyField(
                        default=0,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="from a basket of",
                    ),
                ),
                (
                    "uses",
                    models.PositiveIntegerField(
                        default=1,
                        help_text="More than one: a code that its holder may share.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="uses of a code",
                    ),
                ),
                ("valid_until", models.DateTimeField(blank=True, null=True, verbose_name="valid until")),
                (
                    "valid_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Counted from the day on which a member got the code.",
                        null=True,
                        verbose_name="days valid",
                    ),
                ),
                (
                    "hold_minutes",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="So long a basket in the shop keeps a code to itself.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="minutes reserved",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created")),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pools",
                        to="gamification.budget",
                        verbose_name="budget",
                    ),
                ),
                (
                    "products",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Empty: for everything in the shop.",
                        related_name="+",
                        to="community.product",
                        verbose_name="only for",
                    ),
                ),
            ],
            options={
                "verbose_name": "pool of coupons",
                "verbose_name_plural": "pools of coupons",
                "ordering": ("-created_at", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("percent", None), models.Q(("percent__gt", 0), ("percent__lte", 100)), _connector="OR"
                        ),
                        name="coupon_pool_percent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), ("minimum__gte", 0), ("uses__gt", 0)),
                        name="coupon_pool_terms",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Coupon",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed", models.TextField(editable=False)),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("last4", models.CharField(editable=False, max_length=4, verbose_name="ends with")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("generated", "in stock"),
                            ("assigned", "ready to use"),
                            ("reserved", "in a basket"),
                            ("redeemed", "redeemed"),
                            ("refunded", "given back"),
                            ("expired", "expired"),
                            ("revoked", "revoked"),
                        ],
                        default="generated",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("uses", models.PositiveIntegerField(default=1, verbose_name="uses")),
                ("held", models.PositiveIntegerField(default=0, verbose_name="in baskets")),
                ("redeemed", models.PositiveIntegerField(default=0, verbose_name="redeemed")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("assigned_at", models.DateTimeField(blank=True, null=True, verbose_name="assigned")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="valid until")),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="community.activity",
                        verbose_name="deed",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coupons",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="member",
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coupons",
                        to="gamification.couponpool",
                        verbose_name="pool",
                    ),
                ),
            ],
            options={
                "verbose_name": "coupon",
                "verbose_name_plural": "coupons",
                "ordering": ("-id",),
                "indexes": [
                    models.Index(
                        models.F("member"), models.OrderBy(models.F("id"), descending=True), name="coupon_member"
                    ),
                    models.Index(models.F("pool"), models.F("state"), models.F("id"), name="coupon_stock"),
                    models.Index(
                        models.F("expires_at"),
                        condition=models.Q(("state__in", ("assigned", "refunded"))),
                        name="coupon_expiring",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "uses__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("held"), "+", models.F("redeemed")
                                ),
                            )
                        ),
                        name="coupon_within_uses",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("assigned_at", None), ("member", None), ("state", "generated")),
                            ("state__in", ("expired", "revoked")),
                            models.Q(
                                ("member__isnull", False),
                                ("state__in", ("assigned", "reserved", "redeemed", "refunded")),
                            ),
                            _connector="OR",
                        ),
                        name="coupon_has_holder",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("generated", "expired", "revoked")), _negated=True),
                            ("held", 0),
                            _connector="OR",
                        ),
                        name="coupon_held_in_use",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("activity__isnull", False)),
                        fields=("pool", "activity", "member"),
                        name="coupon_once_per_deed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CouponUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=40, unique=True, verbose_name="number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reserved", "reserved"),
                            ("redeemed", "redeemed"),
                            ("released", "released"),
                            ("lapsed", "lapsed"),
                            ("refunded", "given back"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("basket", models.CharField(blank=True, max_length=64, verbose_name="basket")),
                ("order", models.CharField(blank=True, max_length=64, verbose_name="order")),
                ("amount", gamification.money.MoneyField(verbose_name="value of the basket")),
                ("discount", gamification.money.MoneyField(verbose_name="taken off")),
                ("reserved_at", models.DateTimeField(blank=True, null=True, verbose_name="reserved")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="kept until")),
                ("redeemed_at", models.DateTimeField(blank=True, null=True, verbose_name="redeemed")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "coupon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken",
                        to="gamification.coupon",
                        verbose_name="coupon",
                    ),
                ),
            ],
            options={
                "verbose_name": "use of a coupon",
                "verbose_name_plural": "uses of coupons",
                "ordering": ("-id",),
                "indexes": [
                    models.Index(
                        models.F("coupon"), models.OrderBy(models.F("id"), descending=True), name="coupon_use_latest"
                    ),
                    models.Index(
                        models.F("expires_at"), condition=models.Q(("state", "reserved")), name="coupon_use_lapsing"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "reserved"), _negated=True),
                            models.Q(("ended_at", None), ("expires_at__isnull", False), ("redeemed_at", None)),
                            _connector="OR",
                        ),
                        name="coupon_use_reserved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("redeemed", "refunded")), _negated=True),
                            ("redeemed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="coupon_use_redeemed",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "reserved")),
                        fields=("coupon", "basket"),
                        name="coupon_use_one_per_basket",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BudgetUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30, verbose_name="for")),
                ("subject_id", models.BigIntegerField(verbose_name="number")),
                ("reserved", gamification.money.MoneyField(default=0, verbose_name="promised")),
                ("spent", gamification.money.MoneyField(default=0, verbose_name="spent")),
                ("at", models.DateTimeField(verbose_name="last moved")),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="gamification.budget"
                    ),
                ),
            ],
            options={
                "verbose_name": "use of a budget",
                "verbose_name_plural": "uses of budgets",
                "ordering": ("-at", "-id"),
                "indexes": [
                    models.Index(
                        models.F("budget"),
                        models.OrderBy(models.F("at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="budget_use_latest",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("budget", "kind", "subject_id"), name="budget_use_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("reserved__gte", 0), ("spent__gte", 0)), name="budget_use_not_negative"
                    ),
                ],
            },
        ),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="lots", to=settings.AUTH_USER_MODEL
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="lot_uses", to="gamification.entry"
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
        migrations.CreateModel(
            name="Reward",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("name_de", models.CharField(max_length=80, null=True, verbose_name="name")),
                ("name_en", models.CharField(max_length=80, null=True, verbose_name="name")),
                ("description", models.CharField(blank=True, max_length=200, verbose_name="description")),
                ("description_de", models.CharField(blank=True, max_length=200, null=True, verbose_name="description")),
                ("description_en", models.CharField(blank=True, max_length=200, null=True, verbose_name="description")),
                (
                    "picture",
                    models.CharField(
                        blank=True,
                        help_text="A path under the static files, or an address.",
                        max_length=300,
                        verbose_name="picture",
                    ),
                ),
                (
                    "headline",
                    models.CharField(
                        blank=True,
                        help_text="A few large signs, as in: 10 %",
                        max_length=12,
                        verbose_name="in place of a picture",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("coupon", "a code for the shop"),
                            ("parcel", "something that is sent"),
                            ("access", "something else that a manager arranges"),
                        ],
                        default="coupon",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "worth",
                    gamification.money.MoneyField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="cost in money",
                    ),
                ),
                (
                    "price",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="price in credits"
                    ),
                ),
                (
                    "stock",
                    models.PositiveIntegerField(
                        blank=True, help_text="Empty: without an end.", null=True, verbose_name="how many there are"
                    ),
                ),
                ("taken", models.PositiveIntegerField(default=0, editable=False, verbose_name="taken")),
                (
                    "per_member",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: as often as the credits last.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="most for each member",
                    ),
                ),
                ("min_level", models.PositiveSmallIntegerField(default=0, verbose_name="open from level")),
                ("is_active", models.BooleanField(default=True, verbose_name="in the catalogue")),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="from")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                (
                    "budget",
                    models.ForeignKey(
                        blank=True,
                        help_text="What each one costs the brand is taken from here. A code's cost is its pool's.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rewards",
                        to="gamification.budget",
                        verbose_name="budget",
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(
                        blank=True,
                        help_text="Each redemption takes a code from here.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rewards",
                        to="gamification.couponpool",
                        verbose_name="pool of codes",
                    ),
                ),
            ],
            options={
                "verbose_name": "reward",
                "verbose_name_plural": "rewards",
                "ordering": ("price", "id"),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("price__gt", 0)), name="reward_costs_something"),
                    models.CheckConstraint(
                        condition=models.Q(("stock__isnull", True), ("taken__lte", models.F("stock")), _connector="OR"),
                        name="reward_not_oversold",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "coupon"), ("pool__isnull", False)),
                            models.Q(models.Q(("kind", "coupon"), _negated=True), ("pool__isnull", True)),
                            _connector="OR",
                        ),
                        name="reward_code_from_pool",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("budget__isnull", True), ("worth__isnull", True)),
                            models.Q(
                                ("budget__isnull", False), ("worth__gt", 0), models.Q(("kind", "coupon"), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="reward_cost_has_budget",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_at__isnull", True),
                            ("ends_at__isnull", True),
                            ("starts_at__lt", models.F("ends_at")),
                            _connector="OR",
                        ),
                        name="reward_window",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Redemption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "being prepared"), ("fulfilled", "done"), ("refunded", "refunded")],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("price", models.PositiveIntegerField(verbose_name="paid")),
                ("address", models.TextField(blank=True, default="", editable=False)),
                ("note", models.CharField(blank=True, default="", max_length=300, verbose_name="told with it")),
                ("at", models.DateTimeField(verbose_name="redeemed")),
                ("fulfilled_at", models.DateTimeField(blank=True, null=True, verbose_name="done")),
                ("refunded_at", models.DateTimeField(blank=True, null=True, verbose_name="refunded")),
                (
                    "refund_reason",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="why it was refunded"),
                ),
                (
                    "coupon",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redemption",
                        to="gamification.coupon",
                        verbose_name="code",
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="redemption", to="gamification.entry"
                    ),
                ),
                (
                    "fulfilled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="done by",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redemptions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="member",
                    ),
                ),
                (
                    "refunded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="refunded by",
                    ),
                ),
                (
                    "reward",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redemptions",
                        to="gamification.reward",
                        verbose_name="reward",
                    ),
                ),
            ],
            options={
                "verbose_name": "redemption",
                "verbose_name_plural": "redemptions",
                "ordering": ("-id",),
                "indexes": [
                    models.Index(
                        models.F("member"), models.OrderBy(models.F("id"), descending=True), name="redemption_member"
                    ),
                    models.Index(
                        models.F("state"), models.OrderBy(models.F("id"), descending=True), name="redemption_state"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("refunded_at__isnull", False),
                                ("state", "refunded"),
                                models.Q(("refund_reason", ""), _negated=True),
                            ),
                            models.Q(models.Q(("state", "refunded"), _negated=True), ("refunded_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="redemption_refund_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "fulfilled"), _negated=True),
                            ("fulfilled_at__isnull", False),
                            _connector="OR",
                        ),
                        name="redemption_done_has_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Census",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True, verbose_name="day")),
                ("active", models.PositiveIntegerField(verbose_name="active members")),
            ],
            options={
                "verbose_name": "census",
                "verbose_name_plural": "censuses",
                "ordering": ("-day",),
            },
        ),
        migrations.CreateModel(
            name="Quiet",
            fields=[
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="quiet",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="since")),
            ],
            options={
                "verbose_name": "hidden from boards",
                "verbose_name_plural": "hidden from boards",
                "ordering": ("member_id",),
            },
        ),
        migrations.CreateModel(
            name="Rarity",
            fields=[
                (
                    "grade",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="rarity",
                        serialize=False,
                        to="gamification.grade",
                    ),
                ),
                ("holders", models.BigIntegerField(db_default=0, default=0, verbose_name="holders")),
                ("active", models.PositiveIntegerField(db_default=0, default=0, verbose_name="active holders")),
            ],
            options={
                "verbose_name": "rarity",
                "verbose_name_plural": "rarities",
                "ordering": ("grade_id",),
            },
        ),
        migrations.CreateModel(
            name="Quest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="slug")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("name_de", models.CharField(max_length=80, null=True, verbose_name="name")),
                ("name_en", models.CharField(max_length=80, null=True, verbose_name="name")),
                ("description", models.CharField(blank=True, max_length=240, verbose_name="description")),
                ("description_de", models.CharField(blank=True, max_length=240, null=True, verbose_name="description")),
                ("description_en", models.CharField(blank=True, max_length=240, null=True, verbose_name="description")),
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(verbose_name="last day")),
                ("reputation", models.PositiveIntegerField(default=0, verbose_name="reputation")),
                ("credits", models.PositiveIntegerField(default=0, verbose_name="credits")),
                (
                    "rule",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quest",
                        to="gamification.rule",
                    ),
                ),
            ],
            options={
                "verbose_name": "quest",
                "verbose_name_plural": "quests",
                "ordering": ("last_day", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))), name="quest_ends_after_it_begins"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="QuestCompletion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveIntegerField(default=1)),
                ("stands", models.BooleanField(default=True, verbose_name="done")),
                ("at", models.DateTimeField(verbose_name="done at")),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="community.activity",
                        verbose_name="deed",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quest_completions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "quest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="completions", to="gamification.quest"
                    ),
                ),
            ],
            options={
                "verbose_name": "completed quest",
                "verbose_name_plural": "completed quests",
                "ordering": ("-at", "-id"),
                "constraints": [models.UniqueConstraint(fields=("quest", "member"), name="quest_completion_unique")],
            },
        ),
        migrations.CreateModel(
            name="QuestStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "metric",
                    models.CharField(
                        choices=[
                            ("accepted_answers", "accepted answers"),
                            ("helpful_votes", "helpful votes received"),
                            ("helpful_reviews", "votes for reviews"),
                            ("good_ideas", "votes for ideas"),
                            ("same_questions", "others with the same question"),
                        ],
                        max_length=40,
                        verbose_name="counts",
                    ),
                ),
                ("count", models.PositiveIntegerField(verbose_name="how often")),
                (
                    "quest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="gamification.quest"
                    ),
                ),
            ],
            options={
                "verbose_name": "step",
                "verbose_name_plural": "steps",
                "ordering": ("quest_id", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("quest", "metric"), name="quest_step_metric"),
                    models.CheckConstraint(condition=models.Q(("count__gt", 0)), name="quest_step_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuestProgress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.BigIntegerField(default=0, verbose_name="value")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quest_progress",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="progress",
                        to="gamification.queststep",
                    ),
                ),
            ],
            options={
                "verbose_name": "progress of a quest",
                "verbose_name_plural": "progress of quests",
                "ordering": ("step_id", "member_id"),
                "constraints": [models.UniqueConstraint(fields=("step", "member"), name="quest_progress_unique")],
            },
        ),
        migrations.CreateModel(
            name="Revocation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(max_length=500, verbose_name="reason")),
                ("at", models.DateTimeField(verbose_name="taken back")),
                ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="lifted")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken back by",
                    ),
                ),
                (
                    "grade",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revocations",
                        to="gamification.grade",
                        verbose_name="grade",
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="lifted by",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revocations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="member",
                    ),
                ),
            ],
            options={
                "verbose_name": "revocation",
                "verbose_name_plural": "revocations",
                "ordering": ("-at", "-id"),
                "indexes": [
                    models.Index(
                        models.F("member"),
                        models.OrderBy(models.F("at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="revocation_member",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("grade", "member"),
                        name="revocation_standing_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at", None), ("lifted_by", None)),
                            models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="revocation_lifted_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Season",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="slug")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("name_de", models.CharField(max_length=60, null=True, verbose_name="name")),
                ("name_en", models.CharField(max_length=60, null=True, verbose_name="name")),
                ("first_day", models.DateField(unique=True, verbose_name="first day")),
                ("last_day", models.DateField(verbose_name="last day")),
                (
                    "warned_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="its end was told"),
                ),
            ],
            options={
                "verbose_name": "season",
                "verbose_name_plural": "seasons",
                "ordering": ("-first_day",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))), name="season_ends_after_it_begins"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SeasonDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True)),
                (
                    "season",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="days", to="gamification.season"
                    ),
                ),
            ],
            options={
                "ordering": ("day",),
            },
        ),
        migrations.CreateModel(
            name="Streak",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="slug")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("name_de", models.CharField(max_length=60, null=True, verbose_name="name")),
                ("name_en", models.CharField(max_length=60, null=True, verbose_name="name")),
                ("verbs", models.JSONField(default=list, verbose_name="deeds that fill a day")),
                ("freeze_every", models.PositiveSmallIntegerField(default=7, verbose_name="days that earn a freeze")),
                ("freeze_most", models.PositiveSmallIntegerField(default=2, verbose_name="freezes kept at most")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "streak",
                "verbose_name_plural": "streaks",
                "ordering": ("position", "id"),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("freeze_every__gt", 0)), name="streak_freeze_every")
                ],
            },
        ),
        migrations.CreateModel(
            name="StreakDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("deeds", models.BigIntegerField(default=0, verbose_name="deeds")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="streak_days",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "streak",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="days", to="gamification.streak"
                    ),
                ),
            ],
            options={
                "verbose_name": "day of a streak",
                "verbose_name_plural": "days of streaks",
                "ordering": ("streak_id", "member_id", "day"),
                "constraints": [models.UniqueConstraint(fields=("streak", "member", "day"), name="streak_day_unique")],
            },
        ),
        migrations.CreateModel(
            name="StreakRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("length", models.PositiveIntegerField(default=0, verbose_name="days in a row")),
                ("best", models.PositiveIntegerField(default=0, verbose_name="longest")),
                ("freezes", models.PositiveSmallIntegerField(default=0, verbose_name="freezes")),
                ("last_day", models.DateField(null=True, verbose_name="last day")),
                ("holds_until", models.DateField(null=True, verbose_name="holds until")),
                ("warned_for", models.DateField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="streak_runs",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "streak",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="runs", to="gamification.streak"
                    ),
                ),
            ],
            options={
                "verbose_name": "member's streak",
                "verbose_name_plural": "members' streaks",
                "ordering": ("streak_id", "member_id"),
                "indexes": [models.Index(models.F("holds_until"), models.F("id"), name="streak_run_ends")],
                "constraints": [models.UniqueConstraint(fields=("streak", "member"), name="streak_run_unique")],
            },
        ),
        migrations.CreateModel(
            name="TopicScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "span",
                    models.CharField(
                        choices=[
                            ("week", "This week"),
                            ("month", "This month"),
                            ("season", "Season"),
                            ("all", "All time"),
                        ],
                        max_length=8,
                        verbose_name="period",
                    ),
                ),
                ("start", models.DateField(verbose_name="first day")),
                ("score", models.BigIntegerField(default=0, verbose_name="score")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="topic_scores",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="community.topic"
                    ),
                ),
            ],
            options={
                "verbose_name": "topic score",
                "verbose_name_plural": "topic scores",
                "ordering": ("topic_id", "span", "-start", "-score", "member_id"),
                "indexes": [
                    models.Index(
                        models.F("topic"),
                        models.F("span"),
                        models.F("start"),
                        models.OrderBy(models.F("score"), descending=True),
                        models.F("member"),
                        name="topic_rank",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("topic", "span", "start", "member"), name="topic_score_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="BoardMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "span",
                    models.CharField(
                        choices=[
                            ("week", "This week"),
                            ("month", "This month"),
                            ("season", "Season"),
                            ("all", "All time"),
                        ],
                        max_length=8,
                    ),
                ),
                ("start", models.DateField()),
                ("place", models.PositiveIntegerField()),
                ("score", models.BigIntegerField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="community.topic",
                    ),
                ),
            ],
            options={
                "ordering": ("span", "start", "topic_id", "place"),
                "indexes": [
                    models.Index(
                        models.F("span"),
                        models.F("start"),
                        models.F("topic"),
                        models.OrderBy(models.F("score"), descending=True),
                        models.F("member"),
                        name="board_mark",
                    )
                ],
            },
        ),
    ]
