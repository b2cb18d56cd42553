"""The pages of municipalities: what reaches a place, from near and far."""

from datetime import UTC, datetime

import pytest

from search.models import Entry
from site_core.languages.registry import LANGUAGES
from site_core.portal.actions import set_up_portal
from site_core.portal.models import MunicipalityPage
from site_core.taxonomy.models import Municipality
from tests.factories.pages import (
    PHONE,
    NewsPageFactory,
    OrganisationPageFactory,
    ServicePageFactory,
    ServicePointPageFactory,
    draft,
    publish,
)
from tests.support.pages import save_page

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
UTSJOKI, INARI, SALLA = "890", "148", "732"
VIDEO = {"type": "video", "value": {"url": "https://example.org/etana"}}
IN_SAMI = {
    "type": "in_person",
    "value": {"street": "Tie 1", "town": "Utsjoki", "languages": [{"code": "se", "note": ""}]},
}


def page_of(code: str, language: str = "fi") -> MunicipalityPage:
    return MunicipalityPage.objects.get(municipality__code=code, locale__language_code=language)


def read(client, code: str, language: str = "fi"):
    return client.get(Entry.objects.get(page_id=page_of(code, language).pk).path)


def counts(response) -> dict[str, int]:
    return {way.code: way.count for way in response.context["ways"]}


def test_every_municipality_has_its_page_in_the_languages_that_have_its_name(portal):
    for place in Municipality.objects.all():
        pages = MunicipalityPage.objects.filter(municipality=place, live=True)
        written = {page.locale.language_code: page for page in pages}
        assert set(written) == {"fi", "sv"} | {code for code in place.labels if code in LANGUAGES}
        assert len({page.translation_key for page in pages}) == 1
        assert all(page.title == place.labels[code] for code, page in written.items())


def test_set_up_again_makes_nothing_twice_and_keeps_an_editors_words(portal):
    page, many = page_of(UTSJOKI), MunicipalityPage.objects.count()
    page.title, page.intro = "Utsjoen kunta", "Täällä palvellaan saameksi."
    publish(page)
    set_up_portal()
    assert MunicipalityPage.objects.count() == many
    assert page_of(UTSJOKI).title == "Utsjoen kunta"


def test_the_place_is_called_by_its_own_names_too(portal, client):
    html = read(client, UTSJOKI).content.decode()
    assert '<span lang="se">Ohcejohka</span>' in html
    assert '<span lang="fi">Utsjoki</span>' in read(client, UTSJOKI, "se").content.decode()


def test_counts_tell_how_near_help_is_and_lead_to_as_many(portal, client):
    ServicePageFactory(channels=[VIDEO], municipalities=[], coverage="remote")
    ServicePageFactory(channels=[PHONE, IN_SAMI], municipalities=[UTSJOKI])
    ServicePageFactory(channels=[IN_SAMI], municipalities=[UTSJOKI, INARI])
    ServicePageFactory(channels=[IN_SAMI], municipalities=[INARI])
    ServicePageFactory(channels=[IN_SAMI], municipalities=[SALLA])
    ServicePageFactory(channels=[VIDEO], municipalities=[UTSJOKI], audience="professionals")
    response = read(client, UTSJOKI)
    assert counts(response) == {"remote": 2, "here": 2, "sami": 2, INARI: 2}
    assert (response.context["total"], response.context["remote"]) == (3, 2)
    for way in response.context["ways"]:
        assert client.get(way.url).context["listing"].total == way.count
    assert " km" in str(response.context["ways"][-1].label)


def test_own_services_come_before_those_of_everywhere(portal, client):
    ServicePageFactory(title="A maa", channels=[VIDEO], municipalities=[], coverage="whole_country")
    ServicePageFactory(title="B etä", channels=[VIDEO], municipalities=[], coverage="remote")
    ServicePageFactory(title="C oma", municipalities=[UTSJOKI])
    ServicePageFactory(title="D muu", municipalities=[SALLA])
    shown = [card.title.text for card in read(client, UTSJOKI).context["cards"]]
    assert shown == ["C oma", "B etä", "A maa"]


def test_situations_count_only_what_reaches_the_place(portal, client):
    ServicePageFactory(municipalities=[UTSJOKI], situations=["loneliness"])
    ServicePageFactory(municipalities=[SALLA], situations=["loneliness", "money"])
    found = read(client, UTSJOKI).context["situations"]
    assert [(way.code, way.count) for way in found] == [("loneliness", 1)]
    assert client.get(found[0].url).context["listing"].total == 1


def test_points_here_come_first_then_the_neighbours(portal, client):
    ServicePointPageFactory(title="Ivalo", municipality=INARI)
    ServicePointPageFactory(title="Utsjoki", municipality=UTSJOKI)
    ServicePointPageFactory(title="Salla", municipality=SALLA)
    points = read(client, UTSJOKI).context["points"]
    assert [(row.name.text, row.kilometres > 0) for row in points] == [
        ("Utsjoki", False),
        ("Ivalo", True),
    ]


def test_what_is_coming_and_the_news_of_the_place(portal, client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    event = ServicePageFactory(
        title="Keittopäivä", kind="event", municipalities=[UTSJOKI], live=False
    )
    event.occurrences.create(
        starts_at=datetime(2026, 11, 28, 9, tzinfo=UTC),
        ends_at=datetime(2026, 11, 28, 12, tzinfo=UTC),
    )
    publish(event)
    NewsPageFactory(title="Utsjoen uutinen", municipalities=[UTSJOKI])
    NewsPageFactory(title="Sallan uutinen", municipalities=[SALLA])
    context = read(client, UTSJOKI).context
    assert [(row.title.text, row.when.text) for row in context["coming"]] == [
        ("Keittopäivä", "la 28.11. klo 11.00")
    ]
    assert [card.title.text for card in context["news"]] == ["Utsjoen uutinen"]


def test_an_editors_words_stand_on_the_page(portal, client):
    page = page_of(UTSJOKI)
    page.intro, page.phone_note = "Palvelemme myös saameksi.", "Tiistaisin pohjoissaameksi."
    publish(page)
    draft(page)
    html = read(client, UTSJOKI).content.decode()
    assert "Palvelemme myös saameksi." in html
    assert "Tiistaisin pohjoissaameksi." in html
    swedish = read(client, UTSJOKI, "sv").content.decode()
    assert 'lang="fi">Palvelemme myös saameksi.' in swedish


def test_the_page_costs_five_queries_however_much_there_is(
    portal, client, django_assert_num_queries
):
    home = OrganisationPageFactory()
    ServicePageFactory(parent=home, municipalities=[UTSJOKI])
    read(client, UTSJOKI)
    path = Entry.objects.get(page_id=page_of(UTSJOKI).pk).path
    with django_assert_num_queries(5):
        client.get(path)
    for _number in range(4):
        ServicePageFactory(parent=home, municipalities=[UTSJOKI, INARI], situations=["money"])
        ServicePointPageFactory(parent=home, municipality=UTSJOKI)
        NewsPageFactory(parent=home, municipalities=[UTSJOKI])
    with django_assert_num_queries(5):
        client.get(path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_every_language(portal, client, language):
    ServicePageFactory(municipalities=[UTSJOKI], situations=["loneliness"])
    ServicePointPageFactory(municipality=UTSJOKI)
    key = page_of(UTSJOKI).translation_key
    response = client.get(f"/{language}/e/{key}/", follow=True)
    assert response.status_code == 200
    assert not response.cookies
    save_page(f"municipality-{language}", response.content)


def test_the_index_leads_to_every_page(portal, client):
    page = page_of(UTSJOKI)
    index = Entry.objects.get(page_id=page.get_parent().pk)
    response = client.get(index.path)
    html = response.content.decode()
    save_page("municipalities", html)
    assert len(response.context["municipalities"]) == 21
    assert f'href="{Entry.objects.get(page_id=page.pk).path}"' in html
    crumbs = [url for _name, url in read(client, UTSJOKI).context["breadcrumbs"]]
    assert crumbs == ["/fi/", index.path]


def test_an_index_without_a_name_in_the_language_is_marked_as_finnish(portal, client):
    key = page_of(UTSJOKI).get_parent().translation_key
    inari = Entry.objects.get(key=key, language="smn")
    assert inari.texts["title"] == ["Kunnat", "fi"]
    assert '<h1 lang="fi">Kunnat</h1>' in client.get(inari.path).content.decode()
    assert Entry.objects.get(key=key, language="sv").texts["title"][1] == "sv"
