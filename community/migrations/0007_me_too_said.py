"""Finds who said "same question" lately without reading everybody who ever did."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("community", "0006_tier"),)
    operations = (
        migrations.AddIndex(
            model_name="metoo",
            index=models.Index(condition=models.Q(("value", 1)), fields=["at"], name="me_too_said"),
        ),
    )
