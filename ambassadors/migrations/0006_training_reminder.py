"""Says when whoever passed a module for one month is reminded."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("ambassadors", "0005_training_renewal"),)
    operations = (
        migrations.AlterField(
            model_name="trainingmodule",
            name="validity_months",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text=(
                    "Empty: without an end. Otherwise it is passed again, with a reminder a month before. What is valid "
                    "for one month is reminded of in its middle."
                ),
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(120),
                ],
                verbose_name="valid for months",
            ),
        ),
    )
