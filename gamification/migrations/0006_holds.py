"""Points can be held while somebody looks at them; badges can be taken away as signed files."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Tables only."""

    dependencies = [
        ("community", "0004_quiet_votes_and_former_handles"),
        ("gamification", "0005_time_machine"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            ],
            options={
                "verbose_name": "hold",
                "verbose_name_plural": "holds",
                "ordering": ("-placed_at", "-id"),
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
            },
        ),
        migrations.AddField(
            model_name="hold",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="holds",
                to="gamification.holdcase",
                verbose_name="case",
            ),
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
        migrations.AddIndex(
            model_name="holdcase",
            index=models.Index(
                models.OrderBy(models.F("score"), descending=True),
                models.F("id"),
                condition=models.Q(("waiting__gt", 0)),
                name="hold_case_desk",
            ),
        ),
        migrations.AddConstraint(
            model_name="holdcase",
            constraint=models.CheckConstraint(condition=models.Q(("score__lte", 100)), name="hold_case_score"),
        ),
        migrations.AddIndex(
            model_name="hold",
            index=models.Index(
                models.F("member"),
                models.OrderBy(models.F("placed_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="hold_member",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.UniqueConstraint(fields=("case", "member"), name="hold_once"),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_by", None),
                    models.Q(("answered_by", models.F("decided_by")), _negated=True),
                    _connector="OR",
                ),
                name="hold_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(("answered_by", None), ("appealed_at__isnull", False), _connector="OR"),
                name="hold_answer_to_appeal",
            ),
        ),
    ]
