"""The search engine that tests run on: theirs alone while they run, clean afterwards."""

import pytest
from elasticsearch import Elasticsearch

from tests.support.elasticsearch import drop_indices, point_to_shared


def test_tests_search_the_database_unless_they_ask(settings):
    assert settings.SEARCH_URL == ""


def test_its_lack_is_one_clear_line(settings):
    settings.TEST_SEARCH_URL = ""
    with pytest.raises(pytest.fail.Exception) as failure:
        point_to_shared(settings)
    assert "make -s services" in str(failure.value)
    assert not failure.value.pytrace


@pytest.mark.engine
def test_a_test_has_indices_of_its_own(elastic: Elasticsearch, settings):
    assert settings.SEARCH_URL == settings.TEST_SEARCH_URL != ""
    elastic.indices.create(index=f"{settings.SEARCH_INDEX}-entries")
    elastic.indices.create(index=f"{settings.SEARCH_INDEX}0-anothers")
    drop_indices(elastic, settings.SEARCH_INDEX)
    assert not list(elastic.indices.get(index=f"{settings.SEARCH_INDEX}*"))
