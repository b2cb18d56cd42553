"""Northern, Inari and Skolt Sámi: light stems by rule, and simplemma's dictionary for the first.

No lemmatiser for Inari and Skolt Sámi may be shipped, so a word is reduced to a skeleton: case
ending off, stem formant off, vowels and graded consonants levelled (giella/giela, bargu/barggu,
tiätu/tiäđuh, ǩiõll/ǩiõlid). The rules come from the public grammar of noun inflection. Skeletons
are looser than lemmas and weigh less wherever they are matched; nobody who speaks the languages
has checked them yet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from . import dictionaries
from .normalise import word_form
from .word import Part, WordAnalysis

_VOWELS = "aeiouyáâäåõöæø"


@dataclass(frozen=True)
class _Rules:
    """How one language is levelled, applied in the order of the fields.

    classes: (pattern, replacement) for derivations whose ending alternates as a whole.
    endings: case and number endings; the longest that leaves a syllable and two letters goes.
    formants: what odd-syllable stems show only in some cases; goes from longer words.
    vowels, consonants: replacements, longest first.
    """

    classes: tuple[tuple[str, str], ...]
    endings: tuple[str, ...]
    formants: str
    vowels: tuple[tuple[str, str], ...]
    consonants: tuple[tuple[str, str], ...]
    letters: dict[str, str]
    whole: dict[str, str] = field(default_factory=dict)


def _by_length(text: str) -> tuple[str, ...]:
    return tuple(sorted(text.split(), key=len, reverse=True))


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    pairs = (pair.split(">") for pair in text.split())
    return tuple((old, new) for old, new in pairs)


_NORTHERN = _Rules(
    classes=((r"vu(?:ohta|ođa\w*|htii|hta\w*|ohtan)$", "vuoh"),),
    endings=_by_length(
        "a á e i o u ii ái ai ui ie s is as us os es ás t at it ut ot et át n an in on un en án "
        "ain iin uin áin id iid aid uid áid ide iidda idda aide uide áide iguin iiguin aiguin "
        "uiguin áiguin in žat eaddji eaddjit eaddjiid eapmi eami upmi umi"
    ),
    formants=r"(?:[aeiá]g|[eiuáa]m|(?:u|i|a|o)s|[oiau]n|aš|at)$",
    vowels=_pairs("ea>e ie>e oa>o uo>o i>e u>o"),
    consonants=_pairs(
        "hpp>b htt>d hkk>g hcc>z hčč>ž bm>m pm>m dnj>nj tnj>nj dn>n tn>n gŋ>ŋ kŋ>ŋ vd>gd vt>gd "
        "kt>gd hp>b ht>d hk>g hc>z hč>ž hj>j hl>l hr>r hm>m hn>n"
    ),
    letters=dict(zip("pkcčšŋtđŧá", "bgzžžnddda", strict=True)),
    whole=dict.fromkeys(
        _by_length("olmmoš olbmo olbmos olbmot olbmuid olbmuide olbmuin olbmuiguin olbmui"), "olm"
    ),
)

_INARI = _Rules(
    classes=((r"vu(?:otâ|ođâ\w*|ođá\w*|ođ\w+|ottân|otâ\w*)$", "vuot"),),
    endings=_by_length(
        "a á â e i o u ij ii âi ái ui oi âid ijd uid oid áid aid id d âst ist ost ust est ást "
        "oost st ân an on un en án in n âin ijn uin oin áin ain ijguin âiguin iguin âh ah eh uh oh "
        "áh ih h âš áš áá tem đem mist"
    ),
    formants=r"(?:[ie]m|(?:â|u|i|o|a|á)s)$",
    vowels=_pairs("iä>e ie>e ye>e yö>e uá>o uo>o ua>o ee>e oo>o uu>o u>o i>e â>a á>a ä>a y>e"),
    consonants=_pairs("hh>k hp>p ht>t hc>c hč>č vh>vk"),
    letters=dict(zip("ptđŧkcčšŋ", "bdddgzžžn", strict=True)),
)

_SKOLT = _Rules(
    classes=(
        (r"õõzz\w*$", "õs"),
        (r"vuõ(?:tt|đ)\w*$", "vuõt"),
        (r"õõžž\w*$", "õš"),
    ),
    endings=_by_length(
        "a â e i o u ii ai âi ee eei âst est ast ist st es âs ân en an in n âd ed ad id t d ž žž "
        "žže žžest žžid jen jeei"
    ),
    formants=r"(?:žž|ž)$",
    vowels=_pairs("eä>a iâ>a uâ>u ue>u uå>o uõ>o uä>o iõ>e ie>e â>a ä>a å>a õ>o á>a y>e"),
    consonants=(),
    letters=dict(zip("ptđkǩǥǧcčšʒǯŋ", "bddggggzžžzžn", strict=True)),
)

_RULES = {"se": _NORTHERN, "smn": _INARI, "sms": _SKOLT}


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The skeleton of a word in "se", "smn" or "sms"."""
    rules = _RULES[language]
    form = word_form(word).replace("ʹ", "").replace("-", "")
    if form in rules.whole:
        return rules.whole[form]
    return _level(_strip(form, rules), rules) or form


def _strip(form: str, rules: _Rules) -> str:
    for pattern, replacement in rules.classes:
        changed = re.sub(pattern, replacement, form)
        if changed != form:
            return changed
    shortest = 3 if len(form) > 4 else 2
    bare = form
    for ending in rules.endings:
        left = form.removesuffix(ending)
        if left != form and len(left) >= shortest and _has_vowel(left):
            bare = left
            break
    left = re.sub(rules.formants, "", bare)
    if len(left) >= 3 and _has_vowel(left) and len(bare) >= 5:
        bare = left
    return bare.rstrip(_VOWELS) or bare


def _level(bare: str, rules: _Rules) -> str:
    for old, new in rules.vowels + rules.consonants:
        bare = bare.replace(old, new)
    single = re.sub(r"(.)\1+", r"\1", bare)
    levelled = "".join(rules.letters.get(letter, letter) for letter in single)
    return re.sub(r"(.)\1+", r"\1", levelled)


def _stem_vowel(form: str) -> str:
    """The class of the vowel behind a Northern Sámi stem: u and o change into each other, the
    rest likewise, but mánná (child) and mánnu (moon) never meet."""
    bare = _strip(form, _NORTHERN)
    return "u" if form[len(bare) : len(bare) + 1] in ("u", "o") else "a"


def _has_vowel(text: str) -> bool:
    return any(letter in _VOWELS for letter in text)


# Nouns that build compounds in our field, each seen in a public text or interface; the dictionary
# that cuts Northern Sámi compounds has no counterpart for these two.
_MEMBERS = {
    "smn": "kielâ palvâlus pargo servi kulttuur škovlâ máttááttâs tiervâsvuotâ tiäđu nommâ sijđo "
    "nummeer luámáttâh äigi saje juávkku kuávdáš kuávlu toorjâ peerâ párnáš olmooš viestâ saahâ "
    "ohtâvuotâ postâ puhelin tiätu sosiaal viermi káidus peivi eennâm kodde kieldâ sämi anarâš",
    "sms": "ǩiõll kääzzkõs tuâjj tiõrvâsvuõtt kulttuur škooul mättʼtõs õhttõs joukk nõmm seidd "
    "lomaakk äiʹǧǧ päiʹǩǩ kõõskõs vuʹvdd tuärjj piâr ooumaž saakk tiõtt neʹtt teʹlfon nââmar "
    "peiʹvv jânnam kåʹdd sääʹm õhttvuõtt",
}
_SHORTEST_MEMBER = 4


@lru_cache(maxsize=50_000)
def analyse_word(word: str, language: str) -> WordAnalysis:
    """Take one Sámi word apart: a lemma where the dictionary has one, always a skeleton."""
    form = word_form(word)
    skeleton = (stem(word, language),)
    if language != "se":
        members = _members_by_list(form, language)
        # Members have no lemmas, so that their stems stand for them.
        return WordAnalysis(
            stems=skeleton,
            inner=tuple(stem(m, language) for m in members),
            members=members if len(members) == 2 else (),
        )
    lemma = dictionaries.lemma(form, "se")
    members = _members_by_dictionary(form) or _members_by_dictionary(lemma or "")
    listed = dictionaries.known(form, "se") is not None
    return WordAnalysis(
        lemmas=(lemma,) if lemma else (),
        parts=tuple(Part(_northern_base(word), n, n) for n, word in enumerate(members)),
        stems=skeleton,
        members=members,
        kin=(skeleton[0] + _stem_vowel(form),) if listed else (),
        known=listed or bool(members),
    )


def _cuts(form: str) -> list[tuple[str, str]]:
    """All places where a compound may be cut, the most even first."""
    middle = len(form) / 2
    positions = range(_SHORTEST_MEMBER, len(form) - _SHORTEST_MEMBER + 1)
    return [(form[:at], form[at:]) for at in sorted(positions, key=lambda at: abs(at - middle))]


def _members_by_dictionary(form: str) -> tuple[str, ...]:
    for first, head in _cuts(form):
        if _northern_base(first) and dictionaries.known(head, "se"):
            return first, head
    return ()


def _northern_base(member: str) -> str:
    """The base form of a member; a first one may end in o or e for u or i (boazo-, sáme-)."""
    for ending, full in (("", ""), ("o", "u"), ("e", "i")):
        known = dictionaries.known(member.removesuffix(ending) + full, "se")
        if known and member.endswith(ending):
            return known
    return ""


@cache
def _listed_stems(language: str) -> frozenset[str]:
    return frozenset(stem(word, language) for word in _MEMBERS[language].split())


def _members_by_list(form: str, language: str) -> tuple[str, ...]:
    """The members of an Inari or Skolt Sámi compound that are listed: both, one or none."""
    listed = _listed_stems(language)
    bare = form.replace("ʹ", "")
    best: tuple[str, ...] = ()
    for pair in _cuts(bare):
        found = tuple(part for part in pair if stem(part, language) in listed)
        best = max(best, found, key=len)
    return best
