"""Product tests that were open before there were announcements are not announced any more: their news is old."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.recorder import MigrationRecorder


def keep_quiet(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Mark as announced what was opened before the field for it came."""
    recorded = MigrationRecorder(editor.connection).migration_qs
    came = recorded.filter(app="ambassadors", name="0004_announcement").values_list("applied", flat=True).first()
    if came is not None:
        tests = apps.get_model("ambassadors", "ProductTest").objects.using(editor.connection.alias)
        open_ones = tests.filter(state="recruiting", announced_at=None)
        open_ones.filter(draw__committed_at__lt=came).update(announced_at=came)


class Migration(migrations.Migration):
    dependencies = (("ambassadors", "0006_training_reminder"),)
    operations = (migrations.RunPython(keep_quiet, migrations.RunPython.noop, elidable=True),)
