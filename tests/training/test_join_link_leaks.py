"""Where a session is joined is told to its confirmed participants on their page, and nowhere else.

A link with a word of its own is set, rotated and used in every way; then all that leaves the portal
or is kept beside it is searched for the word.
"""

import logging
from datetime import timedelta

import pytest
from django.core import serializers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry, Revision

from search.models import Entry
from site_core.outbox.delivery import built, deliver_due
from site_core.outbox.models import Message
from tests.training.conftest import add_page
from tests.training.signups.making import join, of
from training import reminding
from training.calendar_files import personal_calendar, public_calendar
from training.cancelling import cancel_offering
from training.courses import Session
from training.session_actions import move_session, rotate_join_link, set_join_link
from training.sessions import JoinLink
from training.signups.actions import change_capacity
from training.signups.erasing import data_of
from training.signups.links import MINE, make

pytestmark = pytest.mark.leak

WORD = "kanarialinkki"
ADDRESSES = (f"https://meet.example.org/{WORD}-1", f"https://meet.example.org/{WORD}-2")
DAY = timedelta(days=1)


@pytest.fixture
def told(people, caplog, sink):
    """All that was said while a session with a link was set up, changed, held and cancelled, each
    text under where it stands."""
    caplog.set_level(logging.DEBUG)
    page = add_page(people.own)
    offering = people.own.offerings.get()
    session = offering.sessions.get()
    now = timezone.now()
    Session.objects.update(starts_at=now + DAY, ends_at=now + DAY + timedelta(hours=1))
    change_capacity(offering, 1)
    for who in "ab":
        join(offering, who, now=now - timedelta(days=5))
    said = {}
    with CaptureQueriesContext(connection) as queries:
        set_join_link(session, ADDRESSES[0], by=people.trainer)
        rotate_join_link(session, ADDRESSES[1], by=people.trainer)
        reminding.remind(now + timedelta(minutes=1))
        move_session(session, starts_at=now + timedelta(minutes=30), by=people.trainer)
        reminding.remind(now + timedelta(minutes=10))
        page.save_revision(user=people.trainer).publish()
        public, client = Client(), people.client("trainer")
        mine = {who: f"/fi/courses/mine/{make(MINE, of(offering, who).key)}/" for who in "ab"}
        key = page.translation_key
        for address in (
            *(page.get_url(), f"/fi/courses/{key}/sign-up/", f"/fi/courses/{key}/calendar.ics"),
            *("/fi/search/", "/fi/search/?q=kurssi", "/sitemap.xml", mine["b"]),
            *(mine["a"] + "calendar.ics", mine["a"] + "data.json"),
        ):
            answer = public.get(address, follow=True)
            assert answer.status_code == 200, address
            said[address] = answer.content.decode()
        desk = client.get("/desk/courses/", follow=True)
        said["desk"] = desk.content.decode()
        for who in "ab":
            signup = of(offering, who)
            said[f"calendar of {who}"] = personal_calendar(signup, "fi").decode()
            said[f"data of {who}"] = str(data_of(signup))
        said["public calendar"] = public_calendar(people.own, "fi").decode()
        said["own page"] = public.get(mine["a"]).content.decode()
        for message in Message.objects.all():
            said[f"mail {message.key}"] = built(message).message().as_string()
        deliver_due(timezone.now())
    said["sql"] = "\n".join(query["sql"] for query in queries.captured_queries)
    for model in (Entry, Revision, ModelLogEntry, PageLogEntry, Message, JoinLink):
        said[model.__name__] = stored(model)
    cancel_offering(offering, by=people.trainer)
    said["mails"] = "\n".join(mail.as_string() for mail in sink.mails)
    said["log"] = caplog.text
    return said


def stored(model) -> str:
    """All rows of a model as the database has them, encrypted columns as they lie there."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
        return "\n".join(map(str, cursor.fetchall()))


def test_the_link_stands_on_the_participants_page_and_nowhere_else(told):
    assert ADDRESSES[1] in told.pop("own page")
    assert {place for place, text in told.items() if WORD in text} == set()
    assert "REQUEST" in told["mails"]
    assert "INSERT" in told["sql"]


def test_the_earlier_link_is_gone_everywhere(told):
    assert ADDRESSES[0] not in told["own page"]


def test_a_link_cannot_be_read_in_an_exported_row(people):
    session = people.own.offerings.get().sessions.get()
    Session.objects.filter(pk=session.pk).update(starts_at=timezone.now() + DAY)
    assert WORD not in serializers.serialize("json", [session])
    set_join_link(session, ADDRESSES[0])
    assert WORD not in f"{JoinLink.objects.get()!r} {JoinLink.objects.get()}"
    assert WORD not in stored(JoinLink)
