"""Ideas, contests and toolkits."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("community", "0007_shop"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ballot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("spent", models.PositiveSmallIntegerField(default=0, verbose_name="votes given")),
            ],
            options={
                "verbose_name": "ballot",
                "verbose_name_plural": "ballots",
                "ordering": ("contest_id", "member_id"),
            },
        ),
        migrations.CreateModel(
            name="Configuration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("choices", models.JSONField(default=dict, verbose_name="choices")),
                ("lines", models.JSONField(default=list, verbose_name="summary")),
                ("price", models.DecimalField(decimal_places=2, max_digits=10, verbose_name="price")),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
            ],
            options={
                "verbose_name": "configuration",
                "verbose_name_plural": "configurations",
                "ordering": ("idea_id",),
            },
        ),
        migrations.CreateModel(
            name="Contest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="slug")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("title_de", models.CharField(max_length=120, null=True, verbose_name="title")),
                ("title_en", models.CharField(max_length=120, null=True, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("description_de", models.TextField(blank=True, null=True, verbose_name="description")),
                ("description_en", models.TextField(blank=True, null=True, verbose_name="description")),
                ("prize", models.CharField(blank=True, max_length=300, verbose_name="what the winners get")),
                (
                    "prize_de",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="what the winners get"),
                ),
                (
                    "prize_en",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="what the winners get"),
                ),
                (
                    "picture",
                    models.CharField(
                        blank=True,
                        help_text="A path under the static files, or an address.",
                        max_length=300,
                        verbose_name="picture",
                    ),
                ),
                ("is_public", models.BooleanField(default=False, verbose_name="public")),
                ("time_zone", models.CharField(default="Europe/Berlin", max_length=64, verbose_name="time zone")),
                ("submit_from", models.DateTimeField(verbose_name="ideas from")),
                ("vote_from", models.DateTimeField(verbose_name="votes from")),
                ("jury_from", models.DateTimeField(blank=True, null=True, verbose_name="jury from")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                (
                    "late_ideas",
                    models.BooleanField(
                        default=False,
                        help_text="Ideas may still be added until voting ends.",
                        verbose_name="ideas while voting",
                    ),
                ),
                (
                    "vote_budget",
                    models.PositiveSmallIntegerField(
                        default=5,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="votes for each member",
                    ),
                ),
                (
                    "blind_votes",
                    models.BooleanField(
                        default=False,
                        help_text="Nobody sees how many votes an idea has before the end.",
                        verbose_name="blind votes",
                    ),
                ),
                (
                    "jury_weight",
                    models.PositiveSmallIntegerField(
                        default=50,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="weight of the jury in percent",
                    ),
                ),
                (
                    "winner_count",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="winners",
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="result published"),
                ),
                ("idea_count", models.PositiveIntegerField(default=0, editable=False, verbose_name="ideas")),
            ],
            options={
                "verbose_name": "contest",
                "verbose_name_plural": "contests",
                "ordering": ("-ends_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Idea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("deleted_at", models.DateTimeField(blank=True, null=True, verbose_name="deleted")),
                ("hidden_at", models.DateTimeField(blank=True, null=True, verbose_name="hidden")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("body", models.TextField(blank=True, verbose_name="description")),
                ("html", models.TextField(blank=True, editable=False)),
                ("stems", models.CharField(blank=True, editable=False, max_length=1000)),
                ("language", models.CharField(default="de", max_length=2, verbose_name="language")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("under_review", "Under review"),
                            ("planned", "Planned"),
                            ("building", "Building"),
                            ("shipped", "In the shop"),
                            ("declined", "Not now"),
                        ],
                        default="new",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("status_reason", models.CharField(blank=True, max_length=600, verbose_name="reason")),
                ("status_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("vote_count", models.PositiveIntegerField(default=0, editable=False, verbose_name="votes")),
                ("comment_count", models.PositiveIntegerField(default=0, editable=False, verbose_name="comments")),
                ("created_at", models.DateTimeField(verbose_name="proposed")),
                ("edited_at", models.DateTimeField(blank=True, null=True, verbose_name="edited")),
            ],
            options={
                "verbose_name": "idea",
                "verbose_name_plural": "ideas",
                "ordering": ("-created_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="IdeaComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("deleted_at", models.DateTimeField(blank=True, null=True, verbose_name="deleted")),
                ("hidden_at", models.DateTimeField(blank=True, null=True, verbose_name="hidden")),
                ("body", models.CharField(max_length=600, verbose_name="comment")),
                ("html", models.TextField(editable=False)),
                ("created_at", models.DateTimeField(verbose_name="written")),
            ],
            options={
                "verbose_name": "comment on an idea",
                "verbose_name_plural": "comments on ideas",
                "ordering": ("created_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="IdeaVote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="voted")),
            ],
            options={
                "verbose_name": "vote for an idea",
                "verbose_name_plural": "votes for ideas",
                "ordering": ("idea_id", "id"),
            },
        ),
        migrations.CreateModel(
            name="JuryScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("points", models.PositiveSmallIntegerField(verbose_name="points")),
                ("at", models.DateTimeField(verbose_name="given")),
            ],
            options={
                "verbose_name": "score of the jury",
                "verbose_name_plural": "scores of the jury",
                "ordering": ("idea_id", "juror_id"),
            },
        ),
        migrations.CreateModel(
            name="Placing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField(verbose_name="place")),
                ("votes", models.PositiveIntegerField(verbose_name="votes")),
                (
                    "jury_points",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=4, null=True, verbose_name="points of the jury"
                    ),
                ),
                ("score", models.DecimalField(decimal_places=3, max_digits=6, verbose_name="score")),
                ("is_winner", models.BooleanField(default=False, verbose_name="winner")),
            ],
            options={
                "verbose_name": "result",
                "verbose_name_plural": "results",
                "ordering": ("contest_id", "place"),
            },
        ),
        migrations.CreateModel(
            name="StatusChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("under_review", "Under review"),
                            ("planned", "Planned"),
                            ("building", "Building"),
                            ("shipped", "In the shop"),
                            ("declined", "Not now"),
                        ],
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=600, verbose_name="reason")),
                ("at", models.DateTimeField(verbose_name="decided")),
            ],
            options={
                "verbose_name": "change of status",
                "verbose_name_plural": "changes of status",
                "ordering": ("-at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Toolkit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "base_price",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=10, verbose_name="price before any choice"
                    ),
                ),
                ("currency", models.CharField(default="EUR", max_length=3, verbose_name="currency")),
            ],
            options={
                "verbose_name": "toolkit",
                "verbose_name_plural": "toolkits",
                "ordering": ("contest_id",),
            },
        ),
        migrations.CreateModel(
            name="ToolkitChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=40, verbose_name="key")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("name_de", models.CharField(max_length=80, null=True, verbose_name="name")),
                ("name_en", models.CharField(max_length=80, null=True, verbose_name="name")),
                ("note", models.CharField(blank=True, max_length=160, verbose_name="note")),
                ("note_de", models.CharField(blank=True, max_length=160, null=True, verbose_name="note")),
                ("note_en", models.CharField(blank=True, max_length=160, null=True, verbose_name="note")),
                (
                    "price_effect",
                    models.DecimalField(decimal_places=2, default=0, max_digits=10, verbose_name="price effect"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "choice",
                "verbose_name_plural": "choices",
                "ordering": ("position", "id"),
            },
        ),
        migrations.CreateModel(
            name="ToolkitConstraint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("excludes", "does not go with"), ("requires", "only goes with")],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
            ],
            options={
                "verbose_name": "constraint",
                "verbose_name_plural": "constraints",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="ToolkitOption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=40, verbose_name="key")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("name_de", models.CharField(max_length=80, null=True, verbose_name="name")),
                ("name_en", models.CharField(max_length=80, null=True, verbose_name="name")),
                ("is_required", models.BooleanField(default=True, verbose_name="must be chosen")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "option",
                "verbose_name_plural": "options",
                "ordering": ("position", "id"),
            },
        ),
        migrations.AddField(
            model_name="ballot",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="ballots", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="contest",
            name="host",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="hosted_contests",
                to=settings.AUTH_USER_MODEL,
                verbose_name="host",
            ),
        ),
        migrations.AddField(
            model_name="contest",
            name="jury",
            field=models.ManyToManyField(
                blank=True, related_name="jury_of", to=settings.AUTH_USER_MODEL, verbose_name="members of the jury"
            ),
        ),
        migrations.AddField(
            model_name="ballot",
            name="contest",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="ballots", to="community.contest"
            ),
        ),
        migrations.AddField(
            model_name="idea",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="ideas", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="idea",
            name="contest",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ideas",
                to="community.contest",
                verbose_name="contest",
            ),
        ),
        migrations.AddField(
            model_name="idea",
            name="deleted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="deleted by",
            ),
        ),
        migrations.AddField(
            model_name="idea",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="community.idea",
            ),
        ),
        migrations.AddField(
            model_name="idea",
            name="product",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ideas",
                to="community.product",
                verbose_name="product",
            ),
        ),
        migrations.AddField(
            model_name="idea",
            name="remix_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="remixes",
                to="community.idea",
            ),
        ),
        migrations.AddField(
            model_name="idea",
            name="topic",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ideas",
                to="community.topic",
                verbose_name="topic",
            ),
        ),
        migrations.AddField(
            model_name="configuration",
            name="idea",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="configuration", to="community.idea"
            ),
        ),
        migrations.AddField(
            model_name="ideacomment",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="idea_comments", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="ideacomment",
            name="deleted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="deleted by",
            ),
        ),
        migrations.AddField(
            model_name="ideacomment",
            name="idea",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="community.idea"
            ),
        ),
        migrations.AddField(
            model_name="ideavote",
            name="idea",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="community.idea"
            ),
        ),
        migrations.AddField(
            model_name="ideavote",
            name="voter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="idea_votes", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="juryscore",
            name="idea",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="jury_scores", to="community.idea"
            ),
        ),
        migrations.AddField(
            model_name="juryscore",
            name="juror",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="jury_scores", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="placing",
            name="contest",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="placings", to="community.contest"
            ),
        ),
        migrations.AddField(
            model_name="placing",
            name="idea",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="placing", to="community.idea"
            ),
        ),
        migrations.AddField(
            model_name="statuschange",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="statuschange",
            name="idea",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="status_changes", to="community.idea"
            ),
        ),
        migrations.AddField(
            model_name="toolkit",
            name="contest",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="toolkit", to="community.contest"
            ),
        ),
        migrations.AddField(
            model_name="toolkitconstraint",
            name="choice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="community.toolkitchoice",
                verbose_name="choice",
            ),
        ),
        migrations.AddField(
            model_name="toolkitconstraint",
            name="other",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="community.toolkitchoice",
                verbose_name="other choice",
            ),
        ),
        migrations.AddField(
            model_name="toolkitconstraint",
            name="toolkit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="constraints", to="community.toolkit"
            ),
        ),
        migrations.AddField(
            model_name="toolkitoption",
            name="toolkit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="options", to="community.toolkit"
            ),
        ),
        migrations.AddField(
            model_name="toolkitchoice",
            name="option",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="choices", to="community.toolkitoption"
            ),
        ),
        migrations.AddIndex(
            model_name="contest",
            index=models.Index(
                models.OrderBy(models.F("ends_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="contest_new",
            ),
        ),
        migrations.AddIndex(
            model_name="contest",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)), fields=["ends_at"], name="contest_to_close"
            ),
        ),
        migrations.AddConstraint(
            model_name="contest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("submit_from__lt", models.F("vote_from")),
                    ("vote_from__lt", models.F("ends_at")),
                    models.Q(
                        ("jury_from__isnull", True),
                        models.Q(("jury_from__gt", models.F("vote_from")), ("jury_from__lt", models.F("ends_at"))),
                        _connector="OR",
                    ),
                ),
                name="contest_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="contest",
            constraint=models.CheckConstraint(
                condition=models.Q(("jury_weight__lte", 100)), name="contest_jury_weight"
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.UniqueConstraint(fields=("contest", "member"), name="ballot_unique"),
        ),
        migrations.AddIndex(
            model_name="idea",
            index=models.Index(
                models.OrderBy(models.F("created_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="idea_new",
            ),
        ),
        migrations.AddIndex(
            model_name="idea",
            index=models.Index(
                models.OrderBy(models.F("vote_count"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="idea_top",
            ),
        ),
        migrations.AddIndex(
            model_name="idea",
            index=models.Index(
                models.F("status"),
                models.OrderBy(models.F("vote_count"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="idea_status_top",
            ),
        ),
        migrations.AddIndex(
            model_name="idea",
            index=models.Index(
                models.F("contest"),
                models.OrderBy(models.F("created_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="idea_contest_new",
            ),
        ),
        migrations.AddIndex(
            model_name="idea",
            index=models.Index(
                models.F("product"),
                models.OrderBy(models.F("created_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="idea_product_new",
            ),
        ),
        migrations.AddIndex(
            model_name="idea",
            index=models.Index(
                models.F("author"),
                models.OrderBy(models.F("created_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="idea_author_new",
            ),
        ),
        migrations.AddConstraint(
            model_name="idea",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("id")), _negated=True), name="idea_not_merged_into_itself"
            ),
        ),
        migrations.AddConstraint(
            model_name="idea",
            constraint=models.CheckConstraint(
                condition=models.Q(("status", "declined"), ("status_reason", ""), _negated=True),
                name="idea_declined_with_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="ideacomment",
            index=models.Index(
                condition=models.Q(("deleted_at__isnull", True), ("hidden_at__isnull", True)),
                fields=["idea", "created_at", "id"],
                name="idea_comment_shown",
            ),
        ),
        migrations.AddConstraint(
            model_name="ideavote",
            constraint=models.UniqueConstraint(fields=("idea", "voter"), name="idea_vote_unique"),
        ),
        migrations.AddConstraint(
            model_name="juryscore",
            constraint=models.UniqueConstraint(fields=("idea", "juror"), name="jury_score_unique"),
        ),
        migrations.AddConstraint(
            model_name="juryscore",
            constraint=models.CheckConstraint(condition=models.Q(("points__lte", 10)), name="jury_score_range"),
        ),
        migrations.AddConstraint(
            model_name="placing",
            constraint=models.UniqueConstraint(fields=("contest", "place"), name="placing_place_unique"),
        ),
        migrations.AddIndex(
            model_name="statuschange",
            index=models.Index(
                models.F("idea"),
                models.OrderBy(models.F("at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="status_change_new",
            ),
        ),
        migrations.AddConstraint(
            model_name="toolkitconstraint",
            constraint=models.UniqueConstraint(fields=("choice", "kind", "other"), name="toolkit_constraint_unique"),
        ),
        migrations.AddConstraint(
            model_name="toolkitconstraint",
            constraint=models.CheckConstraint(
                condition=models.Q(("choice", models.F("other")), _negated=True), name="toolkit_constraint_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="toolkitoption",
            constraint=models.UniqueConstraint(fields=("toolkit", "key"), name="toolkit_option_key"),
        ),
        migrations.AddConstraint(
            model_name="toolkitchoice",
            constraint=models.UniqueConstraint(fields=("option", "key"), name="toolkit_choice_key"),
        ),
    ]
