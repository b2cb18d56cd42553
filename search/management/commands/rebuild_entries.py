"""Writes every published entry anew."""

from django.core.management.base import BaseCommand

from search.entries.actions import rebuild_entries

STEP = 100


class Command(BaseCommand):
    help = "Project every page onto its published entry again. Safe at any time."

    def handle(self, *args, **options):
        done = rebuild_entries(self._progress)
        self.stdout.write(f"{done} pages")

    def _progress(self, done: int) -> None:
        if done % STEP == 0:
            self.stdout.write(f"{done} ...")
