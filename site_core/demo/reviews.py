"""Work that waits in the demo, so that every desk has something on it.

A new service at the first step, one given back to its author, a change to a live one at the second
step. They go through the same actions as everybody's; the mails they cause are deleted, because
nobody lives at the demo's addresses.
"""

from django.contrib.auth import get_user_model

from services.models import ServicePage
from site_core.demo.branches import ORIGINAL, Branch, organisation_of
from site_core.demo.content import Data, key_of, load
from site_core.demo.pages import service_page
from site_core.demo.people import LOG_INS
from site_core.demo.run import Run
from site_core.moderation import actions
from site_core.outbox.models import Message

LANGUAGE_REVIEWER = "language"


def add_reviews(run: Run) -> None:
    """Submit what is not there yet; people and live pages must be made before."""
    reviews, people = load().reviews, _people()
    for data in reviews["new"]:
        key = key_of("service", data["key"])
        if run.lacks(key, ORIGINAL):
            _submit_new(run, data, people)
    for data in reviews["changes"]:
        key = key_of("service", data["service"])
        page = ServicePage.objects.filter(translation_key=key, locale__language_code=ORIGINAL)
        if (found := page.first()) is not None and not found.workflow_states.exists():
            _submit_change(found, data, people)
    addresses = [person.email for person in people.values()]
    Message.objects.filter(to__in=addresses).delete()


def _people() -> dict[str, object]:
    names = [each.username for each in LOG_INS]
    return {user.username: user for user in get_user_model().objects.filter(username__in=names)}


def _submit_new(run: Run, data: Data, people: dict[str, object]) -> None:
    organisation = next(o for o in load().organisations if o["key"] == data["organisation"])
    branch = Branch(run, organisation_of(organisation), organisation)
    author = people[data["author"]]
    page = service_page(branch, data, data, ORIGINAL)
    page.owner = author
    run.add(branch.page(ORIGINAL), page, key=key_of("service", data["key"]), language=ORIGINAL)
    page.save_revision(user=author)
    actions.submit(page, author)
    if "asked" in data:
        page.refresh_from_db()
        reviewer = people[LANGUAGE_REVIEWER]
        actions.ask_changes(page, reviewer, page.latest_revision_id, **data["asked"])


def _submit_change(page: ServicePage, data: Data, people: dict[str, object]) -> None:
    author = people[data["author"]]
    draft = page.get_latest_revision_as_object()
    draft.summary = data["summary"]
    draft.save_revision(user=author)
    actions.submit(page, author)
    page.refresh_from_db()
    actions.approve(page, people[data["approved_by"]], page.latest_revision_id)
