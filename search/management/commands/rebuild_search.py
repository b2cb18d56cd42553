"""Builds the search engine's index anew."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search.sync.indices import EngineError
from search.sync.rebuilding import LOOP, rebuild
from site_core.worker.working import by_hand


class Command(BaseCommand):
    help = "Build a new index beside the one in use and put it in its place. Safe at any time."

    def handle(self, *args, **options):
        if not settings.SEARCH_URL:
            raise CommandError("There is no search engine: SEARCH_URL is empty.")
        with by_hand(LOOP) as mine:
            if not mine:
                raise CommandError("Another process is building the index.")
            try:
                count = rebuild(self._tell if options["verbosity"] > 1 else lambda step: None)
            except EngineError as error:
                raise CommandError(str(error)) from error
        self.stdout.write(f"{count} entries")

    def _tell(self, step: str) -> None:
        self.stdout.write(step)
