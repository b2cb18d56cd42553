"""The worker process."""

from contextlib import nullcontext
from datetime import datetime

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from site_core.worker import rehearsal, stopping
from site_core.worker.working import Worker


class Command(BaseCommand):
    help = "Send mail, publish what is scheduled, run Wagtail's tasks and all else time brings."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="run every loop once and end")
        parser.add_argument(
            "--at", metavar="ISO_TIME", help="with --once: as if it were then (not in production)"
        )

    def handle(self, *args, once: bool, at: str | None, **options):
        moment = self._moment(once, at)
        if not once:
            stopping.forget()
            stopping.listen()
            Worker().run()
            return
        with rehearsal.at(moment) if moment else nullcontext():
            round_ = Worker().run_once()
        for name, count in round_.done.items():
            self.stdout.write(f"{name}: {count}")
        for name in round_.busy:
            self.stdout.write(f"{name}: another worker is at it")
        if round_.failed:
            raise CommandError(f"Failed: {', '.join(round_.failed)}; why stands in the log.")

    def _moment(self, once: bool, at: str | None) -> datetime | None:
        """The time to work at; None for the real one. Raises CommandError where it may not be."""
        if at is None:
            return None
        if not once:
            raise CommandError("--at needs --once.")
        if not settings.REHEARSALS:
            raise CommandError("--at is for rehearsals: it would mix times in a portal in use.")
        try:
            moment = parse_datetime(at)
        except ValueError:
            moment = None
        if moment is None:
            raise CommandError(f"{at!r} is not a time like 2026-12-01T09:00.")
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
