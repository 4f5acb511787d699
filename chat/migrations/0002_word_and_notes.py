import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="rating",
            name="word",
            field=models.CharField(blank=True, max_length=300, verbose_name="word to the person"),
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=1000, verbose_name="note")),
                ("at", models.DateTimeField(verbose_name="written")),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "responder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="chat.responder"
                    ),
                ),
                (
                    "visitor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="chat.visitor",
                    ),
                ),
            ],
            options={
                "verbose_name": "note",
                "verbose_name_plural": "notes",
                "ordering": ("id",),
                "indexes": [models.Index(fields=["at"], name="note_at")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("visitor__isnull", False)),
                        fields=("responder", "visitor"),
                        name="note_visitor_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("member__isnull", False)),
                        fields=("responder", "member"),
                        name="note_member_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("member", None), ("visitor__isnull", False)),
                            models.Q(("member__isnull", False), ("visitor", None)),
                            _connector="OR",
                        ),
                        name="note_about_somebody",
                    ),
                ],
            },
        ),
    ]
