"""The database itself refuses to change or delete what stands in the journal."""

from django.db import migrations

from community.append_only import append_only


class Migration(migrations.Migration):
    """Triggers on the journal."""

    dependencies = (("community", "0001_initial"),)
    operations = (append_only("community_activity"),)
