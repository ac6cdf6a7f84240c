import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0004_attachments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="transcript", name="redactions", field=models.JSONField(blank=True, default=list)
        ),
        migrations.AlterField(
            model_name="revision",
            name="kind",
            field=models.CharField(
                choices=[
                    ("edit", "Edit"),
                    ("undo", "Undo"),
                    ("suggestion", "Suggestion"),
                    ("redaction", "Redaction"),
                ],
                max_length=10,
            ),
        ),
        migrations.RemoveConstraint(model_name="revision", name="revision_kind"),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["edit", "undo", "suggestion", "redaction"])), name="revision_kind"
            ),
        ),
        migrations.CreateModel(
            name="RedactionRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_word", models.PositiveIntegerField(blank=True, null=True)),
                ("last_word", models.PositiveIntegerField(blank=True, null=True)),
                ("start_ms", models.PositiveBigIntegerField(blank=True, null=True)),
                ("end_ms", models.PositiveBigIntegerField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("sender", models.CharField(blank=True, max_length=64)),
                ("made_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "talk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="redaction_requests",
                        to="library.talk",
                    ),
                ),
                (
                    "transcript",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="redaction_requests",
                        to="library.transcript",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("first_word", None), ("last_word", None)),
                            ("first_word__lte", models.F("last_word")),
                            _connector="OR",
                        ),
                        name="redaction_request_words_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("account", None), ("email", ""), _negated=True),
                        name="redaction_request_has_a_sender",
                    ),
                ],
            },
        ),
    ]
