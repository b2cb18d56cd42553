"""What a page costs in queries: few, and the same however much there is around it.

Caches that live as long as the process (labels, site) are filled first.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from site_core.languages.registry import LANGUAGES
from site_core.pages.projection import projector
from tests.factories.pages import (
    NewsPageFactory,
    OrganisationPageFactory,
    ServicePageFactory,
    ServicePointPageFactory,
    TrainingPageFactory,
    stored,
    translate,
)

# What a second reader costs. A page that shows its entry alone is stored by then; the others read
# the entry, the other versions of the page and its organisation, and what lies round it.
DETAIL = {
    ServicePageFactory: 1,
    TrainingPageFactory: 1,
    NewsPageFactory: 3,
    ServicePointPageFactory: 3,
    OrganisationPageFactory: 3,
}
STORED = [factory for factory, count in DETAIL.items() if count == 1]
RENDERED = 2

# The engines index an entry each in their own way.
PROJECTING = {"sqlite": 27, "postgresql": 27}
PUBLISHING = {"sqlite": 96, "postgresql": 95}


def queries(client, url: str) -> list[str]:
    """The statements one warm request makes."""
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("factory", DETAIL)
def test_a_detail_page(portal, client, factory):
    assert len(queries(client, factory().get_url())) == DETAIL[factory]


@pytest.mark.parametrize("factory", STORED)
def test_a_page_that_is_not_stored(portal, client, factory):
    """With a query in its address a page is rendered each time."""
    assert len(queries(client, f"{factory().get_url()}?from=mail")) == RENDERED


@pytest.mark.parametrize("factory", DETAIL)
def test_a_page_shown_in_another_language(portal, client, factory):
    """The versions of the key take the place of the entry at the address."""
    url = f"/se/e/{factory().translation_key}/"
    assert len(queries(client, url)) == DETAIL[factory]


@pytest.mark.parametrize("factory", DETAIL)
def test_as_many_in_five_languages(portal, client, factory):
    page = factory()
    for language in [code for code in LANGUAGES if code != "fi"]:
        translate(page, language)
    assert len(queries(client, page.get_url())) == DETAIL[factory]


def test_as_many_with_twenty_services(portal, client):
    organisation = OrganisationPageFactory()
    for _ in range(20):
        ServicePageFactory(parent=organisation)
    assert len(queries(client, organisation.get_url())) == DETAIL[OrganisationPageFactory]


def test_as_many_six_levels_down(portal, client):
    page = ServicePageFactory()
    parent = stored(page.get_parent())
    below = OrganisationPageFactory()
    below.move(parent, pos="last-child")
    page.move(stored(below), pos="last-child")
    page = stored(page)
    assert page.depth == 6
    assert len(queries(client, page.entry.path)) == DETAIL[ServicePageFactory]


def cost_of_publishing(**fields) -> int:
    revision = ServicePageFactory(**fields).save_revision()
    with CaptureQueriesContext(connection) as captured:
        revision.publish()
    return len(captured)


def test_publishing_costs_the_same_among_many(portal):
    """Some seventy are Wagtail's own; docs/benchmarks.md tells what the entry's are for."""
    ServicePageFactory()  # fills the caches
    assert cost_of_publishing() == PUBLISHING[connection.vendor]
    for _ in range(20):
        ServicePageFactory()
    assert cost_of_publishing() == PUBLISHING[connection.vendor]


def test_an_entry_costs_the_same_in_many_municipalities(portal):
    few = ServicePageFactory(municipalities=["732"])
    many = ServicePageFactory(municipalities=["732", "890", "148", "261", "047", "758"])
    for page in (few, many):
        page = stored(page)
        with CaptureQueriesContext(connection) as captured:
            projector().project(page)
        assert len(captured) == PROJECTING[connection.vendor]
