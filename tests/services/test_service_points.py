"""Service points: what their pages say, what lies round them, how they are found."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from search.models import Entry
from services.models import ServicePointPage
from services.points import point_context
from site_core.languages.registry import LANGUAGES
from tests.factories.pages import (
    PHONE,
    OrganisationPageFactory,
    ServicePageFactory,
    ServicePointPageFactory,
    publish,
    translate,
)
from tests.support.pages import save_page

pytestmark = pytest.mark.django_db

TUESDAY_NOON = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
VIDEO = {"type": "video", "value": {"url": "https://example.org/etana"}}


@pytest.fixture
def tuesday_noon(monkeypatch):
    """The clock stands at noon in Helsinki on a Tuesday."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: TUESDAY_NOON)


def point_of(page, language="fi"):
    entry = Entry.objects.get(page_id=page.pk)
    return point_context(entry, language, TUESDAY_NOON, None)["point"]


@pytest.mark.usefixtures("tuesday_noon")
def test_the_page_tells_when_where_and_what_for(portal, client):
    page = ServicePointPageFactory(
        help_offered=["kela_video", "printing"],
        access=["ramp", "toilet"],
        access_note="Ovi on raskas.",
        how_to_book="Kerro, minä päivänä tulet.",
        pseudonym_enough=True,
        contact_role="Digineuvoja",
        contact_email="neuvoja@example.org",
    )
    response = client.get(Entry.objects.get(page_id=page.pk).path)
    html = response.content.decode()
    save_page("service-point", html)
    assert "Esimerkkitie 1, 99980 Utsjoki" in html
    assert "Kerro, minä päivänä tulet." in html
    assert "Ovi on raskas." in html
    assert 'href="mailto:neuvoja@example.org"' in html
    assert 'href="tel:+358401234567"' in html
    assert "now--shut" not in html
    assert not response.cookies
    view = response.context["point"]
    assert view.openness.open
    assert [action.kind for action in view.bookings] == ["phone"]
    assert [action.kind for action in view.places] == ["in_person"]
    assert (len(view.help), len(view.access)) == (2, 2)


def test_nearest_other_points_come_with_their_distance(portal):
    page = ServicePointPageFactory()
    ServicePointPageFactory(title="Rovaniemi", municipality="698")
    ServicePointPageFactory(title="Ivalo", municipality="148")
    ServicePointPageFactory(title="Karigasniemi", latitude=69.4, longitude=25.85)
    ServicePointPageFactory(title="Salla", municipality="732")
    ServicePointPageFactory(title="Luonnos", live=False)
    near = point_of(page).near
    assert [other.name.text for other in near] == ["Karigasniemi", "Ivalo", "Salla"]
    assert near[1].kilometres == pytest.approx(140, abs=3)


def test_what_reaches_the_municipality_remotely_can_be_joined(portal):
    page = ServicePointPageFactory()
    ServicePageFactory(title="Etä Utsjoella", channels=[VIDEO], municipalities=["890"])
    ServicePageFactory(
        title="Etä kaikkialla", channels=[VIDEO], municipalities=[], coverage="remote"
    )
    ServicePageFactory(title="Etä muualla", channels=[VIDEO], municipalities=["732"])
    ServicePageFactory(title="Puhelin", channels=[PHONE], municipalities=["890"])
    joinable = point_of(page).joinable
    assert sorted(row.title.text for row in joinable) == ["Etä Utsjoella", "Etä kaikkialla"]


@pytest.mark.usefixtures("tuesday_noon")
def test_next_times_to_join_come_first(portal):
    page = ServicePointPageFactory()
    ServicePageFactory(title="Aina", channels=[VIDEO], municipalities=["890"])
    for title, day in (("Myöhemmin", 28), ("Pian", 25)):
        group = ServicePageFactory(
            title=title, kind="event", channels=[VIDEO], municipalities=["890"], live=False
        )
        group.occurrences.create(
            starts_at=datetime(2026, 11, day, 10, tzinfo=UTC),
            ends_at=datetime(2026, 11, day, 11, tzinfo=UTC),
        )
        publish(group)
    rows = point_of(page).joinable
    assert [row.title.text for row in rows] == ["Pian", "Myöhemmin", "Aina"]
    assert "25.11." in rows[0].when.text


def test_a_point_costs_three_queries_however_much_lies_round_it(
    portal, client, django_assert_num_queries
):
    page = ServicePointPageFactory()
    home = OrganisationPageFactory()
    path = Entry.objects.get(page_id=page.pk).path
    client.get(path)
    with django_assert_num_queries(3):
        client.get(path)
    for number in range(4):
        ServicePointPageFactory(parent=home, municipality=["698", "148", "732", "047"][number])
        ServicePageFactory(parent=home, channels=[VIDEO], municipalities=["890"])
    with django_assert_num_queries(3):
        client.get(path)


def test_points_are_found_by_place_price_and_channel(portal, client):
    page = ServicePointPageFactory(pseudonym_enough=True, channels=[])
    query = "?municipality=890&channel=service_point&terms=free&kind=service_point"
    for address in (query, query + "&terms=anonymous"):
        listing = client.get(f"/fi/search/{address}").context["listing"]
        assert [card.title.text for card in listing.cards] == [page.title]
    elsewhere = client.get("/fi/search/?municipality=732&kind=service_point")
    assert elsewhere.context["listing"].total == 0


def test_machines_read_the_place_and_its_hours(portal, client):
    page = ServicePointPageFactory(latitude=69.9, longitude=27.0)
    html = client.get(Entry.objects.get(page_id=page.pk).path).content.decode()
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S).group(1)
    place = json.loads(data)[0]
    assert place["@type"] == "Place"
    assert place["address"] == "Esimerkkitie 1, 99980 Utsjoki"
    assert place["geo"] == {"@type": "GeoCoordinates", "latitude": 69.9, "longitude": 27.0}
    assert [row["opens"] for row in place["openingHoursSpecification"]] == ["10:00", "12:00"]
    assert len(place["openingHoursSpecification"][0]["dayOfWeek"]) == 3
    assert "inLanguage" not in place


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_shows_a_point_written_in_finnish(portal, client, language):
    page = ServicePointPageFactory(help_offered=["printing"], access=["ramp"])
    response = client.get(f"/{language}/e/{page.translation_key}/", follow=True)
    html = response.content.decode()
    assert response.status_code == 200
    assert "Esimerkkitie 1" in html
    assert ('lang="fi">Virtu-piste' in html) == (language != "fi")


def test_a_translation_says_in_its_language_what_it_has_and_borrows_the_rest(portal):
    page = ServicePointPageFactory(how_to_book="Soita ensin.", access_note="Luiska takana.")
    swedish = translate(page, "sv", title="Virtupunkt", how_to_book="Ring först.", access_note="")
    facts = Entry.objects.get(page_id=swedish.pk).facts
    assert facts["booking"] == ["Ring först.", "sv"]
    assert facts["access_note"] == ["Luiska takana.", "fi"]


def test_codes_not_in_the_list_and_half_a_place_are_refused(portal):
    page = ServicePointPageFactory(live=False)
    page.devices, page.latitude = ["computer", "samovar"], 69.0
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert set(refused.value.message_dict) == {"devices", "longitude"}


def test_an_editor_fills_in_the_form(portal, admin_client):
    page = ServicePointPageFactory()
    shown = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    form = shown.context["form"]
    assert form.initial["devices"] == ["computer", "printer"]
    assert {code for code, _words in form.fields["help_offered"].choices} >= {"printing", "forms"}
    html = shown.content.decode()
    assert re.search(r'<input[^>]*name="devices"[^>]*value="printer"[^>]*checked', html)


def test_a_moderator_sees_what_was_ticked(portal):
    page = ServicePointPageFactory()
    panel = ServicePointPage.get_edit_handler()
    changed = ServicePointPage.objects.get(pk=page.pk)
    changed.devices = ["computer", "tablet"]
    bound = panel.get_bound_panel(
        instance=page, request=None, form=panel.get_form_class()(instance=page)
    )
    diffs = [compare(page, changed) for compare in bound.get_comparison()]
    devices = next(
        diff for diff in diffs if diff.field_label() == "Laitteet" or "evices" in diff.field_label()
    )
    assert devices.has_changed()
    assert "deletion" in devices.htmldiff()
    assert "addition" in devices.htmldiff()
