"""One evaluation: documents loaded and indexed, queries asked, answers ready to be measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from search.sync.rebuilding import rebuild

from .asking import Shown, ask
from .judged import JudgedSet
from .loading import load, newest_day
from .metrics import Answer


@dataclass(frozen=True)
class Evaluation:
    """What was shown for each query by its id, and what was passed over on the way."""

    judged: JudgedSet
    shown: dict[str, Shown]
    remarks: tuple[str, ...]

    @property
    def answers(self) -> list[Answer]:
        """The answers to all queries, in the order of the file."""
        return [self.shown[query.qid].answer(query) for query in self.judged.queries]

    @property
    def run(self) -> dict[str, list[str]]:
        """The ids of the documents shown for each query, the first first."""
        return {
            qid: [document.id for document in shown.documents] for qid, shown in self.shown.items()
        }


def evaluate(judged: JudgedSet) -> Evaluation:
    """Ask all queries of the engine and the database at hand, which hold no other entries.

    It is the day after the newest document, so the same file gives the same figures in any year.

    Raises:
        EngineError: Elasticsearch is asked and does not answer, so the database would.
    """
    newest = newest_day(judged.documents)
    now = newest + timedelta(days=1) if newest else timezone.now()
    loaded, remarks = load(judged.documents)
    if settings.SEARCH_URL:
        rebuild()
    shown = {query.qid: ask(query, loaded, now) for query in judged.queries}
    return Evaluation(judged, shown, (*judged.remarks, *remarks))
