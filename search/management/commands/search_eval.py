"""Measures how well the public search answers judged queries."""

import json
import signal
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from search.evaluation.judged import JudgedSetError, read_judged_set
from search.evaluation.metrics import report
from search.evaluation.running import Evaluation, evaluate
from search.evaluation.scratch import ENGINES, ScratchError, scratch_place
from search.evaluation.tables import shortfalls, table
from search.sync.indices import EngineError


class Command(BaseCommand):
    help = "Ask judged queries of a scratch copy of the public search and print how well it does."
    requires_system_checks = []  # they would look at the portal's own database

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="documents and judged queries, JSON")
        parser.add_argument("--engine", choices=ENGINES, default="sqlite")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")
        parser.add_argument("--run", type=Path, metavar="OUT", help="write {query: [documents]}")
        parser.add_argument("--worst", type=int, default=0, metavar="N", help="name the N worst")

    def handle(self, *, file, engine, run, worst, **options):
        for ending in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(ending, signal.default_int_handler)
        try:
            judged = read_judged_set(file)
            with scratch_place(engine):
                found = evaluate(judged)
        except (JudgedSetError, ScratchError, EngineError) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            sys.exit(128 + signal.SIGINT)
        for remark in found.remarks:
            self.stderr.write(remark, self.style.NOTICE)
        if run:
            _write(run, json.dumps(found.run, indent=1))
        self._print(found, options["json"], worst)

    def _print(self, found: Evaluation, as_json: bool, worst: int) -> None:
        figures = report(found.answers)
        self.stdout.write(json.dumps(figures, indent=1) if as_json else table(figures))
        if worst:
            out = self.stderr if as_json else self.stdout
            out.write(shortfalls(found, worst))


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
