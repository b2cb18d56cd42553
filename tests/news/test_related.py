"""What a reader of news is led on to."""

import datetime

import pytest

from search.models import Entry
from site_core.pages.cards import entry_url
from tests.factories.pages import NewsPageFactory, OrganisationPageFactory, stored

pytestmark = pytest.mark.django_db


def news(title: str, day: int = 1, **fields):
    return NewsPageFactory(title=title, date=datetime.date(2026, 11, day), **fields)


def related(client, page) -> list[str]:
    entry = Entry.objects.get(page_id=page.pk)
    return [found.title for found in client.get(entry_url(entry, "fi")).context["related"]]


def test_news_of_the_same_theme_or_place_the_newest_first(portal, client):
    page = news("Tämä", municipalities=["890"], themes=["money"])
    news("Vanha samasta paikasta", 2, municipalities=["890"])
    news("Uusi samasta aiheesta", 9, themes=["money", "work"])
    news("Muualta", 10, municipalities=["732"], themes=["work"])
    news("Luonnos", 11, municipalities=["890"], live=False)
    assert related(client, page) == ["Uusi samasta aiheesta", "Vanha samasta paikasta"]


def test_news_filed_under_nothing_lead_on_to_none(portal, client):
    page = news("Yksin")
    news("Toinen", municipalities=["890"])
    assert related(client, page) == []


def test_news_are_found_by_theme_and_place(portal, client):
    news("Utsjoen talous", municipalities=["890"], themes=["money"])
    news("Sallan talous", municipalities=["732"], themes=["money"])
    found = client.get("/fi/search/?kind=news&municipality=890&theme=money").context["listing"]
    assert [card.title.text for card in found.cards] == ["Utsjoen talous"]


def test_one_query_however_many_there_are(portal, client, django_assert_num_queries):
    home = OrganisationPageFactory()
    page = stored(news("Tämä", parent=home, themes=["money"]))
    path = Entry.objects.get(page_id=page.pk).path
    client.get(path)
    with django_assert_num_queries(3):
        client.get(path)
    for number in range(6):
        news(f"Muu {number}", parent=home, themes=["money"])
    with django_assert_num_queries(3):
        assert len(client.get(path).context["related"]) == 4
