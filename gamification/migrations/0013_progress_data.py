"""Count what is counted from now on, for the deeds so far: holders of grades, votes for reviews and ideas.

Bring a streak and badges for it; they belong to the managers from then on.
"""

from django.db import migrations
from django.db.models import Count, F, Max

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
METRICS = {"review.found_helpful": "helpful_reviews", "idea.found_good": "good_ideas"}
VERBS = [
    "answer.accepted", "answer.created", "answer.found_helpful", "comment.created", "idea.created", "idea.found_good",
    "idea_comment.created", "review.created", "review.found_helpful", "thread.created", "thread.me_too",
]  # fmt: skip


def start(apps, schema_editor):
    """Write what is missing; a second run changes nothing."""
    apps.get_model("gamification", "Streak").objects.get_or_create(
        slug="together",
        defaults={"name": "Dabei", "name_de": "Dabei", "name_en": "Here", "verbs": VERBS},
    )
    for position, badge in enumerate(BADGES, start=10):
        _pin(apps, position, badge)
    for verb, metric in METRICS.items():
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


class Migration(migrations.Migration):
    """Data only."""

    dependencies = (("gamification", "0012_rule_drafts"),)
    operations = (migrations.RunPython(start, migrations.RunPython.noop),)
