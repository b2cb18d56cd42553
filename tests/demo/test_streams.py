"""The short notations of the demo content, and the blocks they become."""

from datetime import date, datetime
from uuid import UUID

import pytest

from services.blocks import ChannelsBlock
from site_core.dates import HELSINKI
from site_core.demo import moments, streams
from site_core.demo.content import load
from site_core.demo.printable import printable
from site_core.pages.blocks import BodyBlock
from site_core.pages.recurrence import Recurrence, check

KEY = UUID(int=7)
WEDNESDAY = date(2026, 11, 25)
SERVICES = [service for each in load().organisations for service in each["services"]]
POINTS = [point for each in load().organisations for point in each.get("points", ())]


def test_hours_of_the_week():
    row = streams.hours("mon-tue 9.00-15.30, sat 18.00-24.00")
    assert row["holidays"] == "closed"
    assert [item["value"] for item in row["weekly"]] == [
        {"days": ["mon", "tue"], "opens": "09:00", "closes": "15:30"},
        {"days": ["sat"], "opens": "18:00", "closes": "00:00"},
    ]


def test_hours_round_the_clock_and_on_every_day_hold_on_holidays():
    assert streams.hours("24/7")["always"] is True
    assert streams.hours("mon-sun 9.00-21.00")["holidays"] == "open"


def test_days_that_differ_are_counted_from_the_day_of_seeding():
    days = [{"in_days": 2}, {"in_days": 3, "hours": "9.00-12.30"}]
    rows = [row["value"] for row in streams.exceptions(days, ["Juhla", ""], WEDNESDAY)]
    assert [(row["first"], row["opens"], row["closes"], row["note"]) for row in rows] == [
        ("2026-11-27", None, None, "Juhla"),
        ("2026-11-28", "09:00", "12:30", ""),
    ]


def test_hours_that_are_no_hours_are_refused():
    with pytest.raises(ValueError, match="not opening hours"):
        streams.hours("aina")


def test_body_keeps_order_and_escapes():
    blocks = streams.body(["Yksi & kaksi", "- a", "- b", "## Otsikko", "Loppu"], KEY)
    assert [(block["type"], block["value"]) for block in blocks] == [
        ("paragraph", "<p>Yksi &amp; kaksi</p><ul><li>a</li><li>b</li></ul>"),
        ("heading", {"text": "Otsikko", "level": "h2"}),
        ("paragraph", "<p>Loppu</p>"),
    ]


def test_blocks_keep_their_ids():
    first, again = (streams.body(["Teksti"], KEY) for _ in range(2))
    assert first == again
    assert first[0]["id"]


def test_a_translated_channel_has_its_own_words_and_the_same_number():
    given = [
        {"kind": "phone", "value": "+358 000 0020", "label": "Soita", "languages": [["sv", "ti"]]}
    ]
    words = [{"label": "Ring", "language_notes": {"sv": "tisdag"}}]
    value = streams.channels(given, KEY, language="sv", words=words)[0]["value"]
    assert (value["number"], value["label"]) == ("+358 000 0020", "Ring")
    assert value["languages"][0]["value"] == {"code": "sv", "note": "tisdag"}


@pytest.mark.parametrize(
    ("given", "starts"),
    [
        ({"in_days": 3, "at": "9.30", "minutes": 60}, datetime(2026, 11, 28, 9, 30)),
        ({"rule": "FREQ=WEEKLY;BYDAY=WE", "at": "10.00", "minutes": 60}, datetime(2026, 12, 2, 10)),
        (
            {"rule": "FREQ=MONTHLY;BYDAY=-1SU", "at": "12.00", "minutes": 9},
            datetime(2026, 11, 29, 12),
        ),
    ],
)
def test_times_lie_ahead_of_the_day_of_seeding(given, starts):
    assert moments.span(WEDNESDAY, given).starts == starts.replace(tzinfo=HELSINKI)


@pytest.mark.parametrize("today", [date(2026, 2, 27), date(2026, 10, 24), date(2028, 2, 28)])
def test_every_activity_repeats_by_a_rule_that_holds_on_any_day(today):
    spans = [
        moments.span(today, given) for each in SERVICES for given in each.get("occurrences", ())
    ]
    assert any(span.rule for span in spans)
    assert any(not span.rule for span in spans)
    for span in spans:
        check(Recurrence(*span))


@pytest.mark.parametrize(
    "service", [pytest.param(each, id=each["key"]) for each in [*SERVICES, *POINTS]]
)
def test_channels_and_bodies_pass_the_editors_own_checks(portal, service):
    forms = {channel["form"]: 1 for channel in service["channels"] if "form" in channel}
    for language in ("fi", "sv"):
        words = service if language == "fi" else service.get(language)
        if words is None:
            continue
        raw = streams.channels(
            [channel for channel in service["channels"] if "form" not in channel],
            KEY,
            language=language,
            words=()
            if language == "fi"
            else [
                text
                for text, channel in zip(words["channels"], service["channels"], strict=True)
                if "form" not in channel
            ],
            languages=service.get("languages", [["fi", ""]]),
            forms=forms,
            today=WEDNESDAY,
        )
        channels = ChannelsBlock()
        assert len(channels.clean(channels.to_python(raw))) == len(raw)
        body = BodyBlock()
        assert body.clean(body.to_python(streams.body(words["body"], KEY)))


def test_a_printable_form_is_a_tagged_document_in_finnish():
    file = printable("Pyyntö: ystävä (kylään)")
    assert file.startswith(b"%PDF-")
    assert b"/Lang (fi)" in file
    assert b"/Marked true" in file
    assert r"(Pyyntö: ystävä \(kylään\))".encode("cp1252") in file
    at = int(file.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    assert file[at : at + 4] == b"xref"
