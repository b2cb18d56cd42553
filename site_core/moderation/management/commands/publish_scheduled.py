"""Takes the place of Wagtail's command of the same name; the worker does the same by itself."""

from django.core.management.base import BaseCommand

from site_core.moderation.actions import publish_due


class Command(BaseCommand):
    help = "Publish what is scheduled and take down what has expired, once."

    def handle(self, *args, **options):
        done = publish_due()
        self.stdout.write(", ".join(f"{count} {name}" for name, count in done.items()))
        if done["failed"]:
            raise SystemExit(1)
