"""What a news item and an index of news say to their entries."""

from datetime import date

import pytest
from django.test import Client

from news.models import NewsIndexPage
from search.models import Entry
from tests.factories.pages import (
    NewsPageFactory,
    OrganisationPageFactory,
    body,
    publish,
    translate,
)


def facet(entry: Entry, name: str) -> set[str]:
    return set(entry.facet_rows.filter(facet=name).values_list("code", flat=True))


def test_a_news_item_says_who_when_and_about_what(portal):
    entry = NewsPageFactory(
        date=date(2026, 11, 20),
        byline="Viestintä",
        body=body("Näin kävi."),
        themes=["violence"],
        municipalities=["148"],
    ).entry
    assert entry.kind == "news"
    assert entry.facts["date"] == "2026-11-20"
    assert entry.facts["byline"] == "Viestintä"
    assert "Näin kävi." in entry.texts["body"][0]
    assert facet(entry, "theme") == {"violence"}
    assert facet(entry, "municipality") == {"148"}
    assert facet(entry, "kind") == {"news"}


def test_a_translation_without_a_byline_has_the_originals(portal):
    swedish = translate(NewsPageFactory(byline="Viestintä"), "sv", title="Nytt", byline="")
    assert swedish.entry.facts["byline"] == "Viestintä"
    assert swedish.entry.texts["title"] == ["Nytt", "sv"]


@pytest.mark.parametrize("others", [0, 3])
def test_an_index_lists_the_news_of_its_organisation_alone(portal, others):
    home = OrganisationPageFactory()
    home.add_child(instance=NewsIndexPage(title="Omat uutiset", locale=home.locale))
    index = publish(NewsIndexPage.objects.get())
    NewsPageFactory(parent=index, title="Oma uutinen")
    for number in range(others):
        NewsPageFactory(title=f"Vieras uutinen {number}")
    html = Client().get(index.get_url()).content.decode()
    assert "Oma uutinen" in html
    assert "Vieras uutinen" not in html
    assert index.entry.kind == "portal"
    assert index.entry not in Entry.objects.public().listed()
