"""The first rules, badges and levels, in words that fit any brand.

They are a data migration and not part of the demo because a fresh installation must thank its first helper too. From
then on they belong to the managers: nothing ever writes over what was changed in the admin.
"""

from datetime import UTC, datetime

from django.db import migrations

#: Before anything was ever done here, so that imported deeds count as well.
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)

RULES = (
    (
        "answer-accepted", "answer.accepted", 15,
        "Antwort angenommen", "Answer accepted",
        "Deine Antwort hat eine Frage gelöst.", "Your answer solved a question.",
    ),
    (
        "answer-found-helpful", "answer.found_helpful", 5,
        "Antwort hilfreich gefunden", "Answer found helpful",
        "Jemand fand deine Antwort hilfreich.", "Somebody found your answer helpful.",
    ),
)  # fmt: skip
LEVELS = (
    (1, 0, "Neu dabei", "Newcomer"),
    (2, 25, "Dabei", "Regular"),
    (3, 100, "Vertraut", "Familiar"),
    (4, 250, "Erfahren", "Experienced"),
    (5, 1000, "Kundig", "Expert"),
    (6, 2500, "Meisterlich", "Master"),
)
BADGES = (
    (
        "first-solution", "accepted_answers", "round", "crema", "check",
        "Erste Lösung", "First solution",
        "Die erste angenommene Antwort.", "The first accepted answer.",
        (("bronze", 1),),
    ),
    (
        "steady-hands", "accepted_answers", "scallop", "spruce", "hand",
        "Ruhige Hand", "Steady hands",
        "Antworten, die Fragen gelöst haben.", "Answers that solved a question.",
        (("bronze", 10), ("silver", 50), ("gold", 200)),
    ),
    (
        "first-thanks", "helpful_votes", "bloom", "cherry", "heart",
        "Erster Dank", "First thanks",
        "Die erste Antwort, die jemand hilfreich fand.", "The first answer that somebody found helpful.",
        (("bronze", 1),),
    ),
    (
        "honest-word", "helpful_votes", "hex", "fjord", "chat",
        "Ehrliches Wort", "Honest word",
        "Stimmen für hilfreiche Antworten.", "Votes for helpful answers.",
        (("bronze", 10), ("silver", 50), ("gold", 250)),
    ),
)  # fmt: skip


def start(apps, schema_editor):
    """Write what is missing; a second run changes nothing."""
    rule_model, version_model = apps.get_model("gamification", "Rule"), apps.get_model("gamification", "RuleVersion")
    for slug, verb, points, name_de, name_en, reason_de, reason_en in RULES:
        rule, created = rule_model.objects.get_or_create(
            slug=slug,
            defaults={
                "name": name_de, "name_de": name_de, "name_en": name_en,
                "reason": reason_de, "reason_de": reason_de, "reason_en": reason_en,
            },
        )  # fmt: skip
        if created:
            version_model.objects.create(
                rule=rule, number=1, verb=verb, recipient="beneficiary", reputation=points, credits=points,
                active_from=BEGINNING,
            )  # fmt: skip
    for number, threshold, name_de, name_en in LEVELS:
        apps.get_model("gamification", "Level").objects.get_or_create(
            number=number, defaults={"threshold": threshold, "name": name_de, "name_de": name_de, "name_en": name_en}
        )
    for position, badge in enumerate(BADGES):
        _pin(apps, position, badge)


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


class Migration(migrations.Migration):
    """Data only."""

    dependencies = (("gamification", "0002_append_only"),)
    operations = (migrations.RunPython(start, migrations.RunPython.noop),)
