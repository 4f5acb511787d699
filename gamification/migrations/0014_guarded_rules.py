"""The first rules get caps for each pair of members, so that two friends cannot lift one another without end."""

from datetime import timedelta

from django.db import migrations
from django.db.models import Max
from django.utils import timezone

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
    """Data only."""

    dependencies = (("gamification", "0013_progress_data"), ("community", "0003_search_index"))
    operations = (migrations.RunPython(guard, migrations.RunPython.noop),)
