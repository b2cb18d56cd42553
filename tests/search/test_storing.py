"""What the database keeps of an entry to find it by, and when that is written anew."""

import pytest

from search.engines import database_engine, forget_entries
from search.engines.documents import analysis_name, entry_terms, plain
from search.models import Entry
from search.sync.rebuilding import renew_terms

from .making import find, make_entry, requested, state, titles

pytestmark = pytest.mark.django_db


def test_another_analysis_is_indexed_anew():
    old, right = make_entry("Velkaneuvonta"), make_entry("Kuljetus")
    gone = make_entry("Piilossa", is_public=False)
    database_engine().store(old.pk, ["tlfvanha"], "0-voikko")
    forget_entries([gone.pk])
    assert database_engine().outdated(analysis_name()) == [old.pk]
    version = Entry.objects.get(pk=old.pk).version
    assert renew_terms()
    assert database_engine().outdated(analysis_name()) == []
    assert Entry.objects.get(pk=old.pk).version == version + 1  # so that the engine hears of it
    assert titles(find(q="velkaneuvonta")) == ["Velkaneuvonta"]
    assert titles(find(q="kuljetus")) == [right.title]


def test_a_huge_text_is_indexed():
    entry = make_entry("Pitkä", body=" ".join(f"sana{number}" for number in range(30_000)))
    assert len(entry_terms(entry)) == 20_000
    assert find(q="pitkä").total == 1


def test_plain_text_keeps_words_apart():
    assert plain("<p>a</p><p>b &amp; c</p>").split() == ["a", "b", "&", "c"]


@pytest.mark.parametrize("parameters", [{}, {"q": "ryhmä"}, {"q": "ryhmä", "municipality": "890"}])
def test_queries_do_not_grow(django_assert_num_queries, parameters):
    engine = database_engine()
    find(municipality="890")  # which of the places lie next door is kept in the process
    for count in (1, 19):
        for number in range(count):
            make_entry(f"Ryhmä {number}", facets={"municipality": ["890"]})
        request = requested(state(**parameters))
        with django_assert_num_queries(2):
            engine.search(request)
