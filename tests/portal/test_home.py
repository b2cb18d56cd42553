"""The front page: ways in, who answers now, the menu."""

from datetime import UTC, datetime

import pytest

from search.models import Entry
from tests.factories.pages import (
    OrganisationPageFactory,
    ServicePageFactory,
    ServicePointPageFactory,
)
from tests.portal.test_municipality_pages import UTSJOKI, page_of
from tests.portal.test_topic_pages import topic
from tests.support.pages import save_page

pytestmark = pytest.mark.django_db

TUESDAY_NOON = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def phone(opens: str, closes: str) -> dict:
    hours = {"weekly": [{"days": ["tue"], "opens": opens, "closes": closes}]}
    return {"type": "phone", "value": {"number": "016 123 456", "hours": hours}}


OPEN, SHUT = phone("09:00", "15:00"), phone("13:00", "15:00")


@pytest.fixture
def noon(monkeypatch):
    """The clock stands at noon in Helsinki on a Tuesday."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: TUESDAY_NOON)


def open_titles(client) -> list[str]:
    return [card.title.text for card in client.get("/fi/").context["open_cards"]]


@pytest.mark.usefixtures("noon")
def test_those_who_answer_now_of_different_organisations(portal, client):
    busy = OrganisationPageFactory()
    for title in ("A", "B", "C"):
        ServicePageFactory(parent=busy, title=title, channels=[OPEN])
    ServicePageFactory(title="D kiinni", channels=[SHUT])
    ServicePageFactory(title="E", channels=[OPEN])
    ServicePageFactory(title="F", channels=[OPEN], audience="professionals")
    assert open_titles(client) == ["A", "E"]


@pytest.mark.usefixtures("noon")
def test_at_most_three_answer_on_the_front_page(portal, client):
    for title in "ABCD":
        ServicePageFactory(title=title, channels=[OPEN])
    assert open_titles(client) == ["A", "B", "C"]
    html = client.get("/fi/").content.decode()
    save_page("home-open", html)
    assert html.count("btn--lit") == 3


@pytest.mark.usefixtures("noon")
def test_without_anyone_in_the_section_is_missing(portal, client):
    ServicePageFactory(channels=[SHUT])
    ServicePointPageFactory()
    assert open_titles(client) == []
    assert 'id="open"' not in client.get("/fi/").content.decode()


def test_situations_and_municipalities_lead_to_their_pages(portal, client):
    ServicePageFactory(situations=["loneliness"], municipalities=[UTSJOKI])
    context = client.get("/fi/").context
    assert [way.url for way in context["situations"]] == [topic("loneliness").path]
    place = Entry.objects.get(page_id=page_of(UTSJOKI).pk)
    assert [way.url for way in context["municipalities"] if way.count] == [place.path]


def test_in_sami_a_topic_is_reached_by_its_key(portal, client):
    ServicePageFactory(situations=["loneliness"])
    ways = client.get("/smn/").context["situations"]
    assert [way.url for way in ways] == [f"/smn/e/{topic('loneliness').key}/"]


def test_the_menu_marks_where_one_is(portal, client):
    ServicePointPageFactory()
    for address in ("/fi/search/?kind=service_point", "/fi/search/?kind=news"):
        html = client.get(address).content.decode()
        assert f'<a href="{address}" aria-current="page">' in html
    services = "/fi/search/?kind=activity&kind=event&kind=service&kind=volunteer"
    html = client.get(services).content.decode()
    assert f'<a href="{services.replace("&", "&amp;")}" aria-current="page">' in html


def test_the_front_page_costs_the_same_however_much_there_is(
    portal, client, django_assert_num_queries
):
    home = OrganisationPageFactory()
    ServicePageFactory(parent=home, situations=["loneliness"])
    client.get("/fi/")
    with django_assert_num_queries(8):
        client.get("/fi/")
    for _number in range(4):
        ServicePageFactory(parent=home, situations=["money"], channels=[OPEN])
    with django_assert_num_queries(8):
        client.get("/fi/")
