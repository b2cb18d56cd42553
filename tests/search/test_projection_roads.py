"""On every road on which a page changes, its entry follows."""

import pytest

from search.entries.actions import find_disagreements
from tests.support.roads import ROADS


@pytest.mark.parametrize("name", ROADS)
def test_page_and_entry_agree(portal, name, django_capture_on_commit_callbacks):
    road = ROADS[name]()
    next(road)
    assert find_disagreements() == []
    with django_capture_on_commit_callbacks(execute=True):
        next(road)
    assert find_disagreements() == []
    next(road, None)
