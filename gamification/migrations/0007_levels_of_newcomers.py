"""Who never earned anything stands on the level that begins at nothing, as whoever joins from now on does."""

from django.db import migrations
from django.db.models import Exists, OuterRef


def begin(apps, schema_editor):
    """Give those the level who have no balance; all others have theirs. A second run changes nothing."""
    level_model = apps.get_model("gamification", "Level")
    first = level_model.objects.filter(threshold__lte=0).order_by("-threshold").first()
    if first is None:
        return
    is_last = not level_model.objects.filter(threshold__gt=0).exists()
    begun = {"level": first.number, "level_progress": 100 if is_last else 0}
    balance_model = apps.get_model("gamification", "Balance")
    earned = balance_model.objects.filter(member=OuterRef("member"), currency="reputation")
    standing_model, member_model = apps.get_model("community", "Standing"), apps.get_model("community", "Member")
    standing_model.objects.exclude(Exists(earned)).update(**begun)
    # Whoever was made by a command of Django has no standing at all.
    missing = member_model.objects.filter(standing=None).order_by("pk")
    standing_model.objects.bulk_create(standing_model(member=member, **begun) for member in missing)


class Migration(migrations.Migration):
    """Data only."""

    dependencies = (("gamification", "0006_kept_and_adjusted"), ("community", "0007_search_tables"))
    operations = (migrations.RunPython(begin, migrations.RunPython.noop),)
