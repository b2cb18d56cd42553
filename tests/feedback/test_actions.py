"""Feedback is kept once, goes to whom it concerns, is settled once and answered by mail."""

import uuid
from collections import Counter
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry

from site_core.feedback import actions
from site_core.feedback.models import Feedback, HelpfulCount
from site_core.outbox.delivery import deliver_due
from site_core.outbox.models import Message
from site_core.throttle.models import Attempt
from site_core.worker.loops import run_all
from tests.factories.organisations import MembershipFactory, OrganisationFactory, PersonFactory
from tests.search.making import make_entry

from .making import RECEIVED, feedback

pytestmark = pytest.mark.django_db
WAIT = 30


@pytest.fixture
def editor():
    return PersonFactory(is_superuser=True)


@pytest.mark.parametrize(
    ("kind", "theirs"),
    [("wrong_information", True), ("helpful", True), ("accessibility", False), ("general", False)],
)
def test_what_concerns_the_content_goes_to_its_organisation(kind, theirs):
    owner = OrganisationFactory()
    entry = make_entry("Neuvonta", organisation=owner)
    kept = feedback(kind, entry=entry)
    assert kept.organisation == (owner if theirs else None)
    assert (kept.entry_key, kept.about) == (entry.key, "Neuvonta")
    assert kept.reference == f"SP-{kept.pk:04}"


def test_the_same_message_sent_twice_is_kept_once():
    first = feedback(text="Sama", now=RECEIVED)
    assert feedback(text="Sama", now=RECEIVED + timedelta(minutes=9)) == first
    assert feedback(text="Toinen", now=RECEIVED) != first
    assert feedback(text="Sama", email="a@example.org", now=RECEIVED) != first
    assert feedback(text="Sama", now=RECEIVED + timedelta(minutes=11)) != first


def test_a_reader_finds_the_version_that_is_public(settings):
    key = uuid.uuid4()
    make_entry("Piilossa", key=key, language="sv", is_public=False)
    shown = make_entry("Näkyvissä", key=key)
    assert actions.entry_about(key, "sv", RECEIVED) == shown
    assert actions.entry_about(uuid.uuid4(), "fi", RECEIVED) is None
    assert actions.entry_about(None, "fi", RECEIVED) is None


@pytest.mark.parametrize(
    ("language", "subject"), [("fi", "Vastaus palautteeseesi"), ("sv", "Svar på din respons")]
)
def test_the_answer_is_mailed_in_the_language_of_the_message(language, subject, editor, mailoutbox):
    asked = feedback(text="Ovi <ei> aukea & jää kiinni", email="a@example.org", language=language)
    actions.answer(asked, "Korjattu & <valmis>.", by=editor)
    assert mailoutbox == []
    deliver_due(timezone.now())
    (mail,) = mailoutbox
    assert mail.to == ["a@example.org"]
    assert mail.subject == f"{subject} {asked.reference}"
    assert "Korjattu & <valmis>." in mail.body
    assert "Ovi <ei> aukea & jää kiinni" in mail.body
    assert "<span" not in mail.body
    asked.refresh_from_db()
    assert (asked.state, asked.settled_by) == (Feedback.State.ANSWERED, editor)
    assert ModelLogEntry.objects.filter(action="feedback.answer", user=editor).count() == 1


def test_without_an_address_nothing_is_mailed(editor):
    actions.answer(feedback(), "Korjattu.", by=editor)
    assert not Message.objects.exists()


def test_what_was_written_is_erased_once_it_is_sent(editor):
    actions.answer(feedback(text="Salaisuus", email="a@example.org"), "Korjattu.", by=editor)
    assert "Salaisuus" in Message.objects.get().html
    deliver_due(timezone.now())
    sent = Message.objects.get()
    assert (sent.state, sent.text, sent.html) == (Message.State.SENT, "", "")
    assert "Salaisuus" not in sent.subject


def test_what_is_settled_is_settled_once(editor):
    closed = feedback()
    actions.close(closed, by=editor)
    with pytest.raises(ValidationError):
        actions.answer(closed, "Myöhässä.", by=editor)
    closed.refresh_from_db()
    assert (closed.state, closed.answer) == (Feedback.State.CLOSED, "")


@pytest.mark.permission
def test_only_staff_and_the_owners_members_settle():
    owner = OrganisationFactory()
    asked = feedback("wrong_information", entry=make_entry("Neuvonta", organisation=owner))
    outsiders = [
        PersonFactory(),
        MembershipFactory().user,
        MembershipFactory(organisation=owner, is_active=False).user,
    ]
    for person in outsiders:
        with pytest.raises(PermissionDenied):
            actions.answer(asked, "Ei minun.", by=person)
        with pytest.raises(PermissionDenied):
            actions.close(asked, by=person)
    actions.close(asked, by=MembershipFactory(organisation=owner).user)
    assert not asked.is_open


def test_the_tally_counts_what_waits(editor):
    feedback(text="Ajoissa", now=RECEIVED)
    feedback(text="Pian", now=RECEIVED - timedelta(days=12))
    feedback(text="Myöhässä", now=RECEIVED - timedelta(days=15))
    actions.close(feedback(text="Suljettu", now=RECEIVED - timedelta(days=15)), by=editor)
    tally = Feedback.objects.tally(RECEIVED)
    assert (tally.waiting, tally.soon, tally.overdue) == (3, 1, 1)
    assert [row.text for row in Feedback.objects.waiting()] == ["Myöhässä", "Pian", "Ajoissa"]
    assert [row.text for row in Feedback.objects.overdue(RECEIVED)] == ["Myöhässä"]


def test_the_clock_erases_addresses_and_attempts_that_have_served(editor):
    waiting = feedback(text="Odottaa", email="odottaa@example.org")
    recent, old = (feedback(text=text, email=f"{text}@example.org") for text in ("a", "b"))
    for settled, days in ((recent, 29), (old, 31)):
        actions.close(settled, by=editor, now=RECEIVED - timedelta(days=days))
    Attempt.objects.create(action="send", subject="x", ends_at=RECEIVED)
    done = run_all(RECEIVED).done
    kept = dict(Feedback.objects.values_list("pk", "email"))
    assert kept == {waiting.pk: "odottaa@example.org", recent.pk: "a@example.org", old.pk: ""}
    assert (done["feedback addresses"], done["attempts"]) == (1, 1)


def test_yes_and_no_are_counted_for_each_day_in_helsinki():
    key = uuid.uuid4()
    evening = RECEIVED.replace(hour=21, minute=59)
    for moment, helped in (
        (evening, True),
        (evening, False),
        (evening, True),
        (evening + timedelta(minutes=1), True),
    ):
        actions.count_help(key, helped=helped, now=moment)
    rows = HelpfulCount.objects.order_by("day").values_list("entry_key", "day", "yes", "no")
    assert list(rows) == [(key, date(2026, 11, 23), 2, 1), (key, date(2026, 11, 24), 1, 0)]


def at_once(deed, threads: int) -> None:
    barrier = Barrier(threads)

    def run() -> None:
        barrier.wait()
        try:
            deed()
        finally:
            connection.close()

    running = [Thread(target=run) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join(WAIT)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_no_answer_is_lost_when_many_count_at_once():
    key = uuid.uuid4()
    at_once(lambda: actions.count_help(key, helped=True, now=RECEIVED), 6)
    assert HelpfulCount.objects.get().yes == 6


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_who_settle_at_once_one_is_told():
    editor, asked, told = PersonFactory(is_superuser=True), feedback(), Counter()

    def settle() -> None:
        try:
            actions.answer(Feedback.objects.get(pk=asked.pk), "Korjattu.", by=editor)
            told["settled"] += 1
        except ValidationError:
            told["too late"] += 1

    at_once(settle, 4)
    assert told == {"settled": 1, "too late": 3}
