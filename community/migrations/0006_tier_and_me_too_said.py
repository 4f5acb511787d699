"""The tier of an ambassador in what a name shows; finds who said "same question" lately without reading all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("community", "0005_merged_posts"),)
    operations = (
        migrations.AddField(
            model_name="standing",
            name="tier",
            field=models.JSONField(blank=True, default=dict, verbose_name="tier"),
        ),
        migrations.AddIndex(
            model_name="metoo",
            index=models.Index(condition=models.Q(("value", 1)), fields=["at"], name="me_too_said"),
        ),
    )
