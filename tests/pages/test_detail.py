"""The parts of an entry's page."""

import pytest
from django.utils.translation import override

from site_core.languages.fallback import Phrase, say
from site_core.pages import cards
from site_core.pages import detail as module
from site_core.pages.detail import detail

from .sample_entries import MONDAY, OFFICE_HOURS, TUESDAYS, channel, sample_entry


@pytest.fixture(autouse=True)
def _plain_labels(monkeypatch):
    """Labels without a database: the code is the word."""
    for place in (cards, module):
        monkeypatch.setattr(place, "label", lambda vocabulary, code: Phrase(code, None))


def names(rows):
    return [row.name for row in rows]


def test_channels_of_the_same_hours_share_a_table():
    phone = channel("phone", "016 123", hours=OFFICE_HOURS)
    chat = channel("chat", label="Kirjoita meille", hours=OFFICE_HOURS)
    office = channel("in_person", hours=TUESDAYS)

    shown = detail(sample_entry(phone, chat, office), "fi", MONDAY)

    assert [table.titles for table in shown.hours] == [
        (Phrase("phone", None), Phrase("Kirjoita meille", "fi")),
        (Phrase("in_person", None),),
    ]


def test_the_row_of_today_is_marked():
    [table] = detail(sample_entry(channel("phone", hours=OFFICE_HOURS)), "fi", MONDAY).hours

    assert [(row.times, row.today) for row in table.view.week] == [
        (("9.00–16.00",), True),
        ((), False),
    ]


def test_text_in_another_language_is_announced():
    with override("sv"):
        shown = detail(sample_entry(), "sv", MONDAY)

        assert shown.notice_language == say("Described in Finnish")
        assert shown.body.lang == "fi"


def test_text_in_the_readers_language_needs_no_notice():
    assert detail(sample_entry(), "fi", MONDAY).notice_language is None


def test_a_translation_that_borrows_its_body_is_announced_too():
    entry = sample_entry(language="sv")
    entry.texts["body"] = ["<p>Suomeksi.</p>", "fi"]
    with override("sv"):
        shown = detail(entry, "sv", MONDAY)

    assert shown.title.lang is None
    assert shown.notice_language is not None


def test_the_next_times_of_an_activity_follow_its_rule():
    rule = {
        "start": "2026-09-02T15:00:00+00:00",
        "end": "2026-09-02T16:30:00+00:00",
        "rule": "FREQ=WEEKLY;BYDAY=WE;UNTIL=20261210",
    }
    entry = sample_entry(kind="activity", facts={"occurrences": [rule]})
    with override("fi"):
        [group] = detail(entry, "fi", MONDAY).groups

    assert [time.iso[:10] for time in group.times] == ["2026-11-25", "2026-12-02", "2026-12-09"]
    assert group.times[0].words.text.endswith("18.00–19.30")
    assert not group.has_places


def test_each_group_of_a_course_shows_its_sessions():
    session = {
        "start": "2026-12-03T11:00:00+00:00",
        "end": "2026-12-03T13:00:00+00:00",
        "remote": False,
        "place": "Esimerkkitalo",
    }
    offerings = [{"name": "Ryhmä 1", "sessions": [session]}]

    [group] = detail(
        sample_entry(kind="training", facts={"offerings": offerings}), "fi", MONDAY
    ).groups

    assert group.name == Phrase("Ryhmä 1", None)
    assert group.times[0].where == Phrase("Esimerkkitalo", None)


def test_a_thing_to_know_first_is_said_once():
    chats = [channel("chat", anonymous=True, device="Tarvitset kameran.") for _ in range(2)]

    steps = detail(sample_entry(*chats), "fi", MONDAY).steps

    assert [step.icon for step in steps] == ["person", "check", "device"]


def test_logging_in_is_not_spoken_of_where_there_is_nothing_to_log_in_to():
    assert detail(sample_entry(channel("phone", "016 123")), "fi", MONDAY).steps == ()


def test_languages_with_notes_have_a_part_of_their_own_and_others_are_a_fact():
    plain = channel("phone", languages=[{"code": "fi", "note": None}])
    noted = channel("phone", languages=[{"code": "se", "note": ["tiistaisin", "fi"]}])

    simple = detail(sample_entry(plain), "fi", MONDAY)
    told = detail(sample_entry(plain, noted), "fi", MONDAY)

    assert simple.languages == ()
    assert say("Languages") in names(simple.facts)
    assert [language.notes for language in told.languages] == [(), (Phrase("tiistaisin", "fi"),)]
    assert say("Languages") not in names(told.facts)


def test_the_price_tells_its_note_and_the_voucher():
    facts = {"price": "paid", "price_note": ["10 euroa kerta", "fi"], "voucher": True}

    [price] = [
        row
        for row in detail(sample_entry(facts=facts), "fi", MONDAY).facts
        if row.name == say("Price")
    ]

    assert price.values == (say("Costs something"),)
    assert price.small == (
        Phrase("10 euroa kerta", None),
        say("You can pay with a service voucher."),
    )


def test_only_the_referral_facts_that_are_given_are_shown():
    facts = {"referral": {"for": ["Omaishoitajat", "fi"], "how": None, "reply": None}}

    shown = detail(sample_entry(facts=facts), "fi", MONDAY).referral

    assert names(shown) == [say("Whom you can refer")]
