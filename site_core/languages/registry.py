"""What the portal knows of each of its languages, in one table.

Settings import this module, so it needs no configured Django: it imports only the table of
language names that ships with Django, and adds to it the three Sámi languages of Finland, which
Django does not know.
"""

from dataclasses import dataclass
from functools import cache

from django.conf.locale import LANG_INFO

TWO_FORMS = "nplurals=2; plural=(n != 1);"
# CLDR: one, two, other. Django's makemessages writes no header for these languages, and without
# one the third form is never used.
THREE_FORMS = "nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);"


@dataclass(frozen=True, slots=True)
class Language:
    """One language: `code` is opaque (BCP 47), `name` is the English name and a msgid.

    `fallbacks` names the other languages to try, best first; every other content language is in
    it, so a text that exists in any language is found. `analyser` is the name of the linguistic
    analysis that search uses, `sort_key` the name of the order in `sorting.py`, `date_style` the
    CLDR pattern of a numeric date, `plural_forms` the header of its catalogue.
    For a Sámi language only attested words may be used: nobody on the team speaks it.
    """

    code: str
    own_name: str
    name: str
    fallbacks: tuple[str, ...] = ()
    plural_forms: str = TWO_FORMS
    date_style: str = "d.M.y"
    analyser: str = ""
    sort_key: str = ""
    is_sami: bool = False

    @property
    def plural_count(self) -> int:
        """Number of plural forms, as its catalogue header says."""
        return int(self.plural_forms.split(";")[0].split("=")[1])


DEFAULT = "fi"

LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (
        Language(
            code="fi",
            own_name="suomi",
            name="Finnish",
            fallbacks=("sv", "se", "smn", "sms"),
            analyser="finnish",
            sort_key="fi",
        ),
        Language(
            code="sv",
            own_name="svenska",
            name="Swedish",
            fallbacks=("fi", "se", "smn", "sms"),
            analyser="swedish",
            sort_key="sv",
        ),
        Language(
            code="se",
            own_name="davvisámegiella",
            name="Northern Sámi",
            fallbacks=("fi", "sv", "smn", "sms"),
            is_sami=True,
            plural_forms=THREE_FORMS,
            analyser="northern_sami",
            sort_key="se",
        ),
        Language(
            code="smn",
            own_name="anarâškielâ",
            name="Inari Sámi",
            fallbacks=("fi", "sv", "se", "sms"),
            is_sami=True,
            plural_forms=THREE_FORMS,
            analyser="inari_sami",
            sort_key="smn",
        ),
        Language(
            code="sms",
            own_name="sääʹmǩiõll",
            name="Skolt Sámi",
            fallbacks=("fi", "sv", "se", "smn"),
            is_sami=True,
            plural_forms=THREE_FORMS,
            analyser="skolt_sami",
            sort_key="sms",
        ),
    )
}

# English serves editors of the admin; it is no language of the site: no prefix, no locale.
ENGLISH = Language(code="en", own_name="English", name="English", analyser="english", sort_key="en")

CODES: tuple[str, ...] = tuple(LANGUAGES)
SAMI_CODES: tuple[str, ...] = tuple(code for code, item in LANGUAGES.items() if item.is_sami)
# Wagtail ships no Sámi admin, so none is offered.
ADMIN_LANGUAGES: tuple[Language, ...] = (LANGUAGES["fi"], LANGUAGES["sv"], ENGLISH)


def admin_choices() -> list[tuple[str, str]]:
    """Pairs of code and own name, for `WAGTAILADMIN_PERMITTED_LANGUAGES`."""
    return [(language.code, language.own_name) for language in ADMIN_LANGUAGES]


@cache
def chain(code: str) -> tuple[str, ...]:
    """Languages to try for a reader of `code`, her own first; unknown codes read the default's."""
    language = LANGUAGES.get(code)
    return (code, *language.fallbacks) if language else chain(DEFAULT)


def register() -> None:
    """Tell Django of the languages it does not know; safe to call many times."""
    for language in LANGUAGES.values():
        LANG_INFO.setdefault(
            language.code,
            {
                "bidi": False,
                "code": language.code,
                "name": language.name,
                "name_local": language.own_name,
            },
        )
