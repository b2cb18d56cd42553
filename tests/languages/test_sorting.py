"""The order of each language as a table, and the promises of the key itself.

The Finnish, Swedish, Northern and Inari Sámi lists were put in order by ICU 78 (CLDR); Skolt Sámi
by hand, after the order in docs/languages.md.
"""

import random
from itertools import pairwise

import pytest
from django.db import connection

from site_core.languages.registry import LANGUAGES
from site_core.languages.sorting import LONGEST, sort_key

ORDERS = {
    "fi": """
        Aihe | Ajankohtaista | alkaen | Anna palautetta | Apu | Asunto | Aukioloajat | Avoinna |
        Chat | Ei direktiivin mukainen | englanti | Esikatselu | helmikuu | Hinta | Hyvinvointi
        | Ilmoittautumisaika | Jatka | Jonotuslista | Kaikki | Keskustelu | kuukausi | Käyttäjä
        | Lapin hyvinvointialue | Lisätietoja | Lomake | Luotu | Mielenterveys | Neuvonta | Nimi
        | Näytä kaikki | Œuvre | Omaishoito | Osittain direktiivin mukainen | Ota yhteyttä |
        Pakollinen | Piilota | Päivämäärä | Rajattu alue | Rekisteröidy | rovaniemi | Rovaniemi
        | ruotsi | saame | sakki | Šakki | Seuraava | Sosiaalipalvelu | suomi | Sähköposti |
        Tila | toukokuu | Työttömyys | Täysin direktiivin mukainen | Uutiset | vako |
        Vammaispalvelut | Viesti | vuosi | wako | Ylläs | yö | Ženevä | Zürich | Åland |
        Äkäslompolo | ääni | Ödegård | öljy
    """,
    "sv": """
        Aktuellt | Arbete | Avbryt | Barn | Blankett | december | Död | elan | Élan | Familj |
        Fel | Fortsätt | Fältet är obligatoriskt | Följer inte direktivet | Godkänn |
        Handledning | Hela landet | Huvudmeny | Hälsa | igår | Inställningar | Ja | juni |
        Kontakta oss | Kö | Lediga platser | Logga ut | Lägg till | Lösenord | mars | Mer
        information | månad | Nej | Närståendevård | Nödnummer | onsdag | Plats | Projekt | på
        distans | rovaniemi | Rovaniemi | Rådgivning | samiska | september | Sista | Skapad |
        Sorg | Startsida | Tack | Tillbaka | Unga | Uppdaterad | vahl | vecka | Videosamtal |
        Våld | wahl | Webbtjänst | Yrjö | Zürich | Åbo | Ängel | Öjebyn
    """,
    "se": """
        Alta | Arkiverejuvvon | Áltá | Bákkolaš | beaivi | chat | cuoŋománnu | čakčamánnu |
        čoahkkin | Čujuhus | dárkkistuvvon | Dieđit iežat | doavttir | dulkon | đ | Đ |
        Eanagoddi | eŋgelasgiella | Evttohus | Fáddá | fidnu | gaskavahkku | gáiddusoahpahus |
        Gielat | Govvádus | haddi | heahtedilli | Hilggo | Ii čuovo direktiivva | ikte | jahki |
        jápmin | joavku | Kommentára | lápmásiidbálvalusat | maŋemus rievdaduvvon | mánát |
        Meattáhus | náittosearru | neahttabálvalus | nuortalašgiella | Ŋálgi | oahpisteapmi |
        odne | Ođđasat | Ovdasiidu | Rabas | rávesolmmoš | Rievdat | Ruovttoluotta álgui |
        ságastallan | Sille | skuvlejupmi | sosiálabálvalus | suoidnemánnu | Ŧuvra | vahkku |
        Vállje | Øksfjord | Ædnu | Åarjel | Äkäslompolo
    """,
    "smn": """
        Addel macâttâs | almottâttâđ | Arkkâdistum | Asâttâsah | chat | cuáŋuimáánu | Čievâ |
        Čääiti | Čáládât olgos | digitaallâš | Đaba | elilâm olmooš | etinummeer | Fáddá |
        hilgođ | ihe | jieht | Joo | jäämmim | já | kesimáánu | Komment | Kuorrii puoh silleid |
        Macâttâs | mielâtiervâsvuotâ | Mávsulâš | Ŋala | Ollásávt direktiv miäldásâš |
        omâhâštipšoo | Palvâlus | porgemáánu | Printtimnáál luámáttâh | puácuvuotâ |
        pyereestvaijeem | pärni | roovvâdmáánu | ruttâ | räi | ráiđu | seevvimkielâ |
        sosiaalpalvâlus | sämmilâš | škovlim | Šleđgâpostâčujottâs | Takkâ | tâi | Toopâ |
        tulkkâ | tärhistum | tábáhtus | uáivádittee | Åbo | Ädni | äigikyevdil | Áccu |
        áigápuátu | Áávus | Öljy
    """,
    "sms": """
        Âaa | Ciõ | Čeʹvetjäuʹrr | čiâss | Čuäʹjet puk | Ʒiõ | Ǯiõ | da | Deskriptt |
        digitaalʼlaž | dåhttar | eeʹǩǩ | eŋgglõsǩiõll | Guh | Ǧuh | Ǥuh | Häämas | jâđđa |
        jeältõkooumaž | jieʹttkõõskõs | joukk | Jõõsk | jåhtta | kattum | Ǩiččlõõđ oʹđđest |
        Lappijânnam | Liŋkk | Maacctõs | Määuʹsteʹm | Njauddâm | Nõmm | nuõr | Ŋuu | Ođđâz |
        organisaatio | õhttsažtuâjj | Õlmstââʹtt | Õõl | Õõʹnninõmm | pâʹlviõkk | peʹccel |
        piʹrǧǧummuš | Pääkklaž | Raaj tobdldõõǥǥ | risttnõmm | rosttovmään | Saakk | Siʹlle |
        Späʹsseb | Status | sääʹmkulttuur | škooultõs | šääʹlʼjemliõmm | Tiõrvpueʹttem | tulkk |
        täʹbbe | Vââʹǩǩ | Versio | vuällamvuõtt | Vääʹld õhttvuõđ | Ååu | äiʹǧǧ | Äʹšš | Äʹvv |
        Ääʹv | äävaiåårramäiʹǧǧ
    """,
}


def words_of(code: str) -> list[str]:
    return [word.strip() for word in ORDERS[code].replace("\n", " ").split("|")]


@pytest.mark.parametrize("code", LANGUAGES)
def test_order(code):
    expected = words_of(code)
    assert len(expected) >= 40
    shuffled = random.Random(3).sample(expected, len(expected))
    assert sorted(shuffled, key=lambda word: sort_key(word, code)) == expected


ALPHABETS = {
    "fi": "a b c d e f g h i j k l m n o p q r s t u v w x y z å ä ö",
    "sv": "a b c d e f g h i j k l m n o p q r s t u v w x y z å ä ö",
    "se": "a á b c č d đ e f g h i j k l m n ŋ o p r s š t ŧ u v z ž å ä ö",
    "smn": "a â b c č d đ e f g h i j k l m n ŋ o p r s š t u v y z ž å ä á ö",
    "sms": "a â b c č ʒ ǯ d đ e f g ǧ ǥ h i j k ǩ l m n ŋ o õ p r s š t u v z ž å ä ö",
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_letter_has_its_own_place(code):
    letters = ALPHABETS[code].split()
    # A word that begins with an earlier letter comes first, however it goes on.
    for earlier, later in pairwise(letters):
        assert sort_key(earlier.upper() + "zzz", code) < sort_key(later + "aaa", code)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("fi", ["saari", "šaari", "satu"]),  # š is no letter of its own in Finnish
        ("sv", ["elan", "élan", "elane"]),
        ("fi", ["vako", "wako"]),
        ("sms", ["väʹrr", "Väʹrr", "väʹrrj"]),
        ("sms", ["mättõs", "mättʼtõs"]),
    ],
)
def test_diacritics_case_and_marks_decide_late(code, expected):
    backwards = expected[::-1]
    assert sorted(backwards, key=lambda word: sort_key(word, code)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["", "1", "10", "2", "a"],
        ["ab-c", "ab ö", "aba"],
        ["Lapin apu", "Lapin-mökki", "Lapinlahti"],
        ["”Apu”", "apua"],
    ],
)
def test_spaces_digits_and_signs(expected):
    backwards = expected[::-1]
    assert sorted(backwards, key=lambda word: sort_key(word, "fi")) == expected


def test_composed_and_decomposed_letters_are_one():
    assert sort_key("a\u0308iti", "fi") == sort_key("äiti", "fi")


def test_other_scripts_sort_among_latin_letters():
    assert sort_key("Привет", "fi") == sort_key("Privet", "fi")


def test_the_key_is_bounded_and_plain():
    key = sort_key("Åäö šž " * 500, "sms")
    assert set(key) <= set("0123456789abcdef")
    assert len(key) <= 6 * LONGEST + 4


@pytest.mark.django_db
@pytest.mark.parametrize("code", LANGUAGES)
def test_the_database_orders_the_column_alike(code):
    expected = words_of(code)
    backwards = [(word, sort_key(word, code)) for word in expected[::-1]]
    rows = " union all ".join(["select %s as word, %s as place"] * len(backwards))
    with connection.cursor() as cursor:
        cursor.execute(
            f"select word from ({rows}) as words order by place",
            [value for pair in backwards for value in pair],
        )
        assert [word for (word,) in cursor.fetchall()] == expected


def test_a_language_without_an_order_is_refused():
    with pytest.raises(KeyError):
        sort_key("a", "en")
