"""A wish to hear of the next time gets a public key for its link."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0003_participants")]

    operations = [
        migrations.AddField(
            model_name="nexttime",
            name="key",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
    ]
