"""What stands in the tables from before gets its counts, lots and caps; a streak and three badges come with it.

From then on streak, badges and rules belong to the managers.
"""

import calendar
from collections import Counter
from datetime import date, timedelta

from django.db import migrations
from django.db.models import Count, Exists, F, Max, OuterRef
from django.utils import timezone

#: As the product counted them so far.
DAILY = {"answer.accepted": "accepted_answers", "answer.found_helpful": "helpful_votes"}


def count_what_was_done(apps, schema_editor):
    """Give the deeds of before their counts by day and person, less what was taken back."""
    evaluation = apps.get_model("gamification", "Evaluation")
    activity = apps.get_model("community", "Activity")
    undone = activity.objects.filter(undoes=OuterRef("activity"), pk__in=evaluation.objects.values("activity"))
    rows = evaluation.objects.filter(activity__verb__in=DAILY).exclude(activity__beneficiary=None)
    rows = rows.exclude(activity__actor=F("activity__beneficiary")).exclude(Exists(undone)).order_by()
    zone = timezone.get_default_timezone()
    days, pairs = Counter(), Counter()
    columns = ("activity__verb", "activity__beneficiary", "activity__actor", "activity__at")
    for verb, member, actor, at in rows.values_list(*columns).iterator(chunk_size=5000):
        day = timezone.localtime(at, zone).date()
        days[member, DAILY[verb], day] += 1
        pairs[member, DAILY[verb], day, actor] += 1
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


MONTHS = 24
BATCH = 1000


def open_lots(apps, schema_editor):
    """Until now credits were granted and taken back, never spent: what is left of a grant is all of it or nothing."""
    apps.get_model("gamification", "CreditTerms").objects.create(pk=1, months=MONTHS)
    entry_model, lot_model = apps.get_model("gamification", "Entry"), apps.get_model("gamification", "Lot")
    use_model = apps.get_model("gamification", "LotUse")
    granted = entry_model.objects.filter(currency="credits", amount__gt=0, reverses=None).order_by("id")
    for start in range(0, granted.count(), BATCH):
        page = list(granted.select_related("reversed_by")[start : start + BATCH])
        backs = {entry.pk: _back(entry) for entry in page}
        lots = lot_model.objects.bulk_create(
            lot_model(
                member_id=entry.member_id,
                entry=entry,
                amount=entry.amount,
                remaining=0 if backs[entry.pk] else entry.amount,
                expires_on=_later(entry.at.date()),
            )
            for entry in page
        )
        use_model.objects.bulk_create(
            use_model(lot=lot, entry_id=backs[lot.entry_id], amount=lot.amount) for lot in lots if backs[lot.entry_id]
        )


def _back(entry):
    try:
        return entry.reversed_by.pk
    except entry._meta.model.DoesNotExist:
        return None


def _later(day: date) -> date:
    years, month = divmod(day.month - 1 + MONTHS, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


BADGES = (
    (
        "honest-cup", "helpful_reviews", "round", "heather", "star",
        "Ehrliche Tasse", "Fair review",
        "Stimmen für hilfreiche Bewertungen.", "Votes for helpful reviews.",
        (("bronze", 5), ("silver", 25), ("gold", 100)),
    ),
    (
        "good-idea", "good_ideas", "bloom", "crema", "bulb",
        "Gute Idee", "Good idea",
        "Stimmen für deine Ideen.", "Votes for your ideas.",
        (("bronze", 5), ("silver", 25), ("gold", 100)),
    ),
    (
        "good-question", "same_questions", "hex", "night", "question",
        "Gute Frage", "Good question",
        "Andere hatten dieselbe Frage.", "Others had the same question.",
        (("bronze", 3), ("silver", 15), ("gold", 60)),
    ),
)  # fmt: skip
VOTES = {"review.found_helpful": "helpful_reviews", "idea.found_good": "good_ideas"}
VERBS = [
    "answer.accepted", "answer.created", "answer.found_helpful", "comment.created", "idea.created", "idea.found_good",
    "idea_comment.created", "review.created", "review.found_helpful", "thread.created", "thread.me_too",
]  # fmt: skip


def begin_progress(apps, schema_editor):
    """Bring streak and badges, count votes for reviews and ideas, and say how many hold each grade."""
    apps.get_model("gamification", "Streak").objects.get_or_create(
        slug="together",
        defaults={"name": "Dabei", "name_de": "Dabei", "name_en": "Here", "verbs": VERBS},
    )
    for position, badge in enumerate(BADGES, start=10):
        _pin(apps, position, badge)
    for verb, metric in VOTES.items():
        _count(apps, verb, metric)
    awards = apps.get_model("gamification", "Award").objects.order_by().values_list("grade").annotate(n=Count("pk"))
    for grade, holders in awards:
        apps.get_model("gamification", "Rarity").objects.get_or_create(grade_id=grade, defaults={"holders": holders})


def _pin(apps, position, pin):
    slug, metric, shape, tone, glyph, name_de, name_en, text_de, text_en, grades = pin
    badge, created = apps.get_model("gamification", "Badge").objects.get_or_create(
        slug=slug,
        defaults={
            "metric": metric, "shape": shape, "tone": tone, "glyph": glyph, "position": position,
            "name": name_de, "name_de": name_de, "name_en": name_en,
            "description": text_de, "description_de": text_de, "description_en": text_en,
        },
    )  # fmt: skip
    if created:
        for tier, threshold in grades:
            apps.get_model("gamification", "Grade").objects.create(badge=badge, tier=tier, threshold=threshold)


def _count(apps, verb, metric):
    evaluations = apps.get_model("gamification", "Evaluation").objects
    done = evaluations.filter(activity__verb=verb, activity__beneficiary__isnull=False)
    undone = evaluations.filter(activity__undoes__verb=verb).values("activity__undoes")
    rows = done.exclude(activity__in=undone).exclude(activity__actor=F("activity__beneficiary")).order_by()
    grades = list(apps.get_model("gamification", "Grade").objects.filter(badge__metric=metric))
    found = rows.values_list("activity__beneficiary").annotate(n=Count("pk"), last=Max("pk"), at=Max("activity__at"))
    for member, number, last, at in found:
        apps.get_model("gamification", "Counter").objects.get_or_create(
            member_id=member, metric=metric, defaults={"value": number}
        )
        for grade in grades:
            if number >= grade.threshold:
                apps.get_model("gamification", "Award").objects.get_or_create(
                    grade=grade, member_id=member, defaults={"activity_id": last, "at": at}
                )


CAPS = {
    "answer-accepted": [{"per": "pair", "period": "week", "times": 3}],
    "answer-found-helpful": [{"per": "pair", "period": "week", "times": 5}],
}


def guard(apps, schema_editor):
    """Give the caps to rules that still stand as they came; what was paid before stays as it is."""
    version_model = apps.get_model("gamification", "RuleVersion")
    entries = apps.get_model("gamification", "Entry").objects
    done = apps.get_model("community", "Activity").objects
    for slug, caps in CAPS.items():
        version = version_model.objects.filter(rule__slug=slug, state="active", number=1, limits=[]).first()
        if version is None:
            continue
        if not entries.filter(rule_version=version).exists():
            # Nothing was ever paid by it: it is as new as the caps are.
            version.limits = caps
            version.save()
            continue
        latest = done.filter(verb=version.verb).aggregate(latest=Max("at"))["latest"]
        now = max(timezone.now(), latest + timedelta(microseconds=1)) if latest else timezone.now()
        version.state, version.retired_at = "retired", now
        version.save()
        version.pk, version.number, version.state, version.retired_at = None, 2, "active", None
        version.active_from, version.limits = now, caps
        version.save()


class Migration(migrations.Migration):
    """Data only, in the order in which the product learned to keep it."""

    dependencies = (("gamification", "0004_rules_holds_and_rewards"),)
    operations = (
        migrations.RunPython(count_what_was_done, migrations.RunPython.noop),
        migrations.RunPython(open_lots, migrations.RunPython.noop),
        migrations.RunPython(begin_progress, migrations.RunPython.noop),
        migrations.RunPython(guard, migrations.RunPython.noop),
    )
