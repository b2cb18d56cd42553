"""A page's history: what it tells, to whom, and what it keeps back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.log_actions import log

from site_core.moderation import actions
from tests.factories.organisations import MembershipFactory
from tests.factories.pages import stored
from tests.moderation.conftest import approve, change

pytestmark = pytest.mark.django_db


def history(rounds, who, page):
    return rounds.client(who).get(reverse("desk_history", args=[page.pk]))


def asked(page, by):
    actions.ask_changes(page, by, stored(page).latest_revision_id, "plain", "Kanarialintu laulaa.")


@pytest.mark.permission
@pytest.mark.leak
@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("author", 200),
        ("colleague", 200),
        ("editor", 200),
        ("root", 200),
        ("stranger", 404),
        ("language", 404),
        ("content", 404),
    ],
)
def test_who_reads_it_when_nobody_has_to_review(rounds, submitted, who, expected):
    asked(submitted, rounds.language)
    answer = history(rounds, who, submitted)
    assert answer.status_code == expected
    assert ("Kanarialintu" in answer.content.decode()) == (expected == 200)


@pytest.mark.permission
def test_the_reviewer_reads_it_in_her_turn_only(rounds, submitted):
    assert history(rounds, "language", submitted).status_code == 200
    assert history(rounds, "content", submitted).status_code == 404
    approve(submitted, rounds.language)
    assert history(rounds, "language", submitted).status_code == 404
    assert history(rounds, "content", submitted).status_code == 200


@pytest.mark.permission
def test_an_ended_membership_reads_nothing(rounds, submitted):
    ended = MembershipFactory(organisation=rounds.a, is_active=False).user
    rounds.people["ended"] = ended
    assert history(rounds, "ended", submitted).status_code == 404
    assert rounds.client("author").get(reverse("desk_history", args=[999999])).status_code == 404


def test_it_tells_every_step_with_reason_and_words(rounds, submitted):
    asked(submitted, rounds.language)
    change(submitted, by=rounds.author, summary="Korjattu.")
    actions.submit(submitted, rounds.author)
    approve(submitted, rounds.language, rounds.content)
    answer = history(rounds, "author", submitted)
    outcomes = [e.decision.outcome for e in answer.context["events"] if e.decision]
    assert outcomes == ["approved", "approved", "changes_asked"]
    assert len({e.step for e in answer.context["events"] if e.decision}) == 2
    times = [event.when for event in answer.context["events"]]
    assert times == sorted(times, reverse=True)


@pytest.mark.leak
def test_a_member_reads_her_colleagues_names_and_no_reviewers(rounds, submitted):
    asked(submitted, rounds.language)
    name = rounds.language.get_full_name()
    assert name not in history(rounds, "colleague", submitted).content.decode()
    assert rounds.author.get_full_name() in history(rounds, "colleague", submitted).content.decode()
    assert name in history(rounds, "editor", submitted).content.decode()


@pytest.mark.leak
def test_a_member_does_not_read_where_a_page_was_moved_from(rounds, draft):
    places = {"id": 1, "title": "Kanarialintu"}
    data = {"source": places, "destination": places}
    log(instance=draft, action="wagtail.move", user=rounds.editor, data=data)
    assert "Kanarialintu" not in history(rounds, "author", draft).content.decode()
    assert "Kanarialintu" in history(rounds, "editor", draft).content.decode()  # the control


def test_drafts_saved_again_and_again_are_one_line(rounds, draft):
    for number in range(5):
        change(draft, by=rounds.author, summary=f"Luonnos {number}.")
    for _number in range(5):
        log(instance=stored(draft), action="wagtail.edit", user=rounds.author)
    counts = [event.count for event in history(rounds, "author", draft).context["events"]]
    assert max(counts) == 5


def test_queries_do_not_grow_with_what_has_happened(rounds, submitted):

    counted = []
    for _round in range(2):
        client = rounds.client("author")
        where = reverse("desk_history", args=[submitted.pk])
        client.get(where)
        with CaptureQueriesContext(connection) as queries:
            client.get(where)
        counted.append(len(queries))
        for _again in range(3):
            asked(submitted, rounds.language)
            actions.submit(submitted, rounds.author)
    assert counted[0] == counted[1]
