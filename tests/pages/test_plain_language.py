"""What makes a text hard to read, counted."""

import pytest

from site_core.languages.voikko import voikko
from site_core.pages import plain_language
from site_core.pages.plain_language import lix, measure, passives, sentences, words

LONG = (
    "Me autamme sinua kun et tiedä mistä aloittaa tai kenelle voit soittaa jos tarvitset apua heti."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Soita. Autamme!", ["Soita.", "Autamme!"]),
        ("Avoinna klo. 9–15. Tervetuloa.", ["Avoinna klo. 9–15.", "Tervetuloa."]),
        ("Tule 5. päivä mukaan. Hae nyt?", ["Tule 5. päivä mukaan.", "Hae nyt?"]),
        ("Otsikko\nTeksti alkaa.", ["Otsikko", "Teksti alkaa."]),
        ("Vi ordnar t.ex. kaffe. Kom!", ["Vi ordnar t.ex. kaffe.", "Kom!"]),
        ("12 345\n…\nSana.", ["Sana."]),
    ],
)
def test_sentences(text, expected):
    assert sentences(text) == expected


def test_words_leave_addresses_and_numbers_out():
    text = "Kysy: neuvo@example.org tai https://example.org/a 040 123 – Virtu-piste, cõõggâmpääiʹǩ"
    assert words(text) == ["Kysy", "tai", "Virtu-piste", "cõõggâmpääiʹǩ"]


@pytest.mark.parametrize(("extra", "found"), [("", 0), (" nyt", 1)])
def test_a_sentence_of_sixteen_words_is_long(extra, found):
    sentence = " ".join(["sana"] * 15) + extra + "."
    assert len(measure(sentence, "fi").long_sentences) == found
    assert measure(LONG, "fi").long_sentences == (LONG,)


def test_a_word_is_as_long_as_its_longest_part():
    text = "Päihdekuntoutusohjaaja neuvoo. Sosiaali- ja terveyspalvelu-neuvonta auttaa."
    assert measure(text, "fi").long_words == ("Päihdekuntoutusohjaaja",)


def test_passives_are_verbs_that_can_be_nothing_else():
    readings = {"haetaan": [{"PERSON": "4"}], "soita": [{"PERSON": "2"}, {}], "voi": []}
    assert passives("Tukea haetaan. Soita, voi. Haetaan!", lambda word: readings.get(word, [])) == (
        "haetaan",
        "Haetaan",
    )


def test_passives_by_the_analyser():
    analyse = voikko().analyze
    text = "Avustusta haetaan lomakkeella. Päätös tehdään viikossa. Me autamme. Voit soittaa."
    assert measure(text, "fi", analyse).passives == ("haetaan", "tehdään")
    assert measure(text, "fi").passives == ()
    assert measure(text, "sv", analyse).passives == ()


@pytest.mark.timeout(20)
@pytest.mark.parametrize("text", ["a" * 200_000, "n. " * 20_000, "5. s " * 20_000])
def test_no_text_takes_long_to_measure(text):
    assert measure(text, "sv").long_sentences or measure(text, "sv").long_words


def test_lix_is_for_swedish_texts_of_some_length():
    easy = "Vi hjälper dig. Du kan ringa. Du kan komma hit. " * 4
    hard = (
        "Socialförvaltningens handläggningsprocesser förutsätter kompletterande utredningar. " * 8
    )
    assert lix("Kort text.") is None
    assert lix(easy) < 20 < plain_language.HARD_LIX < lix(hard)
    assert measure(hard, "sv").lix == lix(hard)
    assert measure(hard, "fi").lix is None


def test_lix_by_hand():
    text = "Bilen rullar sakta. " * 9 + "Barnen springer hemåt nu."
    # 31 words, 10 sentences, one word over six letters ("springer")
    assert lix(text) == pytest.approx(31 / 10 + 100 * 1 / 31)
