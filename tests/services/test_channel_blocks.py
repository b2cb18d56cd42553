"""Channels: one block per kind with only its fields, and their form in the published entry."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from wagtail.blocks import BlockField, StreamBlockValidationError, StructBlockValidationError

from services.blocks import ChannelsBlock
from services.blocks.phone_numbers import dial, validate_phone
from services.channels import as_channels, confidential_faults, refuse_addresses
from site_core.taxonomy.models import Channel
from site_core.taxonomy.vocabulary_files import DIRECTORY, read_vocabularies
from tests.factories.media import AttachmentFactory
from tests.factories.taxonomy import ServiceLanguageFactory

BLOCK = ChannelsBlock()
KEY = "4d3c9a52-6f0e-4f3b-9b1c-0a52c9e7d001"
TAIL = {
    "label": None,
    "note": None,
    "hours": None,
    "languages": [],
    "cost": None,
    "anonymous": False,
    "sign_in": "none",
    "device": None,
}


def stream(*channels):
    """Channels as the database gives them: pairs of kind and raw value."""
    return BLOCK.to_python([{"type": kind, "value": value, "id": KEY} for kind, value in channels])


def entry_of(kind: str, value: dict) -> dict:
    return as_channels(stream((kind, value)), "fi")[0]


def clean(kind: str, value: dict):
    return BLOCK.clean(stream((kind, value)))


def faults_of(kind: str, value: dict) -> dict:
    """Errors of one channel by field."""
    with pytest.raises(StreamBlockValidationError) as refused:
        clean(kind, value)
    fault = refused.value.block_errors[0]
    assert isinstance(fault, StructBlockValidationError)
    return fault.block_errors


FIELDS = {
    "video": "url label hours languages anonymous sign_in device cost note",
    "chat": "url label hours languages anonymous sign_in device cost note",
    "web_form": "url label languages anonymous sign_in cost note",
    "e_service": "url label languages sign_in device cost note",
    "calculator": "url label languages anonymous sign_in cost note",
    "phone": "number label hours languages anonymous cost note",
    "sms": "number label hours languages anonymous cost note",
    "email": "address label languages anonymous cost note",
    "printable_form": "form label languages cost note",
    "in_person": "street postal_code town hours languages anonymous cost note",
    "service_point": "name street postal_code town hours languages anonymous cost note",
    "home_visit": "note number label hours languages cost",
}


@pytest.mark.parametrize(("kind", "fields"), FIELDS.items())
def test_a_kind_shows_only_its_fields_in_order(kind, fields):
    assert list(BLOCK.child_blocks[kind].child_blocks) == fields.split()


def test_the_kinds_are_the_codes_of_the_vocabulary():
    codes = {term.code for term in read_vocabularies(DIRECTORY)[Channel]}
    assert set(BLOCK.child_blocks) == set(FIELDS) == codes


@pytest.mark.parametrize(
    ("kind", "value", "shown", "href"),
    [
        ("video", {"url": "https://example.org/v"}, "https://example.org/v", "https://example.org/v"),
        ("phone", {"number": " 016  123 456 "}, "016 123 456", "tel:+35816123456"),
        ("phone", {"number": "116 117"}, "116 117", "tel:116117"),
        ("sms", {"number": "040 123 4567"}, "040 123 4567", "sms:+358401234567"),
        ("email", {"address": "a@example.org"}, "a@example.org", "mailto:a@example.org"),
        (
            "in_person",
            {"street": "Esimerkkikatu 1", "postal_code": "99600", "town": "Sodankylä"},
            "Esimerkkikatu 1, 99600 Sodankylä",
            None,
        ),
        (
            "service_point",
            {"name": "Palvelupiste", "town": "Pello"},
            "Palvelupiste, Pello",
            None,
        ),
        ("home_visit", {"note": "Soita ensin."}, "", None),
        ("home_visit", {"note": "Soita.", "number": "112"}, "112", "tel:112"),
    ],
)  # fmt: skip
def test_action_of_each_kind(kind, value, shown, href):
    found = entry_of(kind, value)
    assert (found["id"], found["kind"]) == (KEY, kind)
    assert (found["value"], found["href"]) == (shown, href)


def test_the_entry_holds_the_whole_channel_and_marks_its_texts():
    value = {
        "url": "https://example.org/chat",
        "label": "Aloita keskustelu",
        "hours": {
            "always": False,
            "weekly": [{"type": "item", "id": "1", "value": {
                "days": ["mon", "wed"], "opens": "09:00", "closes": "12:00"}}],
            "holidays": "closed",
            "exceptions": [{"type": "item", "id": "2", "value": {
                "first": "2026-12-24", "last": "2026-12-26", "note": "Joulu"}}],
        },
        "languages": [{"type": "item", "id": "3", "value": {"code": "se", "note": "tiistaisin"}}],
        "anonymous": True,
        "sign_in": "light",
        "device": "Tietokone",
        "cost": "Maksuton",
        "note": "Vastaamme heti.",
    }  # fmt: skip
    assert as_channels(stream(("chat", value)), "smn") == [
        {
            "id": KEY,
            "kind": "chat",
            "label": ["Aloita keskustelu", "smn"],
            "value": "https://example.org/chat",
            "href": "https://example.org/chat",
            "note": ["Vastaamme heti.", "smn"],
            "hours": {
                "always": False,
                "weekly": {"mon": [["09:00", "12:00"]], "wed": [["09:00", "12:00"]]},
                "holidays": "closed",
                "exceptions": [
                    {
                        "date": "2026-12-24",
                        "to": "2026-12-26",
                        "times": [],
                        "note": ["Joulu", "smn"],
                    }
                ],
            },
            "languages": [{"code": "se", "note": ["tiistaisin", "smn"]}],
            "cost": ["Maksuton", "smn"],
            "anonymous": True,
            "sign_in": "light",
            "device": ["Tietokone", "smn"],
        }
    ]


def test_an_empty_draft_has_an_entry_form_too():
    expected = TAIL | {"id": KEY, "kind": "phone", "value": "", "href": None}
    assert entry_of("phone", {}) == expected


def test_a_printable_form_leads_to_its_document(db):
    form = AttachmentFactory(title="Hakemus")
    found = entry_of("printable_form", {"form": form.pk})
    assert (found["value"], found["href"]) == ("Hakemus", form.url)
    form.delete()
    assert entry_of("printable_form", {"form": form.pk})["href"] is None


@pytest.mark.parametrize(
    ("kind", "value", "field"),
    [
        ("video", {}, "url"),
        ("chat", {"url": "http://example.org/"}, "url"),
        ("web_form", {"url": "example"}, "url"),
        ("e_service", {"url": "ftp://example.org/"}, "url"),
        ("calculator", {"url": "javascript:alert(1)"}, "url"),
        ("phone", {}, "number"),
        ("phone", {"number": "12"}, "number"),
        ("phone", {"number": "+358 000 0010"}, "number"),
        ("sms", {"number": "soita meille"}, "number"),
        ("email", {"address": "neuvonta(at)example.org"}, "address"),
        ("printable_form", {}, "form"),
        ("in_person", {}, "street"),
        ("in_person", {"street": "Esimerkkikatu 1"}, "town"),
        ("in_person", {"note": "Soita.", "postal_code": "996"}, "postal_code"),
        ("service_point", {"street": "Esimerkkikatu 1", "town": "Pello"}, "name"),
        ("home_visit", {"number": "016 123 456"}, "note"),
    ],
)
def test_an_action_that_leads_nowhere_is_refused_at_its_field(settings, kind, value, field):
    settings.DEMO_NUMBERS = False
    assert field in faults_of(kind, value)


def test_a_draft_may_lack_what_publishing_asks_for():
    assert BLOCK.clean_deferred(stream(("in_person", {})))[0].block_type == "in_person"
    assert "street" in faults_of("in_person", {})


@pytest.mark.parametrize(
    "number",
    [
        "016 123 456",
        "+358 40 123 4567",
        "040-1234567",
        "112",
        "116 117",
        "0800 12345",
        "029 515 2222",
    ],
)
def test_numbers_that_can_be_called(number):
    validate_phone(number)


@pytest.mark.parametrize(
    "number", ["123", "016", "+358", "+999 123 456", "040 CALL ME", "0401234567 ext 5", "000"]
)
def test_numbers_that_nobody_can_call(number):
    with pytest.raises(ValidationError):
        validate_phone(number)


def test_numbers_of_the_demo_pass_only_where_the_setting_says_so(settings):
    settings.DEMO_NUMBERS = True
    validate_phone("+358 000 0042")
    assert dial("+358 000 0042") == "+3580000042"
    with pytest.raises(ValidationError):
        validate_phone("+358 000 00421")
    settings.DEMO_NUMBERS = False
    with pytest.raises(ValidationError):
        validate_phone("+358 000 0042")


def items(values) -> list[dict]:
    return [{"type": "item", "value": value, "id": KEY} for value in values]


def hours(weekly=(), exceptions=(), **other) -> dict:
    stored = {"weekly": items(weekly), "exceptions": items(exceptions), **other}
    return {"number": "016 123 456", "hours": stored}


MORNING = {"days": ["mon"], "opens": "09:00", "closes": "12:00"}
NOON = {"days": ["mon", "tue"], "opens": "11:00", "closes": "13:00"}


@pytest.mark.parametrize(
    "value",
    [
        hours([MORNING, NOON]),
        hours([{**MORNING, "closes": "09:00"}]),
        hours([{**MORNING, "days": []}]),
        hours([{**MORNING, "opens": None}]),
        hours([MORNING], always=True),
        hours(exceptions=[{"first": "2026-12-24", "last": "2026-12-23"}]),
        hours(exceptions=[{"first": "2026-12-24", "opens": "09:00"}]),
        hours(holidays="maybe"),
    ],
    ids=["overlap", "no length", "no day", "no start", "always and weekly", "backwards",
         "half an exception", "unknown rule"],
)  # fmt: skip
def test_contradictory_hours_are_refused(value):
    assert "hours" in faults_of("phone", value)


def test_hours_come_through_validation_and_storage_unchanged():
    cleaned = clean("phone", hours([MORNING], [{"first": "2026-12-24"}], holidays="open"))
    again = BLOCK.to_python(BLOCK.get_prep_value(cleaned))
    found = as_channels(again, "fi")[0]["hours"]
    assert found["weekly"] == {"mon": [["09:00", "12:00"]]}
    assert found["exceptions"] == [{"date": "2026-12-24", "to": None, "times": [], "note": None}]
    assert found["holidays"] == "open"


def test_rows_of_one_exception_are_its_stretches():
    rows = [
        {"first": date(2026, 12, 24), "opens": time(13), "closes": time(14)},
        {"first": date(2026, 12, 24), "opens": time(9), "closes": time(10), "note": "Aatto"},
    ]
    block = BLOCK.child_blocks["phone"].child_blocks["hours"]
    found = block.normalize({"exceptions": rows}).as_hours("fi")
    assert found["exceptions"] == [
        {
            "date": "2026-12-24",
            "to": None,
            "times": [["13:00", "14:00"], ["09:00", "10:00"]],
            "note": ["Aatto", "fi"],
        }
    ]


def test_languages_come_from_the_vocabulary_and_only_once(db, django_assert_max_num_queries):
    ServiceLanguageFactory(code="smn")
    rows = [{"type": "item", "value": {"code": code}, "id": KEY} for code in ("smn", "smn")]
    once = {"number": "016 123 456", "languages": rows[:1]}
    with django_assert_max_num_queries(1):  # the labels of the vocabulary, then kept
        assert clean("phone", once)
    assert "languages" in faults_of("phone", {**once, "languages": rows})
    unknown = [{"type": "item", "value": {"code": "tlh"}, "id": KEY}]
    assert "languages" in faults_of("phone", {**once, "languages": unknown})


@pytest.mark.leak
@pytest.mark.parametrize(
    ("kind", "value", "field"),
    [
        ("in_person", {"street": "Salakatu 1", "note": "Soita."}, "street"),
        ("in_person", {"town": "Pello", "note": "Soita."}, "town"),
        ("service_point", {"name": "Talo", "postal_code": "95700"}, "postal_code"),
    ],
)
def test_a_confidential_place_tells_no_address(kind, value, field):
    with pytest.raises(StreamBlockValidationError) as refused:
        refuse_addresses(stream(("phone", {"number": "112"}), (kind, value)))
    assert list(refused.value.block_errors) == [1]
    assert field in refused.value.block_errors[1].block_errors


@pytest.mark.leak
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("phone", {"number": "112", "note": "Olemme osoitteessa Salakatu 1."}),
        ("video", {"url": "https://example.org/", "label": "Salakatu 1"}),
        ("home_visit", {"note": "Lähdemme Salakadulta, Salakatu 1"}),
        ("service_point", {"name": "Salakatu 1"}),
        ("phone", hours(exceptions=[{"first": "2026-12-24", "note": "Ovi: Salakatu 1"}])),
        ("phone", {"languages": items([{"code": "fi", "note": "Salakatu 1"}])}),
    ],
)
def test_nor_in_any_of_its_texts(kind, value):
    with pytest.raises(StreamBlockValidationError) as refused:
        refuse_addresses(stream((kind, value)))
    assert refused.value.block_errors[0].non_block_errors


@pytest.mark.leak
def test_faults_of_a_confidential_page_by_field():
    channels = stream(("in_person", {"note": "Soita, niin kerromme."}))
    prose = {"summary": "Turvakoti", "body": "<p>Osoite on Sala<b>katu 1</b></p>"}
    assert list(confidential_faults(channels, prose)) == ["body"]
    address = stream(("in_person", {"street": "Salakatu 1"}))
    assert list(confidential_faults(address, {})) == ["channels"]
    assert confidential_faults(channels, {"summary": "Turvakoti"}) == {}


@pytest.mark.parametrize("kind", FIELDS)
def test_every_kind_explains_itself_in_the_picker(db, kind):
    block = BLOCK.child_blocks[kind]
    assert block.meta.description
    assert block.meta.icon != "placeholder"
    assert block.is_previewable
    value = block.get_preview_value()
    shown = value.as_channel("fi")
    html = block.render(value, {"request": RequestFactory().get("/")})
    assert (shown["value"] or shown["note"][0]) in html


def test_the_editor_shows_each_kind(db):
    """The form's definition is built from every block, with choices read then and there."""
    ServiceLanguageFactory(code="smn", labels={"fi": "inarinsaame"})
    html = BlockField(block=BLOCK).widget.render("channels", BLOCK.get_default())
    assert "inarinsaame" in html
    assert all(kind in html for kind in FIELDS)
