"""No address breaks the search page, whichever engine is behind it.

`BAD_ADDRESSES=5000 pytest tests/search/engines/test_bad_addresses.py` asks as many of each.
"""

import logging
import os
import random

import pytest

from search.urlstate import LONGEST_QUERY
from site_core.languages.registry import LANGUAGES
from tests.factories.taxonomy import ChannelFactory, MunicipalityFactory, ThemeFactory
from tests.search.bad_addresses import WORDS, bad_addresses
from tests.search.making import make_entry

from .conftest import PATIENCE

COUNT = int(os.environ.get("BAD_ADDRESSES", "300"))


@pytest.fixture
def entries(db):
    """A few entries that words of the addresses find, under codes that they name."""
    MunicipalityFactory(code="890", labels={"fi": "Utsjoki"})
    ThemeFactory(code="money", labels={"fi": "Raha"})
    ChannelFactory(code="chat", labels={"fi": "Chat"})
    for number, word in enumerate(WORDS * 3):
        make_entry(
            f"{word} {number}",
            language=list(LANGUAGES)[number % 5],
            facets={"municipality": ["890"], "theme": ["money"], "channel": ["chat"]},
        )


@pytest.mark.timeout(max(180, COUNT))
@pytest.mark.parametrize(
    "engine", ["database", pytest.param("elasticsearch", marks=pytest.mark.engine)]
)
def test_no_address_breaks_the_page(client, settings, caplog, request, entries, engine):
    if engine == "elasticsearch":
        shelf = request.getfixturevalue("shelf")
        shelf.fill()
        settings.SEARCH_URL, settings.SEARCH_INDEX = settings.TEST_SEARCH_URL, shelf.prefix
        settings.SEARCH_TIMEOUT = PATIENCE
    found = 0
    with caplog.at_level(logging.WARNING):
        for address in bad_addresses(COUNT, seed=COUNT):
            language = random.Random(address).choice(list(LANGUAGES))
            response = client.get(f"/{language}/search/", QUERY_STRING=address)
            assert response.status_code == 200, address
            assert len(response.context["listing"].state.q) <= LONGEST_QUERY, address
            found += response.context["listing"].total
    assert found, "they would all pass where nothing is ever found"
    assert [record for record in caplog.records if record.name.startswith("search.")] == []
