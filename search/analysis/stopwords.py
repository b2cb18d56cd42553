"""Words that say nothing of what is sought: short lists, for a wrong one hides a result."""

from __future__ import annotations

from .normalise import fold

_WORDS = {
    "fi": "ja tai sekä eli että on ei se ne tämä nämä joka jotka kun jos kuin niin myös mutta "
    "minä minun minulle sinä hän he me te olen ovat oli voi voit mitä mikä missä mistä miten kuka",
    "sv": "och eller samt att det den de en ett är i på för av till med om som har kan jag du vi "
    "ni han hon inte var vad hur från vid sig mig min mitt mina",
    "se": "ja dahje lea leat mun don son mii dii sii go ahte dat dát dan gii gos mo ii eai maid",
    "smn": "já teikâ lii láá mun tun sun ko ete tot taat mii kii kost maht ij",
    "sms": "da leʹbe lij lie mon ton son ko što tõt tät mii ǩii koʹst mäʹhtt ij",
}
# What people say around their need; in a text the same words may be what it is about.
_AROUND_A_NEED = (
    "apu apua avun tarvitsen tarvitsisin haluan haluaisin etsin haen saan saisin saada saako "
    "hjälp behöver skulle vill söker få får veahkki veahki iše"
)
_AROUND = frozenset(map(fold, _AROUND_A_NEED.split()))
_FOLDED = {language: frozenset(map(fold, words.split())) for language, words in _WORDS.items()}


def is_idle_in_query(word: str) -> bool:
    """Whether a word of a query may be left out, being common in one of the languages or around
    any need ("tarvitsen apua velkoihin")."""
    return fold(word) in _AROUND or any(is_stop_word(word, language) for language in _WORDS)


def is_stop_word(word: str, language: str) -> bool:
    """Whether a word of this language is too common to tell one entry from another."""
    return fold(word) in _FOLDED.get(language, frozenset())
