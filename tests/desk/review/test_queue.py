"""The queue: order, whose turn, lateness, and queries that do not grow."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import TaskState

from site_core.desk.review.deadline import age_phrase, deadline
from site_core.moderation import actions
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.pages import OrganisationPageFactory, stored
from tests.moderation.conftest import approve, change, write


def queue_of(rounds, who: str):
    return rounds.client(who).get(reverse("desk_queue"))


def rows(answer, which: str) -> list[str]:
    return [row.title for row in answer.context[which]]


@pytest.mark.django_db
def test_what_is_her_turn_stands_first_and_the_rest_has_no_link(rounds, submitted):
    other = write(rounds.home, "Toinen", by=rounds.author)
    actions.submit(other, rounds.author)
    approve(submitted, rounds.language)
    answer = queue_of(rounds, "content")
    assert rows(answer, "mine") == ["Neuvonta"]
    assert rows(answer, "others") == ["Toinen"]
    shown = answer.content.decode()
    state = stored(other).current_workflow_task_state
    assert reverse("desk_review", args=[state.pk]) not in shown
    assert answer.context["mine"][0].step.number == 2
    assert answer.context["mine"][0].step.strokes == ["on", "me"]


@pytest.mark.django_db
def test_the_longest_waiting_is_first_and_late_is_marked(rounds, submitted):
    fresh = write(rounds.home, "Tuore", by=rounds.author)
    actions.submit(fresh, rounds.author)
    TaskState.objects.filter(pk=stored(fresh).current_workflow_task_state.pk).update(
        started_at=timezone.now() - timedelta(days=9)
    )
    answer = queue_of(rounds, "language")
    assert rows(answer, "mine") == ["Tuore", "Neuvonta"]
    assert [row.is_late for row in answer.context["mine"]] == [True, False]
    assert answer.context["late"] == 1


@pytest.mark.django_db
def test_new_change_and_mended_are_told_apart(rounds, submitted, live):
    change(live, by=rounds.author, summary="Toisin.")
    actions.submit(live, rounds.author)
    row = next(r for r in queue_of(rounds, "language").context["mine"] if r.title == "Julkinen")
    assert (row.is_change, row.is_mended) == (True, False)
    actions.ask_changes(
        submitted, rounds.language, stored(submitted).latest_revision_id, "facts", "Lisää."
    )
    assert rows(queue_of(rounds, "language"), "mine") == ["Julkinen"]
    change(submitted, by=rounds.author, summary="Korjattu.")
    actions.submit(submitted, rounds.author)
    row = next(r for r in queue_of(rounds, "language").context["mine"] if r.title == "Neuvonta")
    assert (row.is_change, row.is_mended) == (False, True)


@pytest.mark.permission
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "expected"),
    [("author", 404), ("stranger", 404), ("language", 200), ("editor", 200), ("root", 200)],
)
def test_who_sees_the_queue(rounds, submitted, who, expected):
    answer = queue_of(rounds, who)
    assert answer.status_code == expected
    assert ("Neuvonta" in answer.content.decode()) == (expected == 200)


@pytest.mark.permission
@pytest.mark.django_db
def test_pages_of_ones_own_organisation_are_closed_with_the_reason(rounds, submitted):
    MembershipFactory(user=rounds.language, organisation=rounds.a)
    answer = queue_of(rounds, "language")
    assert rows(answer, "mine") == []
    (row,) = answer.context["others"]
    with translation.override("fi"):
        assert row.reason.text
    assert reverse("desk_review", args=[row.pk]) not in answer.content.decode()


@pytest.mark.leak
@pytest.mark.django_db
def test_the_queue_tells_titles_and_no_text(rounds):
    page = write(rounds.home, "Neuvonta", by=rounds.author, short="Kanarialintu laulaa.")
    actions.submit(page, rounds.author)
    write(rounds.home, "Kanarian kesken", by=rounds.author)
    assert "Kanaria" not in queue_of(rounds, "language").content.decode()


@pytest.mark.django_db
def test_queries_do_not_grow_with_what_waits(rounds):
    """One waiting page or forty of three organisations: the same number of queries."""
    homes = [
        rounds.home,
        *(OrganisationPageFactory(organisation=OrganisationFactory()) for _i in range(2)),
    ]
    page = write(homes[0], "Ensimmäinen", by=rounds.author)
    actions.submit(page, rounds.author)
    counted = []
    for many in (0, 39):
        for number in range(many):
            home = homes[number % 3]
            extra = write(home, f"Sivu {number}", by=rounds.author)
            extra.get_workflow().start(extra, rounds.author)
        client = rounds.client("language")
        client.get(reverse("desk_queue"))  # content types are read once

        with CaptureQueriesContext(connection) as queries:
            answer = client.get(reverse("desk_queue"))
        assert len(answer.context["mine"]) == many + 1
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert counted[0] <= 25


@pytest.mark.parametrize(
    ("submitted", "expected"),
    [
        ("2026-11-23T08:00", "2026-11-25T08:00"),  # Monday to Wednesday
        ("2026-11-26T08:00", "2026-11-30T08:00"),  # Thursday to Monday
        ("2026-11-28T08:00", "2026-12-01T08:00"),  # Saturday to Tuesday
        ("2026-12-04T08:00", "2026-12-08T08:00"),  # Independence Day falls on the Sunday
        ("2026-12-23T08:00", "2026-12-28T08:00"),  # Christmas; its Eve is no public holiday
    ],
)
def test_working_days_are_counted(submitted, expected):
    moment = datetime.fromisoformat(submitted).replace(tzinfo=UTC)
    assert deadline(moment) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("span", "numbers"),
    [
        (timedelta(minutes=40), ["40"]),
        (timedelta(hours=5, minutes=3), ["5"]),
        (timedelta(days=2, hours=4), ["2", "4"]),
        (timedelta(days=2), ["2"]),
        (timedelta(seconds=-5), ["0"]),
    ],
)
def test_an_age_is_told_in_its_largest_units(span, numbers):
    found = [word for word in age_phrase(span).text.split() if word.isdecimal()]
    assert found == numbers
