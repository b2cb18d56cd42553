"""What a service says to its entry, field by field."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Locale

from search.models import Entry
from services.models import Occurrence, ServicePage
from site_core.taxonomy.models import Municipality
from tests.factories.pages import (
    OrganisationPageFactory,
    ServicePageFactory,
    ServicePointPageFactory,
    body,
    stored,
    translate,
)


def entry_of(**fields) -> Entry:
    """The entry of a published service with these fields."""
    return ServicePageFactory(**fields).entry


def facet(entry: Entry, name: str) -> set[str]:
    return set(entry.facet_rows.filter(facet=name).values_list("code", flat=True))


def phone(**value) -> dict:
    return {"type": "phone", "value": {"number": "016 123 4567", **value}}


def test_texts_carry_their_language(portal):
    entry = entry_of(title="Apua", summary="Kenelle?", short="Näin.", body=body("Lisää."))
    assert entry.texts["title"] == ["Apua", "fi"]
    assert entry.texts["summary"] == ["Kenelle?", "fi"]
    assert entry.texts["short"] == ["Näin.", "fi"]
    assert "Lisää." in entry.texts["body"][0]


@pytest.mark.parametrize("kind", ServicePage.Kind)
def test_the_kind_is_the_pages_own(portal, kind):
    entry = entry_of(kind=kind)
    assert entry.kind == kind
    assert facet(entry, "kind") == {kind}


def test_terms_of_vocabularies_become_facets(portal):
    entry = entry_of(
        situations=["loneliness", "money"],
        groups=["children"],
        themes=["violence"],
        municipalities=["148", "732"],
        channels=[phone(languages=[{"code": "fi", "note": ""}, {"code": "se", "note": ""}])],
    )
    assert facet(entry, "situation") == {"loneliness", "money"}
    assert facet(entry, "group") == {"children"}
    assert facet(entry, "theme") == {"violence"}
    assert facet(entry, "municipality") == {"148", "732"}
    assert facet(entry, "coverage") == {"municipal"}
    assert facet(entry, "language") == {"fi", "se"}
    assert facet(entry, "channel") == {"phone"}
    assert facet(entry, "audience") == {"residents"}
    assert facet(entry, "organisation") == {str(entry.organisation_key)}
    assert entry.facts["groups"] == ["children"]


@pytest.mark.parametrize("live", [True, False])
def test_its_organisation_is_a_link_once_that_has_a_public_page(portal, client, live):
    home = OrganisationPageFactory(organisation__name="Jokivarren Väki ry", live=live)
    for factory in (ServicePageFactory, ServicePointPageFactory):
        html = client.get(factory(parent=home).entry.path).content.decode()
        assert "Jokivarren Väki ry" in html
        assert (f"/fi/e/{home.translation_key}/" in html) is live


@pytest.mark.parametrize("coverage", ["all_lapland", "whole_country", "remote"])
def test_wide_coverage_reaches_every_municipality_and_names_none(portal, coverage):
    entry = entry_of(coverage=coverage, municipalities=["148"])
    assert entry.coverage == coverage
    assert facet(entry, "coverage") == {coverage}
    assert facet(entry, "municipality") == set(Municipality.objects.values_list("code", flat=True))
    assert entry.municipalities == []


@pytest.mark.parametrize(
    ("fields", "terms"),
    [
        ({"price": "paid"}, set()),
        ({"price": "free"}, {"free"}),
        ({"price": "paid", "service_voucher": True}, {"voucher"}),
        ({"price": "paid", "channels": [phone(anonymous=True)]}, {"anonymous"}),
    ],
)
def test_terms_to_filter_by(portal, fields, terms):
    assert facet(entry_of(**fields), "terms") - {"no_sign_in"} == terms


@pytest.mark.parametrize(
    ("sign_in", "holds"), [("none", True), ("light", False), ("strong", False)]
)
def test_a_service_without_sign_in(portal, sign_in, holds):
    web = {"type": "e_service", "value": {"url": "https://example.org/", "sign_in": sign_in}}
    assert ("no_sign_in" in facet(entry_of(channels=[web]), "terms")) is holds


def test_price_notice_and_referral_are_facts(portal):
    facts = entry_of(
        price="paid",
        price_note="5 euroa",
        service_voucher=True,
        alert="Suljettu perjantaina",
        referral_for="Omaishoitajat",
        referral_how="Soita meille",
        referral_reply="",
    ).facts
    assert facts["price"] == "paid"
    assert facts["price_note"] == ["5 euroa", "fi"]
    assert facts["voucher"] is True
    assert facts["alert"] == ["Suljettu perjantaina", "fi"]
    assert facts["referral"] == {
        "for": ["Omaishoitajat", "fi"],
        "how": ["Soita meille", "fi"],
        "reply": None,
    }
    assert entry_of().facts["referral"] is None


def test_what_is_for_professionals_is_kept_from_residents(portal):
    entry = entry_of(audience="professionals")
    assert entry.audience == "professionals"
    assert entry not in Entry.objects.public().for_audience()
    assert entry in Entry.objects.public().for_audience("professionals")


def with_times(*rows: tuple[datetime, str]) -> Entry:
    """The entry of an activity that begins at these times and lasts an hour each."""
    page = ServicePageFactory(kind="activity", live=False)
    page.occurrences = [
        Occurrence(starts_at=start, ends_at=start + timedelta(hours=1), rule=rule)
        for start, rule in rows
    ]
    page.save_revision().publish()
    return stored(page).entry


def test_occurrences_tell_when_it_happens_next(portal):
    past = datetime(2020, 1, 8, 10, tzinfo=UTC)
    next_week = timezone.now().replace(microsecond=0) + timedelta(days=7)
    entry = with_times((past, ""), (next_week, ""))
    assert entry.starts_at == next_week
    assert [row["start"] for row in entry.facts["occurrences"]] == [
        past.isoformat(),
        next_week.isoformat(),
    ]
    assert entry.facts["occurrences"][0]["end"] == (past + timedelta(hours=1)).isoformat()


def test_a_rule_of_repetition_tells_the_next_time(portal):
    began = timezone.now().replace(microsecond=0, second=0) - timedelta(days=8)
    until = (began + timedelta(days=60)).strftime("%Y%m%d")
    entry = with_times((began, f"FREQ=WEEKLY;UNTIL={until}"))
    assert timezone.now() < entry.starts_at <= timezone.now() + timedelta(days=7)
    assert entry.facts["occurrences"][0]["rule"].startswith("FREQ=WEEKLY")


def test_when_all_is_over_the_first_time_stays(portal):
    first, second = (datetime(2020, month, 1, tzinfo=UTC) for month in (1, 2))
    assert with_times((second, ""), (first, "")).starts_at == first


@pytest.mark.parametrize(
    ("hours", "rule", "field"),
    [(0, "", "ends_at"), (-1, "", "ends_at"), (1, "FREQ=DAILY", "__all__"), (1, "MORE", "__all__")],
)
def test_a_time_that_cannot_be_is_refused(hours, rule, field):
    start = datetime(2027, 1, 4, 10, tzinfo=UTC)
    row = Occurrence(starts_at=start, ends_at=start + timedelta(hours=hours), rule=rule)
    with pytest.raises(ValidationError) as refusal:
        row.full_clean(exclude=["page"])
    assert list(refusal.value.message_dict) == [field]


def test_channels_go_to_the_entry_under_their_block_ids(portal):
    page = ServicePageFactory(channels=[phone(label="Soita heti", note="Jonotus on lyhyt")])
    (channel,) = page.entry.channels
    assert channel["id"] == page.channels[0].id
    assert channel["kind"] == "phone"
    assert channel["href"] == "tel:+358161234567"
    assert channel["label"] == ["Soita heti", "fi"]
    assert channel["note"] == ["Jonotus on lyhyt", "fi"]


def test_rows_of_a_stream_keep_their_ids_in_a_translation(portal):
    page = ServicePageFactory(channels=[phone(), phone(label="Toinen")])
    swedish = page.copy_for_translation(Locale.objects.get(language_code="sv"), copy_parents=True)
    assert [block.id for block in swedish.channels] == [block.id for block in page.channels]
    assert [block.id for block in swedish.body] == [block.id for block in page.body]
    assert all(block.id for block in page.channels)


def test_a_translation_says_what_it_has_and_borrows_the_rest(portal):
    page = ServicePageFactory(
        summary="Suomeksi", short="Lyhyesti", alert="Tauko", price_note="5 euroa"
    )
    swedish = translate(
        page,
        "sv",
        title="Rådgivning",
        summary="På svenska",
        short="",
        alert="",
        price_note="5 euro",
    )
    assert swedish.entry.texts["summary"] == ["På svenska", "sv"]
    assert swedish.entry.texts["short"] == ["Lyhyesti", "fi"]
    assert swedish.entry.facts["alert"] == ["Tauko", "fi"]
    assert swedish.entry.facts["price_note"] == ["5 euro", "sv"]
    assert facet(swedish.entry, "municipality") == facet(page.entry, "municipality")


def test_a_draft_never_reaches_the_entry(portal):
    page = ServicePageFactory(short="Julkinen")
    page.short = "Luonnos"
    page.save_revision()
    assert stored(page).entry.texts["short"] == ["Julkinen", "fi"]
    assert not Entry.objects.filter(page_id=ServicePageFactory(live=False).pk).exists()
