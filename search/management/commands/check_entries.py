"""Compares every published entry with its page; for the nightly check."""

from django.core.management.base import BaseCommand

from search.entries.actions import find_disagreements, repair_entries


class Command(BaseCommand):
    help = "List where page and entry disagree. Exit code 1 if anywhere, mended or not."

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true", help="mend what disagrees")

    def handle(self, *args, **options):
        found = repair_entries() if options["repair"] else find_disagreements()
        for disagreement in found:
            self.stdout.write(f"{disagreement.path}: {disagreement.what}")
        if found:
            raise SystemExit(1)
        self.stdout.write("Pages and entries agree.")
