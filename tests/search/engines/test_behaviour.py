"""What is found, in which version and in which order: the same on every engine."""

import uuid
from datetime import timedelta

import pytest

from search.engines import forget_entries, index_entry
from tests.factories.taxonomy import ChannelFactory, MunicipalityFactory, ThemeFactory
from tests.search.making import NOW, make_entry, titles


@pytest.mark.parametrize(
    ("language", "title", "query"),
    [
        ("fi", "Velkaneuvonta puhelimessa", "velkaneuvonnasta"),
        ("fi", "Vertaistukea omaishoitajille", "omaishoitaja"),
        ("fi", "Vertaistukea omaishoitajille", "vertaistuen"),
        ("fi", "Mielenterveys- ja päihdetyö", "mielenterveystyö"),
        ("fi", "Etäpalvelu", "etapalvelu"),
        ("sv", "Stöd för anhöriga", "stödet"),
        ("sv", "Kamratstöd för närståendevårdare", "närståendevårdarna"),
        ("se", "Bálvalus sámegillii", "bálvalusaid"),
        ("smn", "Palvâlus anarâškielân", "anarâškielâ"),
        ("sms", "Kääzzkõs sääʹmǩiõʹlle", "kääzzkõõzzid"),
    ],
)
@pytest.mark.parametrize("reader", ["fi", "se"])
def test_found_by_another_form(language, title, query, reader, find):
    make_entry(title, language=language)
    make_entry("Aivan muu asia", language="fi")
    result = find(reader, q=query)
    assert titles(result) == [title]
    assert result.hits[0].strong


def test_found_by_body_place_organisation_and_theme(find):
    MunicipalityFactory(code="890", labels={"fi": "Utsjoki", "se": "Ohcejohka"})
    ThemeFactory(code="money", labels={"fi": "Raha-asiat", "sv": "Ekonomi"})
    make_entry(
        "Neuvontaa",
        body="<p>Autamme</p><p>laskujen&nbsp;kanssa.</p>",
        organisation_name="Tunturin Omaiset ry",
        facets={"municipality": ["890"], "theme": ["money"]},
    )
    for query in (
        "laskut",
        "tunturin omaiset",
        "Utsjoella",
        "Ohcejogas",
        "ekonomin",
        "lasku utsjoki",
    ):
        assert titles(find(q=query)) == ["Neuvontaa"], query


def test_found_by_kind_and_channel(find):
    ChannelFactory(code="video", labels={"fi": "Videoyhteys", "sv": "Videosamtal"})
    make_entry("Älypuhelin tutuksi", kind="training", facets={"channel": ["video"]})
    make_entry("Aivan muu asia")
    for query in ("koulutukset", "etäkoulutus", "kurser", "videosamtalet"):
        assert titles(find(q=query)) == ["Älypuhelin tutuksi"], query


def test_the_name_of_a_kind_that_stands_in_every_compound_tells_nothing(find):
    make_entry("Aivan muu asia", kind="service")
    assert titles(find(q="lumipalvelu")) == []


def test_title_goes_before_body(find):
    make_entry("Kahvila", body="Jos tarvitset kuljetuksen, kerro.")
    make_entry("Kuljetus lääkäriin")
    assert titles(find(q="kuljetus")) == ["Kuljetus lääkäriin", "Kahvila"]


def test_all_words_answer_and_half_of_them_resemble(find):
    make_entry("Velkaneuvonta", body="Sallassa")
    make_entry("Velkaneuvonta", body="Ranualla")
    both = find(q="velkaneuvonta ranua")
    assert [hit.strong for hit in both.hits] == [True, False]
    assert (both.total, both.strong_total) == (2, 1)
    missing = find(q="velkaneuvonta kissa")
    assert missing.total == 2
    assert not any(hit.strong for hit in missing.hits)


@pytest.mark.parametrize(
    "query",
    ["xyzzy", "qwrt plkj", "!!!", "'", '" OR 1', "a*", "NEAR(a b)", "terms:x", "' & !x", "\\"],
)
def test_nonsense_finds_nothing_and_breaks_nothing(query, find):
    make_entry("Velkaneuvonta puhelimessa", body="Soita meille arkisin.")
    result = find(q=query)
    assert (result.total, result.hits, result.page_count) == (0, (), 1)


def test_words_of_syntax_are_words(find):
    make_entry("NOT AND OR NEAR")
    assert find(q="near").total == 1
    assert find(q="NOT near").total == 1


def test_group_is_shown_once_in_the_version_that_fits(find):
    key = uuid.uuid4()
    make_entry("Velkaneuvonta", key=key)
    make_entry("Skuldrådgivning", language="sv", key=key)
    for reader, title in (
        ("fi", "Velkaneuvonta"),
        ("sv", "Skuldrådgivning"),
        ("se", "Velkaneuvonta"),
    ):
        for query in ("skuldrådgivningen", "velkaneuvontaa", ""):
            assert titles(find(reader, q=query)) == [title]


def test_text_borrowed_from_the_original_is_read_in_its_language(find):
    entry = make_entry("Bálvalus", language="se")
    entry.texts["body"] = ["Vertaistukea omaishoitajille", "fi"]
    entry.save()
    index_entry(entry)
    assert find("se", q="omaishoitajien").total == 1


def test_hidden_expired_and_forgotten_are_not_found(find):
    make_entry("Velkaneuvonta", is_public=False)
    make_entry("Velkaneuvonta", visible_until=NOW)
    make_entry("Velkaneuvonta", kind="portal")
    seen = make_entry("Velkaneuvonta", visible_until=NOW + timedelta(seconds=1))
    for query in ("velkaneuvonta", ""):
        assert [hit.entry_id for hit in find(q=query).hits] == [seen.pk]
        assert find(q=query, now=NOW + timedelta(days=1)).total == 0
    forget_entries([seen.pk])
    assert find(q="velkaneuvonta").total == 0


def test_expired_version_gives_way_to_another(find):
    key = uuid.uuid4()
    make_entry("Skuldrådgivning", language="sv", key=key, visible_until=NOW)
    make_entry("Velkaneuvonta", key=key)
    assert titles(find("sv")) == ["Velkaneuvonta"]


def test_professionals_only_when_asked(find):
    make_entry("Konsultaatio", audience="professionals")
    make_entry("Neuvonta")
    assert titles(find()) == ["Neuvonta"]
    assert titles(find(audience="professionals")) == ["Konsultaatio"]


def test_nearest_first(find):
    MunicipalityFactory(code="890", labels={"fi": "Utsjoki"})
    here = {"municipality": ["890"]}
    make_entry("Aa valtakunnallinen", coverage="whole_country", facets=here)
    make_entry("Bb etänä", coverage="remote", facets=here)
    make_entry("Cc koko Lappi", coverage="all_lapland", facets=here)
    make_entry("Dd täällä", facets=here)
    make_entry("Ee muualla", facets={"municipality": ["148"]})
    found = titles(find(municipality="890"))
    assert found == ["Dd täällä", "Bb etänä", "Cc koko Lappi", "Aa valtakunnallinen"]


def test_where_one_must_go_counts(find):
    MunicipalityFactory(code="890", labels={"fi": "Utsjoki"}, neighbours=["148"])
    here = {"municipality": ["890"]}
    for title, facets in {
        "Aa kauempana": {"place": ["240"]},
        "Bb naapurissa": {"place": ["148"]},
        "Cc naapurissa ja puhelimessa": {"place": ["148"], "channel": ["phone"]},
        "Dd täällä": {"place": ["890"]},
        "Ee kotiin": {"channel": ["home_visit"]},
    }.items():
        make_entry(title, facets={**here, **facets})
    make_entry("Ff koko Lappi", coverage="all_lapland", facets=here)
    make_entry(
        "Gg koko Lappi, paikan päällä", coverage="all_lapland", facets=here | {"place": ["240"]}
    )
    assert [title[:2] for title in titles(find(municipality="890"))] == [
        "Cc",
        "Dd",
        "Ee",
        "Ff",
        "Bb",
        "Aa",
        "Gg",
    ]


def test_sortings(find):
    make_entry("Åström", starts_at=NOW + timedelta(days=9), published_at=NOW)
    make_entry("Bo", starts_at=NOW - timedelta(days=1), published_at=NOW - timedelta(days=2))
    make_entry("Ceder", starts_at=NOW + timedelta(days=1), published_at=NOW - timedelta(days=1))
    make_entry("Dahl", published_at=None)
    assert titles(find(sort="name")) == ["Bo", "Ceder", "Dahl", "Åström"]
    assert titles(find(sort="soonest")) == ["Ceder", "Åström", "Bo", "Dahl"]
    assert titles(find(sort="newest")) == ["Åström", "Ceder", "Bo", "Dahl"]
    assert titles(find(sort="name", q="ceder")) == ["Ceder"]


def test_pages_hold_everything_once(find):
    for number in range(7):
        make_entry(f"Ryhmä {number}")
    for query in ("", "ryhmät"):
        pages = [find(page_size=3, page=str(page), q=query) for page in (1, 2, 3)]
        assert [len(page.hits) for page in pages] == [3, 3, 1]
        assert len({hit.entry_id for page in pages for hit in page.hits}) == 7
        assert {(page.total, page.page_count) for page in pages} == {(7, 3)}
        assert find(page_size=3, page="99", q=query).page == 3


def test_indexing_again_replaces(find):
    entry = make_entry("Velkaneuvonta")
    entry.title, entry.texts = "Kuljetus", {"title": ["Kuljetus", "fi"]}
    entry.save()
    index_entry(entry)
    assert find(q="velkaneuvonta").total == 0
    assert find(q="kuljetus").total == 1


def test_foreign_scripts_are_found(find):
    make_entry("Помощь беженцам", body="مساعدة")
    assert find(q="помощь").total == 1
    assert find(q="مساعدة").total == 1
