"""The search page, through the whole stack."""

import pytest
from django.utils import translation

from search.entries.kinds import listed_kinds
from search.facets import known_codes
from site_core.languages.registry import LANGUAGES
from site_core.taxonomy.labels import labels_for
from tests.factories.taxonomy import ChannelFactory, MunicipalityFactory, ThemeFactory

from .making import make_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def vocabulary():
    """A few terms of the vocabularies."""
    MunicipalityFactory(code="890", labels={"fi": "Utsjoki", "se": "Ohcejohka"})
    ThemeFactory(code="money", labels={"fi": "Raha", "sv": "Pengar"})
    ChannelFactory(code="chat", labels={"fi": "Chat"})


@pytest.mark.usefixtures("vocabulary")
def test_found_by_inflected_words_in_finnish_and_swedish(client):
    make_entry("Velkaneuvontaa puhelimessa", facets={"theme": ["money"]})
    make_entry("Kamratstöd för anhöriga", language="sv")
    for address, title in (
        ("/fi/search/?q=velkaneuvonnasta", "Velkaneuvontaa puhelimessa"),
        ("/sv/search/?q=kamratstödet", "Kamratstöd för anhöriga"),
        ("/sms/search/?q=kamratst%C3%B6det", "Kamratstöd för anhöriga"),
    ):
        response = client.get(address)
        assert response.status_code == 200
        assert [row.card.title.text for row in response.context["listing"].rows] == [title]
        assert title in response.content.decode().replace("<mark>", "").replace("</mark>", "")


@pytest.mark.usefixtures("vocabulary")
def test_plain_listing_is_for_search_engines_and_filtered_ones_are_not(client):
    make_entry("Yksi", facets={"municipality": ["890"]})
    plain = client.get("/fi/search/").content.decode()
    assert 'content="noindex"' not in plain
    assert 'hreflang="sms"' in plain
    assert '/fi/search/">' in plain
    for query in ("?q=yksi", "?municipality=890", "?page=2", "?sort=name"):
        assert 'content="noindex"' in client.get("/fi/search/" + query).content.decode()


def test_reading_sets_no_cookie(client):
    response = client.get("/fi/search/?q=apu&kind=service")
    assert not response.cookies


def test_only_reading(client):
    assert client.post("/fi/search/").status_code == 405
    assert client.head("/fi/search/").status_code == 200


def test_query_is_shown_as_text(client):
    page = client.get("/fi/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_switcher_keeps_the_state(client):
    response = client.get("/fi/search/?q=apu&sort=name")
    urls = {item.code: item.url for item in response.context["switcher"]}
    assert urls["sv"] == "/sv/search/?q=apu&sort=name"


@pytest.mark.usefixtures("vocabulary")
def test_nothing_found_shows_ways_on(client):
    make_entry("Velkaneuvontaa", facets={"municipality": ["890"], "theme": ["money"]})
    listing = client.get("/fi/search/?q=velkaneuvonta&municipality=890&kind=news").context[
        "listing"
    ]
    assert listing.total == 0
    assert [(way.url, way.count) for way in listing.ways] == [
        ("/fi/search/?q=velkaneuvonta&municipality=890", 1)
    ]
    assert listing.clear_url == "/fi/search/?q=velkaneuvonta"


def test_pages_lead_on_and_end(client):
    for number in range(130):
        make_entry(f"Ryhmä {number:03}")
    listing = client.get("/fi/search/?page=4").context["listing"]
    assert [page.number for page in listing.pages] == [1, 2, 3, 4, 5, 6, 7]
    assert [page.number for page in listing.pages if not page.url] == [4]
    assert (listing.previous_url, listing.next_url) == ("/fi/search/?page=3", "/fi/search/?page=5")
    first = client.get("/fi/search/").context["listing"]
    assert [page.number for page in first.pages] == [1, 2, 3, None, 7]
    last = client.get("/fi/search/?page=400").context["listing"]
    assert (last.next_url, last.pages[-1].url, len(last.rows)) == ("", "", 10)


def test_too_many_parameters_are_answered_with_a_message(client):
    response = client.get("/fi/search/?" + "a=1&" * 2000)
    assert response.status_code == 400
    assert response.context["too_long"]
    assert 'content="noindex"' in response.content.decode()


@pytest.mark.usefixtures("vocabulary")
@pytest.mark.parametrize("query", ["", "?q=ryhm%C3%A4&municipality=890"])
def test_queries_stay_the_same_for_more_items_and_languages(
    client, django_assert_num_queries, query
):
    owner = make_entry("Kylänväki ry", kind="organisation")
    facets = {"municipality": ["890"], "organisation": [str(owner.key)]}
    make_entry("Ryhmä yksi", facets=facets)
    known_codes()
    for language in LANGUAGES:
        client.get(f"/{language}/search/{query}")
        with django_assert_num_queries(3):
            client.get(f"/{language}/search/{query}")
    for number in range(19):
        for language in ("sv", "se", "smn", "sms"):
            make_entry(f"Ryhmä {number}", language=language, facets=facets)
    for language in LANGUAGES:
        with django_assert_num_queries(3):
            assert client.get(f"/{language}/search/{query}").context["listing"].total > 1


@pytest.mark.usefixtures("vocabulary")
def test_labels_are_in_the_readers_language(client):
    make_entry("Yksi", facets={"theme": ["money"], "municipality": ["890"]})
    listing = client.get("/sv/search/").context["listing"]
    theme = next(group for group in listing.groups if group.name == "theme")
    assert theme.options[0].label == ("Pengar", None)
    municipality = next(group for group in listing.groups if group.name == "municipality")
    assert municipality.options[0].label == ("Utsjoki", "fi")


def test_every_closed_facet_knows_its_codes():
    with translation.override("fi"):
        known = known_codes()
    assert set(known["kind"]) == set(listed_kinds())
    assert known["municipality"] == labels_for("Municipality")
