"""Takes the place of Wagtail's command of the same name."""

from django.core.management.base import BaseCommand

from site_core.moderation.clock import run_clock


class Command(BaseCommand):
    help = "Publish what is scheduled, take down what has expired, move times on."

    def handle(self, *args, **options):
        done = run_clock()
        self.stdout.write(", ".join(f"{count} {name}" for name, count in done.items()))
        if done["failed"]:
            raise SystemExit(1)
