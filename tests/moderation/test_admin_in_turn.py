"""Wagtail's compare, history and revisions: open to the reviewer in turn, and to no other."""

import pytest
from django.urls import reverse

from site_core.moderation import actions
from tests.factories.pages import body, stored
from tests.moderation.conftest import approve, change

pytestmark = [pytest.mark.django_db, pytest.mark.permission, pytest.mark.leak]

CANARY = "Kanarialintu"


@pytest.fixture
def waiting(rounds, live):
    """A change to a public page that waits for the language reviewers."""
    change(live, by=rounds.author, title=f"{CANARY} otsikko", body=body(f"{CANARY} laulaa."))
    actions.submit(live, rounds.author)
    return stored(live)


def addresses(page) -> dict[str, str]:
    latest = page.latest_revision_id
    return {
        "compare": reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", latest]),
        "history": reverse("wagtailadmin_pages:history", args=[page.pk]),
        "history results": reverse("wagtailadmin_pages:history_results", args=[page.pk]),
        "revision": reverse("wagtailadmin_pages:revisions_view", args=[page.pk, latest]),
        "edit": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }


def opened(rounds, who: str, page) -> set[str]:
    """Which of the addresses open for a person; what does not open must tell nothing."""
    client, found = rounds.client(who), set()
    for name, address in addresses(page).items():
        answer = client.get(address)
        if answer.status_code == 200:
            found.add(name)
        else:
            assert CANARY not in answer.content.decode(), (who, name)
            following = client.get(address, follow=True)
            assert CANARY not in following.content.decode(), (who, name)
    return found


def test_the_reviewer_in_turn_compares_and_reads_the_history(rounds, waiting):
    everything = set(addresses(waiting))
    assert opened(rounds, "language", waiting) >= everything - {"revision"}
    compared = rounds.client("language").get(addresses(waiting)["compare"])
    assert CANARY in compared.content.decode()


def test_nobody_else_does(rounds, waiting):
    assert opened(rounds, "content", waiting) == set()
    assert opened(rounds, "stranger", waiting) == set()


def test_the_turn_goes_on_and_the_door_closes(rounds, waiting):
    approve(waiting, rounds.language)
    assert {"compare", "history"} <= opened(rounds, "content", waiting)
    assert opened(rounds, "language", waiting) == set()
    approve(waiting, rounds.content)
    assert stored(waiting).live_revision_id == stored(waiting).latest_revision_id


def test_after_the_last_decision_nothing_is_open(rounds, waiting):
    actions.ask_changes(waiting, rounds.language, waiting.latest_revision_id, "plain", "Selkeytä.")
    for who in ("language", "language2", "content"):
        assert opened(rounds, who, waiting) == set()


def test_a_draft_that_nobody_submitted_is_closed_to_reviewers(rounds, live):
    page = change(live, by=rounds.author, title=f"{CANARY} otsikko")
    for who in ("language", "content", "stranger"):
        assert opened(rounds, who, page) == set()
    assert {"compare", "history"} <= opened(rounds, "author", page)  # the control
