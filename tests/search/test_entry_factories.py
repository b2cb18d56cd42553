"""The pages other tests build are valid and public."""

import pytest

from search.entries.actions import find_disagreements
from tests.factories.pages import (
    NewsPageFactory,
    OrganisationPageFactory,
    ServicePageFactory,
    TrainingPageFactory,
    translate,
)


@pytest.mark.parametrize(
    "factory", [OrganisationPageFactory, ServicePageFactory, NewsPageFactory, TrainingPageFactory]
)
def test_a_page_is_valid_and_public(portal, factory):
    page = factory()
    page.full_clean()
    assert page.entry.is_public
    assert page.entry.path == page.get_url()
    swedish = translate(page, "sv")
    assert swedish.entry.language == "sv"
    assert swedish.entry.key == page.entry.key
    assert find_disagreements() == []
