"""What has happened to a page: for its organisation, for editors, for the reviewer in turn."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe
from wagtail.log_actions import registry as log_action_registry
from wagtail.models import Page, PageLogEntry, TaskState

from site_core.dates import local_day
from site_core.desk.access import Roles, login_required
from site_core.desk.review.waiting import step_name
from site_core.languages.fallback import Phrase, say
from site_core.moderation import queue
from site_core.moderation.records import Decision
from site_core.organisations.branches import organisation_for_path
from site_core.organisations.models import Membership, Organisation

PER_PAGE = 50
TOLD_OTHERWISE = ("wagtail.workflow.", "wagtail.comments.")
"""Wagtail's own lines about what ours tell better."""

DECIDED = frozenset({"moderation.approve", "moderation.ask_changes", "moderation.reject"})
"""Lines of the log that the decisions themselves stand for."""

NAMES_OTHERS = frozenset(
    {
        "wagtail.move",
        "wagtail.copy",
        "wagtail.copy_for_translation",
        "wagtail.create_alias",
        "wagtail.convert_alias",
    }
)
"""Lines that name a second page: where this one came from or went."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; `count` times on one day by one person."""

    when: datetime
    words: str
    who: Phrase | str
    decision: Decision | None = None
    step: str = ""
    count: int = 1


@require_safe
@login_required
def history(request: HttpRequest, page_id: int) -> HttpResponse:
    """Everything that is known to have happened to a page, the newest first."""
    page = Page.objects.filter(pk=page_id).first()
    if page is None or not may_read_history(request.user, request.roles, page):
        raise Http404
    organisation = organisation_for_path(page.path)
    events = _events(page, _Names(request.user, request.roles, organisation))
    found = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "shown_page": page,
        "title": page.draft_title or page.title,
        "language": page.locale.language_code,
        "organisation": organisation,
        "events": found,
        "turn": _turn(request.user, request.roles, page),
    }
    return render(request, "desk/review/history.html", context)


def may_read_history(user: Any, roles: Roles, page: Page) -> bool:
    """Whether the page is her organisation's, she is an editor, or it is her turn to review it."""
    if roles.editor:
        return True
    organisation = organisation_for_path(page.path)
    if organisation is not None and roles.membership_in(organisation.pk):
        return True
    return _turn(user, roles, page) is not None


def _turn(user: Any, roles: Roles, page: Page) -> int | None:
    if not roles.staff:
        return None
    turns = queue.waiting_for(user).filter(workflow_state__object_id=str(page.pk))
    return turns.values_list("pk", flat=True).first()


class _Names:
    """Names of those who did something. A member reads her colleagues' names, staff all."""

    def __init__(self, user: Any, roles: Roles, organisation: Organisation | None):
        self.user = user
        self.reads_all = roles.staff
        self.colleagues = frozenset(
            Membership.objects.filter(organisation=organisation).values_list("user_id", flat=True)
            if organisation is not None
            else ()
        )

    def name(self, person: Any, *, by_itself: bool = False) -> Phrase | str:
        """The name, or the role where the name is not hers to know."""
        if by_itself:
            return say(gettext_noop("The portal by itself"))
        if person is None:
            return say(gettext_noop("Somebody whose account is gone"))
        if self.reads_all or person.pk in self.colleagues or person.pk == self.user.pk:
            return person.get_full_name() or person.get_username()
        return say(gettext_noop("The portal's people"))

    def words(self, entry: PageLogEntry) -> str:
        """What happened; to a member without the names of other pages, which may be others'."""
        if not self.reads_all and entry.action in NAMES_OTHERS:
            return str(log_action_registry.get_action_label(entry.action))
        return str(entry.message)


def _events(page: Page, names: _Names) -> list[Event]:
    found = [*_logged(page, names), *_decided(page, names)]
    found.sort(key=lambda event: event.when, reverse=True)
    events: list[Event] = []
    for event in found:
        last = events[-1] if events else None
        if last is not None and _same_thing(last, event):
            events[-1] = Event(last.when, last.words, last.who, count=last.count + 1)
        else:
            events.append(event)
    return events


def _same_thing(one: Event, other: Event) -> bool:
    """Whether both tell the same of one day: drafts saved again and again are one line."""
    return (
        one.decision is None
        and other.decision is None
        and (one.words, one.who) == (other.words, other.who)
        and local_day(one.when) == local_day(other.when)
    )


def _logged(page: Page, names: _Names) -> Iterator[Event]:
    entries = (
        PageLogEntry.objects.filter(page=page.pk)
        .exclude(action__in=DECIDED)
        .select_related("user")
        .order_by("-timestamp", "-pk")
    )
    for entry in entries:
        if not entry.action.startswith(TOLD_OTHERWISE):
            who = names.name(entry.user, by_itself=entry.user_id is None)
            yield Event(entry.timestamp, names.words(entry), who)


def _decided(page: Page, names: _Names) -> Iterator[Event]:
    decisions = (
        Decision.objects.filter(task_state__in=TaskState.objects.for_instance(page))
        .select_related("by", "task_state__task")
        .order_by("-decided_at", "-pk")
    )
    for decision in decisions:
        words = decision.get_outcome_display()
        step = step_name(decision.task_state.task)
        yield Event(decision.decided_at, words, names.name(decision.by), decision, step)
