"""Topics and pages of text: everyday questions, and what answers them."""

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import Locale

from search.models import Entry
from site_core.languages.registry import LANGUAGES
from site_core.portal.models import HomePage, StandardPage, TopicIndexPage, TopicPage
from site_core.taxonomy.models import LifeSituation, Theme
from tests.factories.pages import OrganisationPageFactory, ServicePageFactory, body, publish
from tests.support.pages import save_page

pytestmark = pytest.mark.django_db


def topic(code: str, language: str = "fi") -> Entry:
    page = TopicPage.objects.get(life_situation__code=code, locale__language_code=language)
    return Entry.objects.get(page_id=page.pk)


def test_every_situation_and_theme_has_its_page_in_finnish_and_swedish(portal):
    for language in ("fi", "sv"):
        pages = TopicPage.objects.filter(locale__language_code=language, live=True)
        assert {page.life_situation_id for page in pages} - {None} == set(
            LifeSituation.objects.values_list("pk", flat=True)
        )
        assert {page.theme_id for page in pages} - {None} == set(
            Theme.objects.values_list("pk", flat=True)
        )
    swedish = topic("loneliness", "sv")
    assert swedish.key == topic("loneliness").key
    assert swedish.title == LifeSituation.objects.get(code="loneliness").labels["sv"]


@pytest.mark.parametrize("both", [True, False])
def test_a_topic_is_one_thing(portal, both):
    index = TopicIndexPage.objects.first()
    chosen = {
        "life_situation": LifeSituation.objects.first() if both else None,
        "theme": Theme.objects.first() if both else None,
    }
    page = TopicPage(title="Kaksi tai ei mitään", locale=index.locale, live=False, **chosen)
    with transaction.atomic(), pytest.raises((IntegrityError, AttributeError)):
        index.add_child(instance=page)
    assert not TopicPage.objects.filter(title=page.title).exists()


def test_the_page_answers_its_question(portal, client):
    ServicePageFactory(title="Ystäväpiiri", situations=["loneliness"], themes=["peer_support"])
    ServicePageFactory(title="Velkaneuvonta", situations=["money"], themes=["money"])
    entry = topic("loneliness")
    response = client.get(entry.path)
    html = response.content.decode()
    save_page("topic", html)
    assert [card.title.text for card in response.context["listing"].cards] == ["Ystäväpiiri"]
    assert f"<h1>{entry.title}</h1>" in html
    assert '<input type="hidden" name="situation" value="loneliness">' in html
    assert [way.code for way in response.context["related"]] == ["peer_support"]
    theme = client.get(response.context["related"][0].url)
    assert theme.status_code == 200
    assert [card.title.text for card in theme.context["listing"].cards] == ["Ystäväpiiri"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_without_a_page_of_their_own_reach_it_by_its_key(portal, client, language):
    entry = topic("loneliness")
    response = client.get(f"/{language}/e/{entry.key}/", follow=True)
    assert response.status_code == 200
    shown = "sv" if language == "sv" else "fi"
    marked = "" if language == shown else ' lang="fi"'
    assert f"<h1{marked}>{topic('loneliness', shown).title}</h1>" in response.content.decode()


def test_the_index_offers_what_something_answers(portal, client):
    ServicePageFactory(situations=["loneliness"], themes=["peer_support"])
    index = TopicIndexPage.objects.get(locale__language_code="fi")
    response = client.get(Entry.objects.get(page_id=index.pk).path)
    save_page("topics", response.content)
    assert [way.url for way in response.context["situations"]] == [topic("loneliness").path]
    assert [way.code for way in response.context["themes"]] == ["peer_support"]


def test_a_topic_costs_the_same_however_much_answers_it(portal, client, django_assert_num_queries):
    home = OrganisationPageFactory()
    path = topic("loneliness").path
    ServicePageFactory(parent=home, situations=["loneliness"], themes=["peer_support"])
    client.get(path)
    with django_assert_num_queries(6):
        client.get(path)
    for _number in range(4):
        ServicePageFactory(parent=home, situations=["loneliness"], themes=["money", "digital"])
    with django_assert_num_queries(6):
        client.get(path)


def test_a_page_of_text_is_read_found_and_lies_below_others(portal, client):
    home = HomePage.objects.get(locale__language_code="fi")
    page = StandardPage(
        title="Tietoa palvelusta",
        summary="Kuka tätä ylläpitää.",
        body=body("Ylläpitäjä on hyvinvointialue."),
        locale=Locale.objects.get(language_code="fi"),
        live=False,
    )
    home.add_child(instance=page)
    below = StandardPage(title="Tietosuoja", summary="Mitä kerätään.", locale=page.locale)
    page.add_child(instance=below)
    publish(page)
    publish(below)
    response = client.get("/fi/tietoa-palvelusta/")
    save_page("standard", response.content)
    assert "Ylläpitäjä on hyvinvointialue." in response.content.decode()
    assert client.get("/fi/tietoa-palvelusta/tietosuoja/").status_code == 200
    found = client.get("/fi/search/?kind=page").context["listing"].cards
    assert [card.title.text for card in found] == ["Tietoa palvelusta", "Tietosuoja"]
