"""No move without a reason: those that were made without words get the cause that their machine knows."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from ambassadors.machines import MACHINES

#: Where a machine knows none, or several, and nobody kept which.
UNRECORDED = "unrecorded"


def name_causes(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    wordless = apps.get_model("ambassadors", "Move").objects.filter(reason="", cause="").order_by()
    consultations = apps.get_model("ambassadors", "Consultation").objects
    for kind, before, after in list(wordless.values_list("kind", "before", "after").distinct()):
        machine = MACHINES.get(kind)
        known = machine.causes.get((before, after), ()) if machine else ()
        rows = wordless.filter(kind=kind, before=before, after=after)
        if kind == "consultation":
            for cause in known:
                rows.filter(subject_id__in=consultations.filter(why=cause).values("pk")).update(cause=cause)
        rows.update(cause=known[0] if len(known) == 1 else UNRECORDED)


class Migration(migrations.Migration):
    dependencies = (("ambassadors", "0002_starter_tiers"),)
    operations = (
        migrations.AddField(
            "move", "cause", models.CharField("cause", max_length=20, blank=True, default=""), preserve_default=False
        ),
        migrations.RunPython(name_causes, migrations.RunPython.noop),
        migrations.AddConstraint(
            "move",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(cause__gt="", reason=""), models.Q(cause="", reason__gt=""), _connector="OR"
                ),
                name="move_has_one_reason",
            ),
        ),
    )
