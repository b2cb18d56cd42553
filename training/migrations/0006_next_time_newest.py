"""A wish to hear of the next time knows which group was the newest when it was asked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0005_cancelled_groups")]

    operations = [
        migrations.AddField(
            model_name="nexttime",
            name="newest",
            field=models.BigIntegerField(default=0, editable=False),
        ),
    ]
