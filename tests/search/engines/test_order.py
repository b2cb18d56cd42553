"""What stands before what, and what does not belong to the answer: the same on every engine."""

from datetime import timedelta

import pytest

from search.engines.elasticsearch.answers import hits_of
from search.engines.elasticsearch.queries import NAME
from tests.factories.taxonomy import MunicipalityFactory
from tests.search.making import NOW, make_entry, requested, state, titles


def strength(result):
    return [hit.strong for hit in result.hits]


def test_words_side_by_side_go_before_words_apart(find):
    make_entry("Ryhmä nuorille", body="Käsityö ja avoin toiminta.")
    make_entry("Ryhmä nuorille", body="Toiminta, käsityö ja avoin ovi.")
    first, second = find(q="avoin toiminta").hits
    assert first.score > second.score
    assert first.entry_id < second.entry_id


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("Mielenterveyspalvelut", "mielenterveys palvelut"),
        ("Mielenterveys palvelut", "mielenterveyspalvelut"),
        ("Neuvontaa velkaantuneille", "velka neuvonta"),
    ],
)
def test_a_compound_and_its_members_find_each_other(title, query, find):
    make_entry(title)
    make_entry("Kuljetus")
    assert titles(find(q=query)) == [title]


def test_both_members_go_before_one(find):
    make_entry("Asuminen")
    make_entry("Neuvonta")
    make_entry("Asuminen ja neuvonta")
    found = find(q="asumisneuvonta")
    assert titles(found)[0] == "Asuminen ja neuvonta"
    assert strength(found) == [True, False, False]
    assert (found.total, found.strong_total) == (3, 1)


def test_what_is_needed_goes_before_the_form_it_has(find):
    for title in ("Terveysneuvonta", "Neuvonta", "Velkajärjestely"):
        make_entry(title)
    make_entry("Neuvonta taloudesta")
    assert titles(find(q="velkaneuvonta"))[0] == "Velkajärjestely"


@pytest.mark.parametrize("slip", ["velkaneuvnota", "velkaneuvont", "velkaneeuvonta"])
def test_a_slip_of_the_finger_finds_what_was_meant_as_related(slip, find):
    make_entry("Velkaneuvonta")
    make_entry("Kuljetus lääkäriin")
    found = find(q=slip)
    assert titles(found) == ["Velkaneuvonta"]
    assert strength(found) == [False]


def test_a_whole_question_finds_by_the_words_that_tell(find):
    make_entry("Vuokravelkaan apua", body="Autamme kun vuokra on maksamatta.")
    make_entry("Avoin kahvila", body="Täällä voi olla ja saa kahvia.")
    found = find(q="hei mistä voin saada apua kun minulla on vuokra maksamatta")
    assert titles(found) == ["Vuokravelkaan apua"]
    assert found.hits[0].strong


def test_nonsense_beside_words_does_not_answer(find):
    make_entry("Velkaneuvonta")
    assert strength(find(q="velkaneuvonta xyzzy")) == [False]
    assert find(q="xyzzy qwrtp plkjh").total == 0


def test_a_loose_likeness_in_the_body_is_nothing(find):
    make_entry("Kahvila", body="Velkaneuvontaa")
    assert find(q="velkaneuvnota").total == 0


def test_what_serves_her_goes_before_what_lies_elsewhere(find):
    MunicipalityFactory(code="890", labels={"fi": "Utsjoki"}, neighbours=["148"])
    here = {"municipality": ["890"]}
    make_entry("Ryhmä naapurissa", facets={**here, "place": ["148"]})
    make_entry("Ryhmä maassa", coverage="whole_country", facets=here)
    make_entry("Ryhmä etänä", coverage="remote", facets=here)
    make_entry("Ryhmä täällä", facets=here)
    found = titles(find(q="ryhmä", municipality="890"))
    assert found == ["Ryhmä täällä", "Ryhmä etänä", "Ryhmä maassa", "Ryhmä naapurissa"]


def test_of_equals_the_fresher_goes_first_and_age_does_not_beat_a_better_answer(find):
    for years in (3, 1, 0):
        make_entry(f"Ryhmä {years}", last_confirmed=NOW.date() - timedelta(days=365 * years))
    make_entry("Kerho", body="Ryhmä", last_confirmed=NOW.date())
    for number in range(16):  # else nearly all names would have the word, and hardly a text
        make_entry(f"Talo {number}")
    found = titles(find(q="ryhmä"))
    assert found[0] == "Ryhmä 0"
    assert found[-1] == "Kerho"


def test_her_own_language_goes_before_another(find):
    make_entry("Chatt", language="sv")
    make_entry("Chatt", language="fi")
    hits = find("fi", q="chatt").hits
    assert hits[0].entry_id > hits[1].entry_id
    assert hits[0].score > hits[1].score


def test_what_is_ranked_roughly_comes_after_and_in_its_order(find, monkeypatch):
    """Elasticsearch ranks only the best finely; databases know no such limit."""
    monkeypatch.setattr("search.engines.elasticsearch.queries.FINE", 2)
    for number in range(4):
        make_entry(f"Muu {number}", body="Kerho ilman sitä toista.")
        make_entry(f"Jokin {number}", body="Kerho, jossa on tulkki.")
        make_entry(f"Kerho ja tulkki {number}")
    pages = [find(q="kerho tulkki", page_size=3, page=str(page)) for page in (1, 2, 3, 4)]
    hits = [hit for page in pages for hit in page.hits]
    names = [title for page in pages for title in titles(page)]
    assert [name.split()[0] for name in names] == ["Kerho"] * 4 + ["Jokin"] * 4 + ["Muu"] * 4
    assert [hit.strong for hit in hits] == [True] * 8 + [False] * 4
    assert len({hit.entry_id for hit in hits}) == pages[0].total == 12
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_what_answers_comes_first_in_the_rough_order_too(find, monkeypatch):
    monkeypatch.setattr("search.engines.elasticsearch.queries.FINE", 1)
    make_entry("Kerho", body="Neuvoja paikalla.")
    make_entry("Muu", body="Kerho ja neuvonta.")
    found = find(q="kerho neuvonta")
    assert titles(found) == ["Muu", "Kerho"]
    assert strength(found) == [True, False]


@pytest.mark.engine
def test_hits_of_the_same_score_lie_by_name_in_a_merged_index(ask_elasticsearch):
    """The databases have them in the order of their rows."""
    for name in "CADB":
        make_entry(f"Kerho {name}")
    asked = [requested(state(q="kerho", page=str(page)), page_size=1) for page in (1, 2, 3, 4)]
    pages = [ask_elasticsearch(request) for request in asked]
    assert len({hit.score for page in pages for hit in page.hits}) == 1
    assert [titles(page) for page in pages] == [[f"Kerho {name}"] for name in "ABCD"]


def test_hits_of_the_same_score_stand_by_name_on_a_page():
    """However the engine's index has them lie."""
    lying = [(1.0, "b", 3), (1.0, "b", 2), (2.0, "c", 1), (1.0, "a", 4)]
    hits = [
        {"_id": str(pk), "_score": score, "fields": {NAME: [name]}} for score, name, pk in lying
    ]
    found = hits_of(requested(state(q="kerho"), "fi"), {"hits": {"hits": hits}})
    assert [hit.entry_id for hit in found] == [1, 4, 2, 3]
