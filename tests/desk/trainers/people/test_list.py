"""The list of a group's people: what it shows, what it does not, and what it costs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry

from site_core.desk.templatetags.desk_onboarding import day_and_time
from tests.support.pages import save_page
from training.signups.actions import cancel, change_capacity
from training.signups.models import Answer, NextTime, SignUp

from .making import come, desk_of, full_group, logged, text_of, told

pytestmark = pytest.mark.django_db
TOO_FEW = "Needs %(size)s places; one is free."
TOO_FEW_PLURAL = "Needs %(size)s places; %(count)s are free."
BEHIND = "A group of %(size)s stands first, and one place is free."
BEHIND_PLURAL = "A group of %(size)s stands first, and %(count)s places are free."
NEXT = "One person wants to hear of the next course."
NEXT_PLURAL = "%(count)s people want to hear of the next course."
OVER = "There is one person more than there are places."
OVER_PLURAL = "There are %(count)s people more than there are places."


def plain(response) -> str:
    """The words of the page."""
    return " ".join(re.sub(r"<[^>]+>", " ", text_of(response)).split())


def test_seats_people_and_the_queue_with_its_reasons():
    desk = desk_of(full_group())
    page = desk.get("people")
    save_page("desk_people", page.content)
    words = plain(page)
    for each in (
        told("%(taken)s of %(all)s places taken", taken=2, all=3),
        told("%(number)s kept for the queue", number=1),
        told("%(number)s waiting", number=3),
        "Aino Aalto",
        "aino@example.org",
        "davvisámegiella",
        "Pirkko Puro, Pekka Puro",
        told(TOO_FEW, plural=TOO_FEW_PLURAL, count=1, size=2),
        told(BEHIND, plural=BEHIND_PLURAL, count=1, size=2),
        told("Number %(place)s in the queue", place=2),
    ):
        assert each in words, each
    assert words.index("Pirkko") < words.index("Veikko")
    assert "no-store" in page["Cache-Control"]


def test_over_by_and_full_are_told():
    group = full_group()
    cancel(SignUp.objects.get(email="pirkko@example.org"))
    change_capacity(group, 1)
    words = plain(desk_of(group).get("people"))
    assert told(OVER, plural=OVER_PLURAL, count=2) in words


def test_who_is_unconfirmed_has_her_time_and_who_is_over_is_folded_away():
    group = full_group()
    change_capacity(group, 9)
    come(group, "Uuno Uusi", confirmed=False, now=timezone.now())
    cancel(SignUp.objects.get(email="aino@example.org"))
    page = text_of(desk_of(group).get("people"))
    folded = page[page.index('<details class="more"') :]
    assert "Aino Aalto" in folded
    assert "Aino Aalto" not in page[: page.index('<details class="more"')]
    held = day_and_time(SignUp.objects.get(email="uuno@example.org").confirm_until)
    assert told("The place is held until %(until)s.", until=held) in page


def test_those_who_wait_for_the_next_time_are_a_number_only():
    desk = desk_of(full_group())
    for number, at in enumerate((timezone.now(), timezone.now(), None)):
        NextTime.objects.create(
            course=desk.group.course,
            email=f"n{number}@x.fi",
            language="fi",
            confirmed_at=at,
            created_at=timezone.now(),
        )
    page = desk.get("people")
    assert told(NEXT, plural=NEXT_PLURAL, count=2) in plain(page)
    assert "@x.fi" not in text_of(page)


@pytest.mark.leak
def test_what_people_need_and_answer_is_on_no_page_but_its_own():
    group = full_group()
    Answer.objects.create(
        signup=SignUp.objects.get(email="aino@example.org"), value='{"diet": "keliakia"}'
    )
    desk = desk_of(group)
    for name in ("people", "list", "message", "files", "attendance", "needs"):
        assert "keliakia" not in text_of(desk.get(name)), name
    shown = desk.post("needs")
    assert "keliakia" in text_of(shown)
    assert "Veikko" not in text_of(shown)
    assert (logged("view_needs").data, logged("view_needs").user) == ({"shown": 1}, desk.person)


def test_where_nobody_has_told_anything_it_is_said():
    assert told("Nobody has told anything.") in text_of(desk_of(full_group()).post("needs"))


def test_every_look_is_written_down_without_a_name():
    desk = desk_of(full_group())
    for name, shown in (("people", 4), ("list", 2), ("message", 4)):
        desk.get(name)
        assert (logged("view_people").data, logged("view_people").user) == (
            {"shown": shown},
            desk.person,
        )
    rows = str(list(ModelLogEntry.objects.values_list("data", "label")))
    assert not re.search("aino|puro|example", rows, re.IGNORECASE)


def queries(desk, name: str) -> int:
    desk.get(name)  # what is kept in the process is there now
    with CaptureQueriesContext(connection) as caught:
        assert desk.get(name).status_code == 200
    return len(caught)


@pytest.mark.parametrize("name", ["people", "list", "message", "needs"])
def test_the_number_of_queries_does_not_grow(name):
    counts = []
    for extra in (0, 19, 180):
        group = full_group()
        change_capacity(group, None)
        first = SignUp.objects.filter(offering=group).first()
        more = [
            SignUp(
                offering=group,
                pool_id=first.pool_id,
                email=f"m{number}@example.org",
                language="fi",
                status=("confirmed", "waiting", "cancelled")[number % 3],
                address_confirmed_at=first.created_at,
                created_at=first.created_at,
                changed_at=first.created_at,
            )
            for number in range(3 + extra)
        ]
        SignUp.objects.bulk_create(more)
        counts.append(queries(desk_of(group), name))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 40


def test_a_long_list_has_pages():
    group = full_group()
    change_capacity(group, None)
    for number in range(51):
        come(group, f"Person{number:02} X")
    desk = desk_of(group)
    first, second = desk.get("people"), desk.get("people", confirmed=2)
    assert "Person10 X" in text_of(first)
    assert "Person50 X" not in text_of(first)
    assert "Person50 X" in text_of(second)
    assert desk.get("people", confirmed="x", waiting="-1").status_code == 200
