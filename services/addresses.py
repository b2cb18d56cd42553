"""Finds street addresses in running text, so that a confidential place can refuse one.

Pure. Looks for the shapes of Finnish, Swedish and Northern Sámi street names with a number
("Rovakatu 3 A 4", "Kirkkovägen 12", "Erik Tornbergin tie 5") and for a postal code with its place
("99100 Kittilä"). Text about highways ("valtatie 4"), service paths ("hoitopolku 2") and
distances ("Kotitie 5 km päässä") is left alone; a street without a number is no address.
"""

import re
from typing import Final

_FINNISH: Final = (
    r"kadu(?:lla|lta|lle|n|ssa|sta)?|katu(?:a)?|ti(?:e(?:llä|ltä|lle|n|tä)?)|kuja(?:lla|lta|lle|n|a)?"
    r"|väylä(?:llä|ltä|lle|n|ä)?|raitti|raiti(?:lla|lta|lle|n)|kaari|kaare(?:lla|lta|lle|n)"
    r"|aukio(?:lla|lta|lle|n|ta)?|penger|penkere(?:llä|ltä|lle|n)|rinne|rintee(?:llä|ltä|lle|n)"
    r"|polku|polu(?:lla|lta|lle|n)|bulevardi(?:lla|lta|lle|n)?|esplanadi(?:lla|lta|lle|n)?"
)
_SWEDISH: Final = r"gata(?:n)?|väg(?:en)?|gränd(?:en)?|stig(?:en)?|allé(?:n)?|torget|kajen|stråket"
_SAMI: Final = r"geaidnu|geainnus|gáhta|gáhtas"
_SUFFIX: Final = rf"(?:{_FINNISH}|{_SWEDISH}|{_SAMI})"

# Roads named by number, and paths that are no streets.
_NOT_STREETS: Final = (
    r"(?:valta|kanta|maan|seutu|yhdys|moottori|yksityis|rauta|ilma|vesi|hengitys|hoito|palvelu|asukas"
    r"|oppimis|koulutus|opinto|ura|riksvä|riks|stam|lands|huvud|motor|järn|cykel|gång)"
)
_NUMBER: Final = r"\d{1,4}(?:\s?[a-hA-H])?\b(?!\s*[–-]?\s*\d{5})"
_UNIT: Final = (
    r"(?!\s*(?:km|m|min|h|kpl|euro\w*|kilo\w*|metr\w*|minu\w*|tun\w*|päiv\w*|vuo\w*|viik\w*"
    r"|kerta\w*|henk\w*|år|dag\w*|timm\w*|person\w*)\b|\s*[€%:]|[.,]\d)"
)
_STREET: Final = re.compile(
    rf"\b(?!{_NOT_STREETS}{_SUFFIX}\b)[\w'’-]{{2,40}}?{_SUFFIX}\s+{_NUMBER}{_UNIT}", re.IGNORECASE
)
# The first part of a name of two words is capitalised: "Lapin tie 5", but not "tulee tie 5".
_TWO_WORDS: Final = re.compile(
    rf"\b[A-ZÅÄÖŠŽÁČĐŊŦ][\w'’-]{{1,40}}(?:n|s)\s+{_SUFFIX}\s+{_NUMBER}{_UNIT}"
)
_POSTAL: Final = re.compile(
    r"\b(?:FI-)?\d{5}\s+(?!Lapin\b|Lappilais|Lappland|Suomen\b|Suomala|Euro|Finland)[A-ZÅÄÖŠŽÁČĐŊŦ][\w'’-]+"
)


def find_street_address(text: str) -> str | None:
    """Return the first thing in the text that reads like a street or postal address, or None."""
    for pattern in (_STREET, _TWO_WORDS, _POSTAL):
        if found := pattern.search(text):
            return found.group().strip()
    return None
