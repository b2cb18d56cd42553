"""What reads like an address is found; what only looks a little like one is left alone."""

import pytest

from services.addresses import find_street_address

ADDRESSES = [
    ("Kauppakatu 12", "Kauppakatu 12"),
    ("Tule käymään: Rovakatu 3 A 4, 2. kerros.", "Rovakatu 3 A"),
    ("Olemme osoitteessa rovakatu 3.", "rovakatu 3"),
    ("Talo on Kauppakadulla 12, punainen ovi", "Kauppakadulla 12"),
    ("Kirkkotie 5", "Kirkkotie 5"),
    ("Koulutien 7 takana", "Koulutien 7"),
    ("Ounasväylä 15, sisäpiha", "Ounasväylä 15"),
    ("Metsäkuja 2b", "Metsäkuja 2b"),
    ("Sairaalakatu 1", "Sairaalakatu 1"),
    ("Jokiraitti 88", "Jokiraitti 88"),
    ("Erik Tornbergin tie 5", "Tornbergin tie 5"),
    ("Hallituskatu 20-22", "Hallituskatu 20"),
    ("Hallituskatu 20–22", "Hallituskatu 20"),
    ("Storgatan 5", "Storgatan 5"),
    ("Vi finns på Skolvägen 12 C.", "Skolvägen 12 C"),
    ("Kyrkogränden 3", "Kyrkogränden 3"),
    ("Deanugeaidnu 8", "Deanugeaidnu 8"),
    ("postia voi lähettää: 99100 Kittilä", "99100 Kittilä"),
    ("FI-96200 Rovaniemi", "FI-96200 Rovaniemi"),
    ("KAUPPAKATU 12", "KAUPPAKATU 12"),
    ("Kauppakatu\u00a012", "Kauppakatu\u00a012"),
    ("Kauppakatu 1299100", None),
]

NO_ADDRESSES = [
    "",
    "Päivystys vastaa joka päivä klo 8–22 numerossa 016 123 456.",
    "Valtatie 4 on suljettu, kantatie 79 auki ja maantie 955 liukas.",
    "Riksväg 21 är stängd.",
    "Rautatie 1 on museo",
    "Hoitopolku 2 alkaa lääkärin luota, palvelupolku 3 kotoa.",
    "Kotitie 5 km keskustasta",
    "Kylätie 12.5. alkaen auki",
    "Matkaa on 10000 Lapin asukkaalla, ja 20000 euroa myönnettiin.",
    "Kauppakadun varrella on monta kahvilaa",
    "Koordinaattori 1 ja tutori 2",
    "Tapaamme 12 kertaa vuonna 2026",
    "Ryhmä 3 A alkaa 24.12.2026",
    "Yli 50000 Lappilaista asuu muualla",
    "Pieni tie 5 minuutin päässä",
    "Vi väger 3 kilo",
    "På vägen 5 km",
]


@pytest.mark.parametrize(("text", "found"), ADDRESSES)
def test_addresses_are_found(text, found):
    assert find_street_address(text) == found


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_other_text_is_left_alone(text):
    assert find_street_address(text) is None


def test_hostile_text_is_read_in_no_time():
    assert find_street_address("a-" * 20_000) is None
    assert find_street_address("katu " * 5_000) is None
