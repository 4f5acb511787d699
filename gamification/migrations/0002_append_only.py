"""The database itself refuses to change or delete what stands in the ledger."""

from django.db import migrations

from community.append_only import append_only


class Migration(migrations.Migration):
    """Triggers on the ledger."""

    dependencies = (("gamification", "0001_initial"),)
    operations = (append_only("gamification_entry"),)
