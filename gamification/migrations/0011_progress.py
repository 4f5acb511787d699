"""Boards of topics and seasons, streaks, quests, rarity and revocations of badges."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("community", "0004_quiet_votes_and_former_handles"),
        ("gamification", "0010_rewards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
        migrations.AddConstraint(
            model_name="quest",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gte", models.F("first_day"))), name="quest_ends_after_it_begins"
            ),
        ),
        migrations.AddConstraint(
            model_name="questcompletion",
            constraint=models.UniqueConstraint(fields=("quest", "member"), name="quest_completion_unique"),
        ),
        migrations.AddConstraint(
            model_name="queststep",
            constraint=models.UniqueConstraint(fields=("quest", "metric"), name="quest_step_metric"),
        ),
        migrations.AddConstraint(
            model_name="queststep",
            constraint=models.CheckConstraint(condition=models.Q(("count__gt", 0)), name="quest_step_positive"),
        ),
        migrations.AddConstraint(
            model_name="questprogress",
            constraint=models.UniqueConstraint(fields=("step", "member"), name="quest_progress_unique"),
        ),
        migrations.AddIndex(
            model_name="revocation",
            index=models.Index(
                models.F("member"),
                models.OrderBy(models.F("at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="revocation_member",
            ),
        ),
        migrations.AddConstraint(
            model_name="revocation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at", None)), fields=("grade", "member"), name="revocation_standing_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="revocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lifted_at", None), ("lifted_by", None)),
                    models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                    _connector="OR",
                ),
                name="revocation_lifted_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="streakday",
            constraint=models.UniqueConstraint(fields=("streak", "member", "day"), name="streak_day_unique"),
        ),
        migrations.AddIndex(
            model_name="streakrun",
            index=models.Index(models.F("holds_until"), models.F("id"), name="streak_run_ends"),
        ),
        migrations.AddConstraint(
            model_name="streakrun",
            constraint=models.UniqueConstraint(fields=("streak", "member"), name="streak_run_unique"),
        ),
        migrations.AddIndex(
            model_name="topicscore",
            index=models.Index(
                models.F("topic"),
                models.F("span"),
                models.F("start"),
                models.OrderBy(models.F("score"), descending=True),
                models.F("member"),
                name="topic_rank",
            ),
        ),
        migrations.AddConstraint(
            model_name="topicscore",
            constraint=models.UniqueConstraint(fields=("topic", "span", "start", "member"), name="topic_score_unique"),
        ),
    ]
