"""The catalogue of rewards, and what members bought from it."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gamification.money


class Migration(migrations.Migration):
    """The tables."""

    dependencies = [
        ("community", "0004_quiet_votes_and_former_handles"),
        ("gamification", "0009_lots"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            },
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(condition=models.Q(("price__gt", 0)), name="reward_costs_something"),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(("stock__isnull", True), ("taken__lte", models.F("stock")), _connector="OR"),
                name="reward_not_oversold",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "coupon"), ("pool__isnull", False)),
                    models.Q(models.Q(("kind", "coupon"), _negated=True), ("pool__isnull", True)),
                    _connector="OR",
                ),
                name="reward_code_from_pool",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("budget__isnull", True), ("worth__isnull", True)),
                    models.Q(("budget__isnull", False), ("worth__gt", 0), models.Q(("kind", "coupon"), _negated=True)),
                    _connector="OR",
                ),
                name="reward_cost_has_budget",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_at__isnull", True),
                    ("ends_at__isnull", True),
                    ("starts_at__lt", models.F("ends_at")),
                    _connector="OR",
                ),
                name="reward_window",
            ),
        ),
        migrations.AddIndex(
            model_name="redemption",
            index=models.Index(
                models.F("member"), models.OrderBy(models.F("id"), descending=True), name="redemption_member"
            ),
        ),
        migrations.AddIndex(
            model_name="redemption",
            index=models.Index(
                models.F("state"), models.OrderBy(models.F("id"), descending=True), name="redemption_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="redemption",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="redemption",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "fulfilled"), _negated=True), ("fulfilled_at__isnull", False), _connector="OR"
                ),
                name="redemption_done_has_time",
            ),
        ),
    ]
