"""What a page of results shows of the reader's words, through the whole stack."""

import re
from uuid import uuid4

import pytest

from search.engines.base import SearchRequest
from search.marks import words_met
from search.models import Entry

from .making import NOW, make_entry, state

pytestmark = pytest.mark.django_db

EVIL = "<script>alert(1)</script>"


def cards_of(client, query: str, language: str = "fi") -> str:
    """The HTML of the cards found, its white space made one."""
    page = client.get(f"/{language}/search/", {"q": query}).content.decode()
    return " ".join("".join(re.findall(r'<li class="card">.*?</ul>', page, re.DOTALL)).split())


def marks_of(client, query: str, language: str = "fi") -> list[str]:
    """The marked words of the page."""
    page = client.get(f"/{language}/search/", {"q": query}).content.decode()
    return re.findall(r"<mark>(.*?)</mark>", page)


def test_title_and_summary_mark_inflected_words(client):
    make_entry("Tulkkauspalveluja Inarissa", summary="Tulkki auttaa. Tulkkauspalvelu on maksuton.")
    cards = cards_of(client, "tulkkauspalvelun")
    assert "<mark>Tulkkauspalveluja</mark> Inarissa</a></h2>" in cards
    assert "<p>Tulkki auttaa. <mark>Tulkkauspalvelu</mark> on maksuton.</p>" in cards


def test_a_title_in_another_language_keeps_its_language_beside_the_mark(client):
    make_entry("Kamratstöd för anhöriga", language="sv")
    cards = cards_of(client, "kamratstödet")
    assert re.search(r'<h2 lang="sv"><a [^>]*><mark>Kamratstöd</mark> för anhöriga</a>', cards)
    assert "Kuvattu ruotsiksi" in cards


def test_markup_in_texts_and_queries_stays_text(client):
    make_entry(f"{EVIL} tukea", summary=f"Tukea & {EVIL} <b>tukea</b>", body=f"<p>{EVIL}</p>")
    for query in ("tuki", f"tuki {EVIL}", f'"><mark>{EVIL}', "script alert", "<mark>tuki</mark>"):
        page = client.get("/fi/search/", {"q": query}).content.decode()
        assert "<script>alert" not in page
        assert "<b>tukea" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>tukea</mark>" in cards_of(client, "tuki")
    assert "<mark>script</mark>&gt;" in cards_of(client, "script alert")


@pytest.mark.parametrize("query", ["", "ja", "zzz"])
def test_without_words_that_are_met_nothing_is_marked(client, query):
    make_entry("Tukea ja apua", summary="Kaikille ja heti.")
    assert marks_of(client, query) == []


def test_a_hit_in_the_body_alone_is_shown_in_its_sentence(client):
    make_entry(
        "Neuvontaa",
        summary="Soita meille.",
        body="<h2>Kenelle</h2><p>Tule käymään. Tulkkeja on <b>kaksi</b> &amp; enemmän.</p>",
    )
    cards = cards_of(client, "tulkki")
    assert '<p class="excerpt"><mark>Tulkkeja</mark> on kaksi &amp; enemmän.</p>' in cards


def test_a_word_met_in_another_version_is_shown_in_that_language(client):
    key = uuid4()
    make_entry("Tulkki Inarissa", key=key)
    make_entry("Dulkon Anáris", language="se", key=key)
    assert '<p class="excerpt" lang="se"><mark>Dulkon</mark> Anáris</p>' in cards_of(
        client, "dulkon"
    )
    assert '<p class="excerpt"' not in cards_of(client, "tulkki")
    assert "<h2><a" in cards_of(client, "dulkon", "se")


def test_no_sentence_is_taken_from_a_version_that_is_hidden():
    key = uuid4()
    shown = make_entry("Tulkki Inarissa", key=key)
    other = make_entry("Dulkon Anáris", language="se", key=key)
    words = SearchRequest.of(state(q="dulkon"), "fi", NOW).words
    for hidden, excerpt in ((False, "Dulkon Anáris"), (True, "")):
        Entry.objects.filter(pk=other.pk).update(is_public=not hidden)
        met = words_met({shown.pk: shown}, words, "fi", NOW, [shown.pk])
        assert str(met[shown.pk].excerpt or "") == excerpt


def test_statements_stay_few_however_many_cards_show_another_version(
    client, django_assert_max_num_queries
):
    for number in range(25):
        key = uuid4()
        make_entry(f"Tulkki {number}", key=key)
        make_entry(f"Dulkon {number}", language="se", key=key)
    client.get("/fi/search/?q=dulkon")
    with django_assert_max_num_queries(6):
        assert len(marks_of(client, "dulkon")) == 20


def test_the_heading_counts_what_answers_and_the_rest_is_related(client):
    make_entry("Tulkki Inarissa")
    make_entry("Tulkki Kemissä")
    response = client.get("/fi/search/", {"q": "tulkki inari"})
    listing, page = response.context["listing"], response.content.decode()
    assert (listing.strong_total, listing.related_total) == (1, 1)
    assert "1 osuma haulle ”tulkki inari”" in str(listing.heading)
    assert [card.title.text for card in listing.cards] == ["Tulkki Inarissa"]
    assert [card.title.text for card in listing.related_cards] == ["Tulkki Kemissä"]
    assert page.index("Tulkki</mark> <mark>Inarissa") < page.index('id="related"')


def test_where_all_only_comes_close_the_page_says_so(client):
    make_entry("Tulkki Kemissä")
    response = client.get("/fi/search/", {"q": "tulkki inari"})
    listing, page = response.context["listing"], response.content.decode()
    assert str(listing.heading) == "Ei vielä osumia haulle ”tulkki inari”"
    assert "Löytyi" not in re.search(r'role="status">(.*?)</p>', page, re.DOTALL)[1]
    assert 'id="related"' in page
    assert "<mark>Tulkki</mark> Kemissä" in page
