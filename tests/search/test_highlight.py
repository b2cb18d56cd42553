"""Words marked where they were met: inflected, compound, otherwise spelt."""

from time import process_time

import pytest

from search.highlight import LONGEST_EXCERPT, Marker, lines
from search.query import QueryTerm, QueryWords, query_words

LONG = " ".join(["sana"] * 60)


def marked(query: str, text: str, language: str = "fi", reader: str | None = None) -> list[str]:
    """The pieces of `text` that are marked."""
    spans = Marker(query_words(query, reader or language)).spans(text, language)
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("query", "language", "text", "pieces"),
    [
        ("tulkkauspalvelu", "fi", "Saat tulkkauspalveluja.", ["tulkkauspalveluja"]),
        ("tulkkauspalveluista", "fi", "Tulkkauspalvelu auttaa.", ["Tulkkauspalvelu"]),
        ("tulkkaus", "fi", "Tulkkauspalvelu auttaa.", ["Tulkkauspalvelu"]),
        ("yksinainen", "fi", "Oletko yksinäinen?", ["yksinäinen"]),
        ("tulkki inari", "fi", "Tulkkeja Inarissa ja Kemissä", ["Tulkkeja", "Inarissa"]),
        ("kamratstödet", "sv", "Kamratstöd för anhöriga", ["Kamratstöd"]),
        ("dulkon", "se", "Dulkon Anáris", ["Dulkon"]),
        ("tulkkum", "smn", "Tulkkum Anarist", ["Tulkkum"]),
        ("tu´lǩǩõs", "sms", "Tuʹlǩǩõs lij", ["Tuʹlǩǩõs"]),
        ("tulkkos", "sms", "Tuʹlǩǩõs lij", ["Tuʹlǩǩõs"]),
    ],
)
def test_a_word_is_marked_in_whatever_form_it_stands(query, language, text, pieces):
    assert marked(query, text, language) == pieces


def test_two_words_are_marked_where_the_query_has_one_and_the_other_way():
    assert marked("mielenterveyspalvelu", "mielenterveys palvelut") == ["mielenterveys", "palvelut"]
    assert "Mielenterveyspalvelut" in marked("mielenterveys palvelut", "Mielenterveyspalvelut")


def test_a_member_of_a_compound_is_marked_only_beside_the_others():
    members = (
        QueryTerm("tlftulkkaus", 0, 4.5, True),
        QueryTerm("tlfpalvelu", 1, 4.5, True),
    )
    marker = Marker(QueryWords(("tulkkauspalvelu", "tulkkauspalvelu"), members))
    assert marker.spans("Palvelut ja palvelu", "fi") == ()
    assert marker.spans("Palvelut ja tulkkaus", "fi") == ((0, 8), (12, 20))


def test_a_suspended_compound_is_marked():
    found = marked("mielenterveystyö", "mielenterveys- ja päihdetyö")
    assert "mielenterveys" in found


def test_a_word_of_another_language_than_the_readers_is_marked_in_its_own():
    assert marked("tolkning", "Tolkning i Enare", "sv", reader="fi") == ["Tolkning"]


@pytest.mark.parametrize("query", ["ja on", "on apua ja tukea"])
def test_stop_words_are_not_marked(query):
    assert not {"ja", "on"} & set(marked(query, "Apua ja tukea on saatavilla"))


def test_what_only_resembles_a_word_is_not_marked():
    assert marked("tulkkuas", "Tulkkaus Inarissa") == []
    assert marked("lappi", "Lapset leikkivät") == []


def test_places_are_counted_in_code_points_of_the_text_as_written():
    text = "😀 Ko\u0301 tulkkaus\u00adpalvelu 😀"
    [(start, end)] = Marker(query_words("tulkkauspalvelu", "fi")).spans(text, "fi")
    assert text[start:end] == "tulkkaus\u00adpalvelu"


def test_without_words_nothing_is_marked():
    assert Marker(QueryWords()).spans("Tulkki", "fi") == ()


def test_an_excerpt_is_the_first_sentence_that_holds_a_word():
    marker = Marker(query_words("tulkki", "fi"))
    text = "Soita meille. Tulkkeja on kaksi. Tulkki tulee."
    found = marker.excerpt(text, "fi")
    assert (found.text, found.spans) == ("Tulkkeja on kaksi.", ((0, 8),))
    assert marker.excerpt("Soita meille.", "fi") is None


@pytest.mark.parametrize(
    "text",
    [f"{LONG} tulkkeja {LONG}.", f"Tulkkeja {LONG}.", "x" * 900 + " tulkkeja", "tulkki-" * 99],
)
def test_a_long_sentence_is_cut_around_the_word(text):
    found = Marker(query_words("tulkki", "fi")).excerpt(text, "fi")
    assert found.spans
    assert len(found.text) <= LONGEST_EXCERPT + 4 or " " not in found.text.strip("… ")
    assert "…" in found.text or found.text == text


def test_the_better_met_of_two_excerpts_is_worth_more():
    marker = Marker(query_words("tulkkum", "fi"))
    close = marker.excerpt("Dulkon Anáris", "se")
    assert marker.excerpt("Tulkkum", "smn").worth > (close.worth if close else 0)


def test_rich_text_becomes_lines_without_tags():
    rich = "<h2>Hinta</h2>\n<p>Maks<b>ut</b>on &amp; hyvä&lt;br&gt;.</p><ul><li>Yksi</li></ul>"
    assert [line for line in lines(rich).split("\n") if line.strip()] == [
        "Hinta",
        "Maksuton & hyvä<br>.",
        "Yksi",
    ]


def test_ten_hits_are_marked_in_35_ms():
    title = "Tulkkauspalveluja Inarissa ja koko pohjoisessa Lapissa"
    summary = "Tulkki auttaa, kun asioit viranomaisen luona tai tapaat lääkärin videolla. " * 2
    marker = Marker(query_words("velkaneuvonta utsjoki", "fi"))
    took = []
    for _ in range(5):
        begun = process_time()
        for number in range(10):
            marker.spans(title, "fi")
            marker.spans(f"{summary}{number}", "fi")
        took.append(process_time() - begun)
    assert min(took) < 0.035
