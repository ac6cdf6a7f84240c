from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("library", "0005_redactions")]

    operations = [
        migrations.AddConstraint(
            model_name="transcript",
            constraint=models.UniqueConstraint(
                fields=["talk", "language"], condition=~Q(language=""), name="transcript_once_a_language"
            ),
        ),
        migrations.AddConstraint(
            model_name="transcript",
            constraint=models.CheckConstraint(
                condition=Q(position=0) | ~Q(language=""), name="transcript_beside_has_language"
            ),
        ),
    ]
