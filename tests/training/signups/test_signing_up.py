"""One signs up in steps, with no script and no cookie, and nothing that was typed is lost."""

import json
import re
from threading import Thread

import pytest
from django.db import connections
from django.utils import timezone

from site_core.languages.registry import LANGUAGES
from site_core.outbox.models import Message
from tests.training.signups.courses import (
    AILA,
    Resident,
    course_with,
    fields,
    mail_to,
    only,
    signed_up,
)
from tests.training.signups.making import join, seats
from training.questions import Question
from training.signups.actions import drop_hold
from training.signups.models import Seat, SignUp

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def course(one_page):
    return one_page


def test_a_plain_course_takes_one_page_and_one_mail(course):
    aila = Resident(course)
    page = aila.open()
    assert fields(page, aila.address())["step"] == ["who"]
    assert seats(only(course)) == {"free": 2}
    done = aila.send(**AILA)
    assert (done.status_code, done.url) == (303, aila.address("signup_sent"))
    signup = signed_up(course, "aila@example.org")
    assert (signup.status, signup.language, signup.size) == ("unconfirmed", "fi", 1)
    assert [person.name for person in signup.attendees.all()] == ["Aila"]
    assert mail_to("aila@example.org").kind == "signup_confirm"
    assert seats(only(course)) == {"held": 1, "free": 1}


def test_all_steps_are_carried_to_the_end_while_seats_are_held(long_course):
    second = long_course.offerings.all()[1]
    aila = Resident(long_course)
    aila.open()
    page = aila.send(group=second.pk, size=2, role="Carers")
    assert seats(second) == {"held": 2, "free": 3}
    assert set(Seat.objects.filter(state="held").values_list("pool__role", flat=True)) == {"Carers"}
    assert len(fields(page, aila.address())["hold"][0]) > 20
    aila.send(names="Aila\n Biret  Máret\n", email="aila@example.org", language="se")
    aila.send(interpreter=["fse", "se"], captions="on", access="Step-free", agreed="on")
    asked = Question.objects.order_by("pk")
    done = aila.send(**{f"q{asked[0].pk}": "B", f"q{asked[1].pk}": "no"})
    assert done.status_code == 303
    signup = signed_up(long_course, "aila@example.org")
    assert (signup.offering, signup.size, signup.language) == (second, 2, "se")
    assert signup.pool.role == "Carers"
    assert [person.name for person in signup.attendees.all()] == ["Aila", "Biret Máret"]
    told = dict(signup.answers.values_list("question", "value"))
    needs = json.loads(told.pop(None))
    assert told == {asked[0].pk: "B", asked[1].pk: "no"}
    assert (needs["interpreter"], needs["captions"]) == (["fse", "se"], True)
    assert needs["consent"]
    assert needs["consented_at"]
    assert seats(second) == {"held": 2, "free": 3}


def test_no_step_has_more_than_six_fields(long_course):
    for number in range(8):
        Question.objects.create(course=long_course, text=f"Question {number}?")
    aila = Resident(long_course)
    counts = [len(aila.open().context["fields"])]
    typed = {"size": 1, "role": "-", "group": long_course.offerings.first().pk, **AILA}
    while (page := aila.send(**typed)).status_code == 200:
        counts.append(len(page.context["fields"]))
        typed = {f"q{Question.objects.get(text='May we?').pk}": "yes"}
        if page.context["step"] == "who":
            typed = AILA
    assert counts == [3, 3, 4, 6, 4]


def test_going_back_keeps_all_that_was_typed_and_the_seats(long_course):
    first, second = long_course.offerings.all()
    aila = Resident(long_course)
    aila.open()
    aila.send(group=first.pk, size=1, role="-")
    aila.send(**AILA)
    page = aila.send(back="1", access="Step-free")
    assert fields(page, aila.address())["name"] == ["Aila"]
    page = aila.send(back="1")
    assert fields(page, aila.address())["group"] == [str(first.pk)]
    aila.send(group=second.pk)
    assert (seats(first), seats(second)) == ({"free": 5}, {"free": 4, "held": 1})
    page = aila.send()
    assert fields(page, aila.address())["access"] == ["Step-free"]


def test_faults_are_told_at_their_fields_and_nothing_is_lost(long_course):
    aila = Resident(long_course)
    aila.open()
    page = aila.send(size="9")
    assert [fault.field for fault in page.context["faults"]] == ["group", "size"]
    aila.send(group=long_course.offerings.first().pk, size=2, role="Carers")
    page = aila.send(names="Aila", email="nonsense", language="xx")
    assert [fault.field for fault in page.context["faults"]] == ["names", "email", "language"]
    assert fields(page, aila.address())["names"] == ["Aila"]
    aila.send(names="Aila\nBiret", email="aila@example.org", language="fi")
    page = aila.send(access="Step-free")
    assert [fault.field for fault in page.context["faults"]] == ["agreed"]
    aila.send(access="")
    page = aila.send()
    assert page.context["faults"]
    assert not SignUp.objects.exists()


@pytest.mark.parametrize("name", ["A\x00ila", "<b>Aila</b>", "Ä" * 150])
def test_odd_names_are_kept_as_far_as_they_can_be(course, name):
    aila = Resident(course)
    aila.open()
    assert aila.send(**{**AILA, "name": name}).status_code == 303
    kept = signed_up(course, AILA["email"]).attendees.get().name
    assert kept == name.replace("\x00", "")


@pytest.mark.parametrize("nonsense", [{"step": "x"}, {"key": "x"}, {"hold": "x"}, {"group": "9"}])
def test_hidden_fields_may_hold_nonsense(course, nonsense):
    aila = Resident(course)
    aila.open()
    assert aila.send(**AILA, **nonsense).status_code in (200, 303)


def test_the_same_form_twice_is_one_sign_up(course):
    aila = Resident(course)
    form = aila.open()
    first = aila.send(**AILA)
    aila.page = form
    second = aila.send(**AILA)
    assert (first.url, second.status_code) == (second.url, 303)
    assert SignUp.objects.count() == 1
    assert Message.objects.filter(to=AILA["email"]).count() == 1


def test_the_same_form_twice_is_one_sign_up_also_for_the_last_place(tree):
    course = course_with(1)
    aila = Resident(course)
    form = aila.open()
    aila.send(**AILA)
    aila.page = form
    assert aila.send(**AILA).status_code == 303
    assert SignUp.objects.count() == 1


@pytest.mark.race
def test_a_double_click_is_one_sign_up(course):
    aila = Resident(course)
    page, answers = aila.open(), []

    def click():
        one = Resident(course)
        one.page = page
        answers.append(one.send(**AILA).status_code)
        connections.close_all()

    clicks = [Thread(target=click) for _ in range(2)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert answers == [303, 303]
    assert SignUp.objects.count() == 1


@pytest.mark.leak
@pytest.mark.parametrize("length", [None, 0])
@pytest.mark.parametrize("taken", [0, 1])
def test_nobody_learns_whether_an_address_is_signed_up(tree, length, taken):
    """The same answer for one that is and one that is not, whether there is room or none."""
    course = course_with(1 + taken, waiting_list_length=length)
    aila = Resident(course)
    aila.open()
    form = aila.page
    aila.send(**AILA)
    if taken:
        join(only(course), "early", now=timezone.now())
    answers = []
    for email in (AILA["email"], "stranger@example.org"):
        one = Resident(course)
        one.page = form
        sent = {"email": email, "name": "Somebody", "key": "9f5f2f5e-0000-4000-8000-000000000000"}
        page = one.send(**sent)
        answers.append((page.status_code, page.get("Location"), told(page, email)))
        SignUp.objects.filter(email="stranger@example.org").delete()
    assert answers[0] == answers[1]


def told(page, email: str) -> str:
    """What a page says, without what differs between any two forms."""
    text = page.content.decode().replace(email, "…")
    return re.sub(r'name="opened" value="[^"]*"', "", text)


def test_looking_changes_nothing_and_sets_no_cookie(long_course):
    aila = Resident(long_course)
    for name in ("signup", "signup_sent", "next_time", "next_time_sent", "course_calendar"):
        for ask in (aila.client.get, aila.client.head):
            response = ask(aila.address(name))
            assert (response.status_code, dict(response.cookies)) == (200, {})
            assert "Cookie" not in response.get("Vary", "")
    assert not Seat.objects.exclude(state="free").exists()
    aila.open()
    assert not aila.send(group=long_course.offerings.first().pk).cookies


def test_pages_are_kept_by_no_shared_cache_and_no_search_engine(course):
    page = Resident(course).open()
    assert "private" in page["Cache-Control"]
    assert "no-store" not in page["Cache-Control"]  # going back shows what was typed
    assert b'content="noindex"' in page.content


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_form_with_foreign_words_marked(long_course, language):
    aila = Resident(long_course, language)
    page = aila.open()
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.content.decode()
    marked = '<span lang="fi">Carers</span>' in page.content.decode()
    assert marked is (language != "fi")
    page = aila.send(group=long_course.offerings.first().pk, size=1, role="-")
    assert fields(page, aila.address())["language"] == [language]


def test_the_swedish_page_takes_the_same_seat(tree):
    course = course_with(1)
    anna = Resident(course, "sv")
    anna.open()
    anna.send(name="Anna", email="anna@example.org")
    assert signed_up(course, "anna@example.org").language == "sv"
    assert fields(Resident(course).open(), Resident(course).address())["queue"] == ["1"]


def test_the_number_of_queries_does_not_grow_with_groups(tree, django_assert_num_queries):
    small, large = course_with(3), course_with(3, 3, 3, 3, title="Large")
    for course in (small, large):
        aila = Resident(course)
        aila.open()
        with django_assert_num_queries(10, exact=False):
            assert aila.open().status_code == 200


def test_dropping_the_hold_of_a_stranger_needs_her_token(long_course):
    aila = Resident(long_course)
    aila.open()
    aila.send(group=long_course.offerings.first().pk, size=1, role="-")
    drop_hold(long_course.offerings.first(), "guess")
    assert Seat.objects.filter(state="held").count() == 1
