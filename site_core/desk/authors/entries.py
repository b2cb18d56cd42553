"""The list of what is an author's: each entry with where it stands and what to do next.

The same number of queries for one page and for twenty, for one organisation and two hundred.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop
from wagtail.models import Page, Revision, WorkflowState

from news.models import NewsPage
from services.models import OrganisationPage, ServicePage, ServicePointPage
from site_core.desk.authors.branches import branch_of, own_pages
from site_core.desk.authors.kinds import ABOUT_US, Kind, kind_of
from site_core.desk.authors.missing import missing_in
from site_core.languages.fallback import Phrase, say
from site_core.languages.registry import LANGUAGES
from site_core.moderation.models import Decision, Standing
from site_core.moderation.queue import usual_wait, waiting
from site_core.moderation.states import PageState, states_of
from site_core.organisations.models import Organisation
from training.models import TrainingPage
from training.rights import run_by

ON_A_PAGE: Final = 20
CONFIRM_AFTER: Final = timedelta(days=180)
"""How long a live entry goes without its owner's word that it is still true."""

OTHER_NAMES: Final = {
    ServicePointPage: gettext_noop("Service point"),
}
SHOWN_TYPES: Final = (ServicePage, TrainingPage, NewsPage, ServicePointPage, OrganisationPage)

TAGS: Final[dict[PageState, tuple[str, str]]] = {
    PageState.DRAFT: ("", "edit"),
    PageState.IN_REVIEW: ("light", "queue"),
    PageState.CHANGES_ASKED: ("ember", "edit"),
    PageState.REJECTED: ("ember", "cross"),
    PageState.LIVE: ("moss", "check"),
    PageState.LIVE_CHANGED: ("moss", "check"),
    PageState.SCHEDULED: ("light", "clock"),
    PageState.HIDDEN: ("ember", "eye"),
    PageState.EXPIRED: ("", "clock"),
}
"""Look and icon of each state's tag."""

NEXT: Final[dict[PageState, str]] = {
    PageState.DRAFT: gettext_noop("Go on writing, then send it to be checked."),
    PageState.IN_REVIEW: gettext_noop("Nothing to do now: we check it and write to you."),
    PageState.CHANGES_ASKED: gettext_noop("Mend what was asked, then send it again."),
    PageState.REJECTED: gettext_noop("Read why. You may change it and send it again."),
    PageState.LIVE: gettext_noop("Everybody can find it. Change it whenever something changes."),
    PageState.LIVE_CHANGED: gettext_noop(
        "Your changes wait here. Readers see the old text until you send them and we approve."
    ),
    PageState.SCHEDULED: gettext_noop("Nothing to do now: it is published on its day."),
    PageState.HIDDEN: gettext_noop("Nobody sees it now. Check that it is true and confirm it."),
    PageState.EXPIRED: gettext_noop("Its time is over. Copy it if there is a new one."),
}
CONFIRM = gettext_noop("Is everything still true? Read it through and confirm it.")

EDITABLE: Final = frozenset(PageState) - {PageState.IN_REVIEW, PageState.SCHEDULED}


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as its author sees it in the list. `kind` is None where only the full editor fits.

    `said` are the reviewer's words, as typed; `place` and `total` tell the queue. `course` is the
    key of the course it is about, where she may run it.
    """

    page: Page
    kind: Kind | None
    kind_name: Phrase
    organisation: Organisation
    state: PageState
    look: str
    icon: str
    next_step: Phrase
    missing: list[Phrase]
    languages: list[tuple[str, str]]
    decision: Decision | None
    place: int | None
    total: int
    edited_at: datetime | None
    confirmed: date | None
    is_live: bool
    to_confirm: bool
    course: int | None

    @property
    def may_edit(self) -> bool:
        """Whether the light form opens for it now."""
        return self.kind is not None and self.state in EDITABLE

    @property
    def language_told(self) -> str:
        """The own name of its language, where there are versions to tell apart."""
        names = dict(self.languages)
        return names.get(self.page.locale.language_code, "") if len(names) > 1 else ""

    @property
    def may_copy(self) -> bool:
        """Whether another can be made from it."""
        return self.kind is not None and self.kind is not ABOUT_US

    @property
    def queue(self) -> list[str]:
        """The look of each stroke of the queue, one's own among them."""
        place = self.place or 0
        return ["on"] * (place - 1) + ["me"] + [""] * (self.total - place) if place else []


def rows_of(
    request: HttpRequest, number: str | None, organisation_id: int | None = None
) -> tuple[list[Row], PageOfList]:
    """One page of the author's entries, what asks for her first, and where in the list it is."""
    found = Paginator(_ordered(own_pages(request, organisation_id)), ON_A_PAGE).get_page(number)
    return _rows(request, list(found.object_list)), found


def row_of(request: HttpRequest, page: Page) -> Row:
    """One entry as the list would show it."""
    return _rows(request, [page])[0]


def wait_in_words(now: datetime | None = None) -> Phrase | None:
    """The usual wait for an answer, as an author counts it; None where it cannot be told."""
    wait = usual_wait(now or timezone.now())
    if wait is None:
        return None
    days = max(1, round(wait / timedelta(days=1)))
    if wait < timedelta(hours=24):
        return say(gettext_noop("The answer usually comes within a day."))
    return say(
        "The answer usually comes in %(count)s day.",
        plural="The answer usually comes in %(count)s days.",
        count=days,
    )


def _ordered(pages: QuerySet[Page]) -> QuerySet[Page]:
    """What asks for its author first, then what was edited last."""
    types = ContentType.objects.get_for_models(*SHOWN_TYPES).values()
    asked = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_NEEDS_CHANGES,
        base_content_type=ContentType.objects.get_for_model(Page),
    ).values_list("object_id", flat=True)
    first = Case(
        When(pk__in=[int(pk) for pk in asked], then=Value(0)),
        When(standing__hidden_at__isnull=False, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return (
        pages.filter(content_type__in=types, alias_of=None)
        .select_related("content_type", "locale")
        .order_by(first, F("latest_revision_created_at").desc(nulls_last=True), "-pk")
    )


def _rows(request: HttpRequest, pages: list[Page]) -> list[Row]:
    now, ids = timezone.now(), [page.pk for page in pages]
    states = states_of(pages, now=now)
    revisions = Revision.objects.in_bulk([page.latest_revision_id for page in pages])
    standings = Standing.objects.in_bulk(ids)
    decisions = _decisions(pages)
    queue = [int(pk) for pk in waiting().values_list("workflow_state__object_id", flat=True)]
    versions = _versions(pages)
    run = TrainingPage.objects.filter(pk__in=ids, course__in=run_by(request.user))
    courses = dict(run.values_list("pk", "course_id"))
    rows = []
    for page in pages:
        revision = revisions.get(page.latest_revision_id)
        content = revision.content if revision else {}
        kind = kind_of(page.cached_content_type.model_class(), content.get("kind", ""))
        standing, state = standings.get(page.pk), states[page.pk]
        vouched = (standing and standing.last_confirmed) or _day(page.last_published_at)
        live = state in (PageState.LIVE, PageState.LIVE_CHANGED, PageState.HIDDEN)
        due = live and vouched is not None and now.date() - vouched >= CONFIRM_AFTER
        look, icon = TAGS[state]
        rows.append(
            Row(
                page=page,
                kind=kind,
                kind_name=_kind_name(page, kind),
                organisation=branch_of(request, page.path).organisation,
                state=state,
                look=look,
                icon=icon,
                next_step=say(CONFIRM if due and state == PageState.LIVE else NEXT[state]),
                missing=_missing(kind, content) if state == PageState.DRAFT else [],
                languages=versions[page.translation_key],
                decision=_said(decisions.get(page.pk), state),
                place=queue.index(page.pk) + 1 if page.pk in queue else None,
                total=len(queue),
                edited_at=page.latest_revision_created_at,
                confirmed=vouched if live else None,
                is_live=page.live,
                to_confirm=due or state == PageState.HIDDEN,
                course=courses.get(page.pk),
            )
        )
    return rows


def _missing(kind: Kind | None, content: dict[str, Any]) -> list[Phrase]:
    return [say(words) for words in missing_in(kind, content)] if kind else []


def _kind_name(page: Page, kind: Kind | None) -> Phrase:
    model = page.cached_content_type.model_class()
    return say(kind.name if kind else OTHER_NAMES.get(model, gettext_noop("Page")))


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def _said(decision: Decision | None, state: PageState) -> Decision | None:
    """The reviewer's last words, while they are what the author has to answer."""
    asked = state in (PageState.CHANGES_ASKED, PageState.REJECTED)
    return decision if decision is not None and asked else None


def _decisions(pages: list[Page]) -> dict[int, Decision]:
    """The last decision about each page: one query."""
    found = (
        Decision.objects.filter(
            task_state__workflow_state__base_content_type=ContentType.objects.get_for_model(Page),
            task_state__workflow_state__object_id__in=[str(page.pk) for page in pages],
        )
        .select_related("task_state__workflow_state")
        .order_by("decided_at", "pk")
    )
    return {int(each.task_state.workflow_state.object_id): each for each in found}


def _versions(pages: list[Page]) -> dict[Any, list[tuple[str, str]]]:
    """Code and own name of the languages in which each page exists: one query."""
    keys = {page.translation_key for page in pages}
    held: dict[Any, set[str]] = {key: set() for key in keys}
    for key, code in Page.objects.filter(translation_key__in=keys, alias_of=None).values_list(
        "translation_key", "locale__language_code"
    ):
        held[key].add(code)
    return {
        key: [(code, known.own_name) for code, known in LANGUAGES.items() if code in codes]
        for key, codes in held.items()
    }
