from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("library", "0006_transcript_languages")]

    operations = [
        migrations.AddField(model_name="revision", name="turns", field=models.JSONField(blank=True, default=list)),
        migrations.AlterField(
            model_name="revision",
            name="kind",
            field=models.CharField(
                choices=[
                    ("edit", "Edit"),
                    ("undo", "Undo"),
                    ("suggestion", "Suggestion"),
                    ("redaction", "Redaction"),
                    ("renaming", "Renaming"),
                ],
                max_length=10,
            ),
        ),
        migrations.RemoveConstraint(model_name="revision", name="revision_kind"),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(kind__in=["edit", "undo", "suggestion", "redaction", "renaming"]),
                name="revision_kind",
            ),
        ),
    ]
