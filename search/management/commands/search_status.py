"""For operators and monitoring: how is the search engine?"""

import json
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand

from search.sync.status import Status, find_status


class Command(BaseCommand):
    help = "Tell how the search engine is and whether it is in step; ends with 1 where it is not."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="all of it as JSON")

    def handle(self, *args, **options):
        status = find_status()
        faults = status.faults()
        if options["json"]:
            self.stdout.write(json.dumps(status.as_json(), indent=2, ensure_ascii=False))
        elif not settings.SEARCH_URL:
            self.stdout.write("No search engine: SEARCH_URL is empty, the database answers.")
        else:
            self._tell(status)
            self.stdout.write("\n".join(faults or ["All is well."]))
        if faults:
            raise SystemExit(1)

    def _tell(self, status: Status) -> None:
        where = status.indices
        lines = {
            "engine": f"{status.url} {status.version} {status.health}".strip(),
            "index": ", ".join(where.live) or "none",
            "being built": where.unfinished,
            "analysis": status.analysis,
            "waiting": f"{status.waiting}, the oldest for {_seconds(status.lag)} s"
            if status.waiting
            else "nothing",
        }
        for name, value in lines.items():
            if value:
                self.stdout.write(f"{name + ':':<13}{value}")


def _seconds(lag: timedelta) -> int:
    return round(lag.total_seconds())
