"""Whatever stands in an address becomes a state, and a state makes one address."""

from urllib.parse import parse_qs

import pytest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from hypothesis import given, settings
from hypothesis import strategies as st

from search.urlstate import FACETS, LONGEST_QUERY, MOST_CODES, SearchState

from .making import state


def test_plain_address_is_the_plain_state():
    assert state() == SearchState()
    assert state().query_string() == ""
    assert not state().is_filtered


def test_everything_is_read():
    read = state(
        q="apua  velkoihin",
        municipality=["890", "148"],
        sort="name",
        page="3",
        audience="professionals",
        terms="free",
    )
    assert read.q == "apua velkoihin"
    assert read.municipality == ("148", "890")
    assert (read.sort, read.page, read.audience, read.terms) == (
        "name",
        3,
        "professionals",
        ("free",),
    )
    assert read.filters == {"municipality": ("148", "890"), "terms": ("free",)}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("-1", 1),
        ("0", 1),
        ("7", 7),
        ("500", 500),
        ("501", 500),
        ("9" * 5000, 1),
        ("٣", 1),
        ("²", 1),
        ("1e3", 1),
        ("", 1),
        ("NaN", 1),
    ],
)
def test_page(given, expected):
    assert state(page=given).page == expected


def test_unknown_values_are_dropped():
    known = {"theme": ["money"], "kind": ["service"]}
    parameters = MultiValueDict(
        {
            "theme": ["money", "nonsense", "' OR 1=1"],
            "kind": ["%"],
            "sort": ["up"],
            "audience": ["all"],
            "terms": ["cheap"],
            "foo": ["bar"],
        }
    )
    assert SearchState.parse(parameters, known) == SearchState(theme=("money",))


def test_long_and_dirty_queries_are_cut():
    assert len(state(q="x" * 100_000).q) == LONGEST_QUERY
    assert state(q=" ".join("abcdefghijklmnop")).q == "a b c d e f g h i j k l"
    assert state(q="a\x00b\ud800 \u202ec").q == "ab \u202ec"


def test_codes_are_capped():
    assert len(state(theme=[f"t{n}" for n in range(100)]).theme) == MOST_CODES


def test_changing_goes_back_to_the_first_page():
    third = state(q="apu", page="3", theme=["a", "b"])
    assert third.with_(sort="name").page == 1
    assert third.without("theme", "a").theme == ("b",)
    assert third.without("theme").theme == ()
    assert third.adding("theme", "c").theme == ("a", "b", "c")
    assert third.with_(page=4).page == 4


def test_no_facet_of_that_name():
    with pytest.raises(ValueError, match="no facet"):
        state().codes("page")


def test_order_in_force():
    assert state().order == "nearest"
    assert state(q="apu").order == "relevance"
    assert state(sort="relevance").order == "nearest"
    assert state(q="apu", sort="newest").order == "newest"


texts = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*FACETS, "q", "sort", "page", "audience", "x"]),
        st.lists(texts, max_size=4),
        max_size=8,
    )
)
def test_any_address_parses_and_comes_back_the_same(lists):
    parsed = SearchState.parse(MultiValueDict(lists))
    query = parsed.query_string()
    again = SearchState.parse(QueryDict(query.removeprefix("?")))
    assert again == parsed
    assert again.query_string() == query
    assert set(parse_qs(query.removeprefix("?"))) <= {*FACETS, "q", "sort", "page", "audience"}
