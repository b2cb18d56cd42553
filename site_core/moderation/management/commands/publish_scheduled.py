"""Takes the place of Wagtail's command of the same name."""

from django.core.management.base import BaseCommand

from site_core.moderation.actions import publish_due


class Command(BaseCommand):
    help = "Publish what is scheduled and take down what has expired."

    def handle(self, *args, **options):
        done = publish_due()
        self.stdout.write(
            f"{done['published']} published, {done['expired']} expired, {done['failed']} failed"
        )
        if done["failed"]:
            raise SystemExit(1)
