"""How far those who may apply for a product test were told that it is open."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("ambassadors", "0003_public_chance"),)
    operations = (
        migrations.AddField(
            model_name="producttest",
            name="announced_to",
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="producttest",
            name="announced_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="announced"),
        ),
    )
