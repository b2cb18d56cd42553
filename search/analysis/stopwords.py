"""Words that say nothing of what is sought: short lists, for a wrong one hides a result.

Only function words; what people say around their need ("tarvitsen apua") is a matter of the
concepts, not of this list.
"""

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
_FOLDED = {language: frozenset(map(fold, words.split())) for language, words in _WORDS.items()}


def is_stop_word(word: str, language: str) -> bool:
    """Whether a word of this language is too common to tell one entry from another."""
    return fold(word) in _FOLDED.get(language, frozenset())
