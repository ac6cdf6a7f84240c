from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_outgoing_mail")]

    operations = [
        migrations.CreateModel(
            name="Chore",
            fields=[
                ("name", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("left_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={"ordering": ["name"]},
        ),
    ]
