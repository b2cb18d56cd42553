"""Words that say nothing of what is sought.

Of a text only the commonest are dropped, for a wrong one hides a result. Of a query more can go:
what people say around their need, as long as something else is left.
"""

from __future__ import annotations

from collections.abc import Collection

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
# Base forms; those of speech that no dictionary knows as they are said.
_AROUND_A_NEED = {
    "fi": """
        apu auttaa tarvita haluta haluaa tahtoa etsiä hakea haku saada löytää löytyä kysyä antaa
        tarjota pitää täytyä joutua päästä tietää tieto osata pystyä voida olla tehdä käydä mennä
        tulla ottaa alkaa kannattaa onnistua yrittää toimia sopia asia juttu mahdollisuus
        mahdollinen itse joku jokin jokainen kukaan mikään kumpi moni muu kaikki sama toinen
        mihin minne milloin koska kuinka miksi paljonko montako minkä mitkä ketkä kenen kenelle
        täällä täältä tänne siellä sieltä sinne jossain jostain johonkin missään mistään lähellä
        nyt enää vielä jo heti aina joskus usein pian kohta sitten ennen jälkeen aikana
        kanssa varten takia vuoksi kautta luona luo mukaan kohtaan lisäksi ilman paitsi
        vain vaan vaikka kyllä ehkä varmaan oikein paljon vähän liian tosi todella hyvin näin noin
        ollenkaan kai siis sentään edes ikinä koskaan kiitos hei moi
        mä mun mulle mua mulla musta sä sun sulle sua sulla meiän teiän niitten noi nää tää toi tän
        ton tos täs siin oon oot oo ollaan en et emme ette eivät enkä etkä eikä emmekä älä haluun
        haluisin tartten tartteis tarviin tarvii meen meet tuu jollekin jollekkin joltain jonku
        niinku kaa kans mis mist mitä mite onks voiks saaks saako onko voiko voin voisin
        voisiko voinko
    """,
    "sv": """
        hjälp hjälpa behöva behov skola vilja måste få kunna söka leta hitta finna finnas fråga ge
        ta gå göra veta komma bli vara ha låta börja försöka vilken vem när varför här där hit dit
        någon något några nån nåt ingen inget inga annan annat andra själv alla allt man mej dej oss
        er dem dom sin sitt sina din ditt dina vår vårt våra deras hans hennes denna detta dessa
        någonstans ifrån också bara nu redan än ännu så då men genom angående gällande gärna mer
        mera mycket lite kanske hos efter innan under över utan tack hej ska vill kunde skulle får
        fick hade finns orka brukar
    """,
    "se": """
        veahkki veahkehit dárbbašit háliidit sáhttit oažžut ohcat gávdnat gávdnot galgat diehtit
        leahkit ii in it eat ehpet munnje dutnje sutnje mus dus sus mu du su gosa goas manin movt
        makkár guhte juoga soames muhto dás dáppe doppe dál
    """,
    "smn": "iše",
    "sms": "",
}
_STOP = {language: frozenset(map(fold, words.split())) for language, words in _WORDS.items()}
_IDLE = {
    language: _STOP[language] | frozenset(map(fold, words.split()))
    for language, words in _AROUND_A_NEED.items()
}


def is_idle(form: str, lemmas: Collection[str], language: str) -> bool:
    """Whether a word of a query, by its folded form and base forms, may be left out."""
    idle = _IDLE[language]
    return form in idle or idle.issuperset(lemmas)


def is_stop_word(word: str, language: str) -> bool:
    """Whether a word of this language is too common to tell one entry from another."""
    return fold(word) in _STOP.get(language, frozenset())
