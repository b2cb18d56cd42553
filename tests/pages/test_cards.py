"""Cards and actions: what leads where, what is lit, and in which language it is told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from site_core.languages.fallback import Phrase, say
from site_core.pages import cards
from site_core.pages.cards import VERBS, actions, card, coverage_names, safe_href
from site_core.pages.icons import CHANNEL_ICONS, ICONS
from site_core.taxonomy.models import Channel

from .sample_entries import KEY, MONDAY, OFFICE_HOURS, TUESDAYS, channel, sample_entry

PHONE = channel("phone", "+358 000 0012", "tel:+3580000012", hours=OFFICE_HOURS)
FORM = channel("web_form", "https://example.org/f", "https://example.org/f")


@pytest.fixture(autouse=True)
def _plain_labels(monkeypatch):
    """Labels without a database: the code is the word."""
    monkeypatch.setattr(cards, "label", lambda vocabulary, code: Phrase(code, None))


@pytest.mark.django_db
def test_every_channel_of_the_vocabulary_has_its_verb_and_icon(portal):
    codes = set(Channel.objects.values_list("code", flat=True))

    assert codes == set(VERBS) == set(CHANNEL_ICONS)
    assert set(CHANNEL_ICONS.values()) <= set(ICONS)


@pytest.mark.parametrize(
    ("kind", "value", "href"),
    [
        ("video", "https://example.org/v", "https://example.org/v"),
        ("chat", "https://example.org/c", "https://example.org/c"),
        ("web_form", "https://example.org/f", "https://example.org/f"),
        ("e_service", "https://example.org/e", "https://example.org/e"),
        ("calculator", "https://example.org/l", "https://example.org/l"),
        ("phone", "016 123", "tel:+35816123"),
        ("sms", "16161", "sms:16161"),
        ("email", "a@example.org", "mailto:a@example.org"),
        ("printable_form", "Hakemus", "/documents/1/hakemus.pdf"),
        ("in_person", "Esimerkkitie 1, Pello", None),
        ("service_point", "Piste, Esimerkkitie 1", None),
        ("home_visit", "016 123", "tel:+35816123"),
    ],
)
def test_each_kind_leads_straight_to_its_action(kind, value, href):
    [action] = actions(sample_entry(channel(kind, value, href)), MONDAY)

    assert action.href == (href or "")
    assert action.verb.text
    if kind not in {"video", "chat", "web_form", "e_service", "calculator"}:
        shown = " ".join([action.verb.text, *(words.text for words in action.details)])
        assert value in shown.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "//example.org/x", "ftp://example.org"]
)
def test_an_address_that_could_do_harm_leads_nowhere(href):
    assert safe_href(href) == ""


def test_the_number_stays_in_sight_when_the_organisation_words_the_button():
    [action] = actions(sample_entry({**PHONE, "label": ["Varaa aika", "fi"]}), MONDAY)

    assert action.verb == Phrase("Varaa aika: +358\u00a0000\u00a00012", "fi")


def test_who_answers_now_is_lit_and_comes_first():
    found = actions(sample_entry(FORM, {**PHONE, "hours": TUESDAYS}, PHONE), MONDAY)

    assert [(action.kind, action.lit) for action in found] == [
        ("phone", True),
        ("web_form", False),
        ("phone", False),
    ]
    assert found[0].openness.words == say("Open now, until %(time)s", time="16.00")


def test_nothing_is_lit_after_hours():
    found = actions(sample_entry(PHONE), MONDAY + timedelta(hours=5))

    assert not found[0].lit
    assert found[0].openness.words == say("Opens tomorrow at %(time)s", time="9.00")


def test_a_machine_is_never_lit():
    found = actions(sample_entry({**FORM, "hours": {"always": True}}), MONDAY)

    assert found[0].openness.open
    assert not found[0].lit


def test_the_card_offers_the_first_action_that_leads_somewhere():
    place = channel("in_person", "Esimerkkitie 1", hours=OFFICE_HOURS)

    shown = card(sample_entry(place, FORM), "fi", MONDAY)

    assert shown.action.kind == "web_form"
    assert not shown.lit
    assert shown.facts[0].openness.open


def test_a_card_without_channels_has_no_action():
    assert card(sample_entry(), "fi", MONDAY).action is None


def test_a_card_in_the_readers_language_leads_to_the_page():
    shown = card(sample_entry(PHONE), "fi", MONDAY)

    assert shown.url == "/fi/palvelu/"
    assert shown.title == Phrase("Neuvontapuhelin", None)
    assert shown.described_in is None


def test_a_card_in_another_language_is_marked_and_stays_in_the_readers_interface():
    with override("sv"):
        shown = card(sample_entry(PHONE), "sv", MONDAY)

        assert shown.url == f"/sv/e/{KEY}/"
        assert shown.title == Phrase("Neuvontapuhelin", "fi")
        assert shown.described_in == say("Described in Finnish")


def test_a_sami_reader_is_told_the_language_in_attested_words():
    with override("se"):
        assert card(sample_entry(), "se", MONDAY).described_in == say("Finnish")


def test_the_weekday_is_in_the_language_of_the_sentence_around_it():
    starts = datetime(2026, 11, 25, 16, tzinfo=UTC)
    activity = sample_entry(kind="activity", starts_at=starts)
    with override("fi"):
        finnish = card(activity, "fi", MONDAY).facts[0].words[0]
    with override("se"):
        northern_sami = card(activity, "se", MONDAY).facts[0].words[0]

    assert northern_sami == Phrase(finnish.text, "fi")
    assert "ke 25.11." in finnish.text


def test_what_is_past_is_not_announced():
    past = sample_entry(kind="event", starts_at=MONDAY - timedelta(days=1))

    assert all(fact.icon != "cal" for fact in card(past, "fi", MONDAY).facts)


def test_languages_of_service_are_named_by_themselves():
    served = {**PHONE, "languages": [{"code": "se", "note": None}, {"code": "fse", "note": None}]}

    [languages] = [
        fact for fact in card(sample_entry(served), "fi", MONDAY).facts if fact.icon == "speech"
    ]

    assert languages.words == (Phrase("davvisámegiella", "se"), Phrase("fse", None))


def test_many_municipalities_are_counted_and_few_are_named():
    few = sample_entry(coverage="municipal", facts={"municipalities": ["890", "148"]})
    many = sample_entry(coverage="municipal", facts={"municipalities": ["890", "148", "261"]})

    assert [name.text for name in coverage_names(few)] == ["890", "148"]
    assert coverage_names(many) == (
        say("%(count)s municipality", plural="%(count)s municipalities", count=3),
    )


def test_a_news_card_bears_its_day():
    shown = card(sample_entry(kind="news", facts={"date": "2026-11-20"}), "fi", MONDAY)

    assert (shown.date, shown.date_iso) == ("20.11.2026", "2026-11-20")
    assert shown.facts == ()
