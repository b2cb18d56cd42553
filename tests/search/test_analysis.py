"""Words meet their inflected forms, compounds and derivations, and not their look-alikes."""

import json
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from search.analysis import dictionaries, finnish, prepare, sami
from search.analysis.normalise import APOSTROPHES, clean, fold, word_form
from search.analysis.spelling import spellings
from search.analysis.terms import FIELD_LETTERS, document_terms, weakest, with_lesser
from search.analysis.tokens import LAYERS, analyse
from search.query import query_words
from search.ranking import FIELD_WEIGHTS

PAIRS = Path(__file__).resolve().parents[2].parent / "shared/data/search/pairs_dev.json"

# All meetings count that find a text by its body. Reached on the development pairs: recall fi
# 99.4 %, the others 100 %; false fi 3 of 69, sv 3 of 27, se 5 of 27, smn 0 of 7, sms 0 of 1.
RECALL_FLOORS = {"fi": 0.99, "sv": 0.97, "se": 0.97, "smn": 0.97, "sms": 0.97}
FALSE_CEILINGS = {"fi": 0.08, "sv": 0.12, "se": 0.20, "smn": 0.0, "sms": 0.0}


def meet(query: str, text: str, language: str, strongly: bool = False) -> bool:
    """Whether a reader's query finds a text in her language by its body alone."""
    asked = query_words(query, language).terms
    wanted = {term.term for term in asked if term.strong or not strongly}
    return not wanted.isdisjoint(document_terms(text, language, "body"))


@pytest.mark.skipif(not PAIRS.exists(), reason="../shared/data/search is not here")
@pytest.mark.parametrize("language", RECALL_FLOORS)
def test_development_pairs(language):
    met: dict[str, list[bool]] = {"must": [], "must_not": []}
    for pair in json.loads(PAIRS.read_text())[language]:
        met[pair["kind"]] += [meet(pair["query"], text, language) for text in pair["targets"]]
    shares = {kind: sum(found) / len(found) for kind, found in met.items()}
    assert shares["must"] >= RECALL_FLOORS[language]
    assert shares["must_not"] <= FALSE_CEILINGS[language]


@pytest.mark.parametrize(
    ("language", "query", "text"),
    [
        ("fi", "keskustelu", "keskustelemme keskusteluissa"),
        ("fi", "lounas", "Lounaalle voi tulla torstaisin"),
        ("fi", "tapaaminen", "tapaamisiin"),
        ("fi", "ryhmä", "vertaisryhmässä"),
        ("fi", "kuljetuspalvelu", "kuljetus- ja saattajapalveluista"),
        ("fi", "rovaniemi", "Palvelemme Rovaniemellä"),
        ("fi", "vertaistuki", "vertaistukeen"),
        ("fi", "liikunta", "liikuntaryhmien"),
        ("sv", "samtal", "samtalen"),
        ("sv", "sjukvård", "hälso- och sjukvården"),
        ("sv", "hälsovård", "hälso- och sjukvården"),
        ("sv", "rådgivning", "budgetrådgivningen"),
        ("sv", "föräldrar", "föräldrastöd"),
        ("se", "bálvalus", "bálvalusain"),
        ("se", "giella", "sámegillii"),
        ("smn", "palvâlus", "palvâlusâst"),
        ("smn", "toorjâ", "toorjâst"),
        ("sms", "kääzzkõs", "kääzzkõõzzid"),
        ("sms", "sääʹmǩiõll", "sää´mǩiõll"),
        ("sms", "saamkioll", "sää'mǩiõll"),
    ],
)
def test_word_meets(language, query, text):
    assert meet(query, text, language)


@pytest.mark.parametrize(
    ("language", "query", "text"),
    [
        ("fi", "lapsi", "Lappi"),
        ("fi", "kunta", "kuntosali"),
        ("fi", "tuki", "tukka"),
        ("sv", "barn", "barsk"),
        ("sv", "familj", "familjär"),
        ("smn", "kielâ", "kieđâ"),
    ],
)
def test_word_does_not_meet(language, query, text):
    assert not meet(query, text, language)


def test_tokens_know_their_place():
    text = "Apua: mielenterveys- ja päihdetyö, sää´mǩiõll."
    tokens = analyse(text, "fi")
    assert [text[token.start : token.end] for token in tokens] == [
        "Apua",
        "mielenterveys",
        "ja",
        "päihdetyö",
        "sää´mǩiõll",
    ]
    assert all(token.surface == text[token.start : token.end] for token in tokens)
    assert all(set(token.layers) == set(LAYERS) for token in tokens)


def test_suspended_compound_is_made_whole():
    first = analyse("mielenterveys- ja päihdetyö", "fi")[0]
    assert "mielenterveystyo" in first.layers["lemma"]


def test_decomposed_text_is_read_like_composed():
    text = "päihdetyötä äidille"
    keys = [token.layers for token in analyse(text, "fi")]
    assert [token.layers for token in analyse(unicodedata.normalize("NFD", text), "fi")] == keys


@pytest.mark.parametrize("mark", APOSTROPHES)
def test_every_apostrophe_is_the_same_letter(mark):
    assert word_form(f"sää{mark}mǩiõll") == "sääʹmǩiõll"
    assert fold(f"Sää{mark}mǩiõll") == "saamkioll"


def test_fold_makes_every_sami_letter_plain():
    assert fold("đŋŧǥǧǩǯʒõâčšžáåäöʹ") == "dntggkzzoacszaaao"


def test_folded_keys_hold_nothing_an_engine_could_read():
    sample = "".join(map(chr, range(0x20, 0x3000)))
    keys = {
        key for token in analyse(sample, "fi") for layer in token.layers.values() for key in layer
    }
    assert keys
    assert all(key.isalnum() and key == key.lower() and len(key) <= 64 for key in keys)


def test_clean_drops_what_no_database_takes():
    assert clean("a\x00b\ud800c\ue000d\n e\u0301") == "abcd  é"


def test_unknown_language_keeps_exact_keys():
    (token,) = analyse("Help", "en")
    assert token.layers["exact"] == ("help",)
    assert token.layers["stem"] == ()


def test_stop_words_are_no_terms_but_can_be_asked_alone():
    assert document_terms("ja tai", "fi", "body") == set()
    assert query_words("neuvoa ja tukea", "fi").words == ("neuvoa", "tukea")
    assert query_words("ja", "fi").words == ("ja",)


def test_what_is_said_around_a_need_is_left_out_of_a_query_only():
    assert query_words("Tarvitsen apua velkoihin", "fi").words == ("velkoihin",)
    assert query_words("apua", "fi").words == ("apua",)
    assert query_words("mistä saan apua vuokraan", "fi").words == ("vuokraan",)
    assert query_words("var kan jag få hjälp med hyran", "sv").words == ("hyran",)
    assert query_words("gos oaččun veahki", "se").words == ("gos", "oaččun", "veahki")
    assert "befapua" in document_terms("apua", "fi", "body")


def test_a_compound_counts_as_its_members():
    query = query_words("velkaneuvonta", "fi")
    assert query.words == ("velkaneuvonta", "velkaneuvonta")
    words = {(term.term, term.word) for term in query.terms if term.strong}
    assert {("blfvelkaneuvonta", 0), ("blfvelkaneuvonta", 1), ("blfvelka", 0)} <= words
    assert ("tlfneuvonta", 1) in words
    assert ("tlfneuvonta", 0) not in words
    assert ("blfneuvonta", 1) not in words, "a head in a text may stand for anything"


def test_the_first_members_of_a_compound_are_worth_more_than_its_head():
    weights = {term.term: term.weight for term in query_words("velkaneuvonta", "fi").terms}
    assert weights["bpfvelka"] > weights["blfvelka"] > weights["blfneuvonta"]
    assert weights["tlfneuvonta"] > weights["tlfneuvoa"]


@pytest.mark.parametrize(
    ("language", "one", "other", "root"),
    [
        ("fi", "velkaneuvonta", "velkaneuvojalle", "velkaneuvoa"),
        ("fi", "omaishoidon", "omaishoitajien", "omaishoitaa"),
        ("sv", "frivilligarbetarna", "frivilligarbetare", "frivilligarbeta"),
    ],
)
def test_compounds_of_one_root_meet(language, one, other, root):
    layers = [analyse(word, language)[0].layers["root"] for word in (one, other)]
    assert all(root in keys for keys in layers)


def test_a_member_of_a_listed_compound_says_less_than_the_whole():
    weights = {term.term: term.weight for term in query_words("kielâpiervâl", "smn").terms}
    best = {}
    for text in ("kielâpiervâl", "kielâ"):
        stored = document_terms(text, "smn", "title")
        best[text] = max(weights[term] for term in weights.keys() & stored)
    assert best["kielâpiervâl"] > best["kielâ"]


def test_a_word_that_need_not_be_cut_is_not_cut():
    assert query_words("vankilasta", "fi").words == ("vankilasta",)
    assert meet("lapsi", "vankilapsi", "fi")


def test_a_compound_does_not_mean_what_its_head_derives_from():
    assert not meet("velkaneuvonta", "neuvoa", "fi")
    assert meet("neuvoa", "velkaneuvonta", "fi", strongly=True)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("vertais ryhmä", "vertaisryhmät"),
        ("vertaisryhmä", "vertais ryhmä"),
        ("digitaidot", "digi taidot"),
        ("kieli kahvila", "kielikahvilassa"),
        ("vammaisten oikeus", "vammaisoikeuksia"),
        ("velkojen järjestely", "velkajärjestelyihin"),
        ("velkajärjestely", "velkojen järjestelyssä"),
    ],
)
def test_a_split_compound_meets_the_whole_and_the_whole_a_split_one(query, text):
    words = query_words(query, "fi")
    stored = document_terms(text, "fi", "title")
    met = {term.word for term in words.terms if term.strong and term.term in stored}
    assert met == set(range(len(words.words)))


@pytest.mark.parametrize(
    ("language", "query", "text"),
    [
        ("fi", "tyottomille", "työttömien ryhmä"),
        ("fi", "haatouhka", "häätöuhkan alla"),
        ("fi", "pyoratuolilla", "pyörätuoli"),
        ("sv", "radgivningen", "rådgivning"),
        ("sv", "narstaendevardarna", "närståendevårdare"),
        ("se", "manaid", "mánná"),
    ],
)
def test_words_without_their_dots_are_spelled_again(language, query, text):
    assert meet(query, text, language, strongly=True)


def test_a_name_is_not_spelled_into_a_word():
    assert spellings("xyzzy", "fi") == ()
    assert spellings("sää", "sms") == ()


@pytest.mark.parametrize(
    "slip", ["velkaneuvnota", "velkaneuvvonta", "velkaneuvont", "velkaneuvomta", "velkneuvonta"]
)
def test_a_slip_of_the_finger_meets_loosely_and_not_in_the_body(slip):
    terms = {term.term: term.strong for term in query_words(slip, "fi").terms}
    met = terms.keys() & document_terms("Velkaneuvonta", "fi", "title")
    assert met
    assert not any(terms[term] for term in met)
    assert not terms.keys() & document_terms("Velkaneuvonta", "fi", "body")


def test_a_word_in_a_dictionary_is_no_slip():
    assert not any(term.term[1] == "g" for term in query_words("velkaneuvonta", "sv").terms)
    assert any(term.term[1] == "g" for term in query_words("velkaneuvnota", "sv").terms)


def test_query_is_read_in_every_language():
    terms = {item.term for item in query_words("tjänster", "fi").terms}
    assert {"tlvtjanst", "tlftjanster", "tevtjanster", "tentjanster"} <= terms


def test_query_words_are_capped():
    assert len(query_words(" ".join(f"sana{n}" for n in range(50)), "fi").words) == 12


def test_every_thread_has_its_own_voikko():
    words = ["palveluissa", "vertaistuen", "nuorille", "järjestöjen"] * 50

    def analyse_all(shift: int) -> list[tuple[str, ...]]:
        return [
            finnish._readings(word) and finnish._readings(word)[0].lemma
            for word in words[shift % 4 :] + words[: shift % 4]
        ]

    if finnish.finnish_rung() != "voikko":
        pytest.fail(f"Voikko is missing: {finnish.INSTALL_HINT}")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(analyse_all, range(8)))
    assert {len(answer) for answer in answers} == {len(words)}
    assert all(all(answer) for answer in answers)


def test_without_voikko_the_dictionary_serves(monkeypatch):
    monkeypatch.setattr(finnish, "finnish_rung", lambda: "simplemma")
    analysis = finnish.analyse_word.__wrapped__("palveluissa")
    assert analysis.lemmas == ("palvelu",)
    assert analysis.stems


def test_dictionaries_are_built_in_memory_where_the_folder_cannot_be_written(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    code = "from search.analysis.dictionaries import lemma; print(lemma('nuoraide', 'se'))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"SEARCH_DICTIONARY_DIR": str(blocked / "under"), "PYTHONPATH": "."},
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "nuorra"


def test_a_dictionary_is_built_once(tmp_path, monkeypatch):
    monkeypatch.setenv("SEARCH_DICTIONARY_DIR", str(tmp_path))
    assert dictionaries.build(["se"]) == ["se"]
    assert dictionaries.build(["se"]) == []
    assert [path.name for path in tmp_path.iterdir()] == ["se.dic"]


@pytest.mark.parametrize(
    ("rung", "built"), [("voikko", ["sv", "se"]), ("simplemma", ["fi", "sv", "se"])]
)
def test_set_up_builds_what_this_machine_needs(monkeypatch, rung, built):
    monkeypatch.setattr(prepare, "finnish_rung", lambda: rung)
    monkeypatch.setattr(dictionaries, "build", list)
    assert prepare.prepare() == built


@pytest.mark.parametrize("language", ["se", "smn", "sms"])
def test_stems_are_never_empty(language):
    for word in ("a", "á", "ii", "ʹ", "sáá", "õõžž", "ž", "in"):
        assert sami.stem(word, language) or not word_form(word).replace("ʹ", "")


@pytest.mark.parametrize("query", ["tuki", "velkaneuvonta inari", "velkaneuvnota", "dulkon"])
@pytest.mark.parametrize("field", FIELD_LETTERS)
@pytest.mark.parametrize("text", ["Velkaneuvontaa ja tukea", "Dulkon", "Inarin velkaneuvoja"])
def test_one_look_up_a_word_finds_what_all_do(query, field, text):
    stored = document_terms(text, "fi", field)
    asked = [term.term for term in query_words(query, "fi").terms]
    for some in (asked, asked[::2]):
        whole = {term for term in asked if term[1:] in {one[1:] for one in some}}
        assert whole.isdisjoint(stored) == weakest(whole).isdisjoint(with_lesser(stored))
    assert len(weakest(asked)) < len(set(asked)) / 2


def test_a_term_is_there_in_all_lesser_fields():
    assert with_lesser({"plfapu"}) == {"plfapu", "slfapu", "blfapu"}
    assert with_lesser({"tgfapu"}) == {"tgfapu", "pgfapu", "sgfapu"}
    assert weakest(["tlfapu", "slfapu", "plfapu", "tefapu"]) == {"slfapu", "tefapu"}
    assert [*FIELD_WEIGHTS] == [*FIELD_LETTERS]
    assert [*FIELD_WEIGHTS.values()] == sorted(FIELD_WEIGHTS.values(), reverse=True)


def languages_asked(query: str, reader: str, layer: str) -> set[str]:
    """Letters of the languages in which words of a layer are looked for."""
    return {term.term[2] for term in query_words(query, reader).terms if term.term[1] == layer}


def test_a_word_that_is_known_is_looked_for_in_other_languages_as_written_only():
    assert languages_asked("tulkkaus", "fi", "e") == set("fvnik")
    assert languages_asked("tulkkaus", "fi", "l") == {"f"}
    assert languages_asked("tulkkaus", "smn", "l") == {"f", "i"}, "her own language always"
    assert languages_asked("tulkkaus apu", "fi", "j") == {"f"}
    assert languages_asked("xyzzyqwa", "fi", "s") == set("fvnik"), "nobody's word may be anybody's"
