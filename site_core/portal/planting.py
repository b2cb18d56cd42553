"""Pages that set-up plants below the home pages: places and topics, in every language they have."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.utils import translation
from wagtail.models import Page

from site_core.languages.fallback import say
from site_core.pages.models import BasePage
from site_core.taxonomy.models import Concept, LifeSituation, Municipality, Theme

from .home_pages import HomePage
from .place_pages import MunicipalityIndexPage, MunicipalityPage
from .topic_pages import TopicIndexPage, TopicPage

Planted = TypeVar("Planted", bound=BasePage)

ALWAYS = ("fi", "sv")
"""Languages that have every page; others have those whose name is attested."""


def plant(parent: Page, model: type[Planted], title: str, **fields: Any) -> Planted:
    """The page of `model` with these fields in the parent's language; made live where missing.

    It is a translation of the first such page in any language.
    """
    found = model.objects.filter(locale=parent.locale, **fields).first()
    if found is not None:
        return found
    page = model(title=title, locale=parent.locale, live=True, **fields)
    first = model.objects.filter(**fields).order_by("pk").first()
    if first is not None:
        page.translation_key = first.translation_key
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def plant_places(homes: Mapping[str, HomePage]) -> None:
    """An index of municipalities and a page for each, in the languages that have its name."""
    places = list(Municipality.objects.active())
    for code, home in homes.items():
        named = [place for place in places if code in ALWAYS or place.labels.get(code)]
        if not named:
            continue
        with translation.override(code):
            index = plant(home, MunicipalityIndexPage, str(say("Municipalities")))
            for place in named:
                plant(index, MunicipalityPage, _name(place, code), municipality=place)


def plant_topics(homes: Mapping[str, HomePage]) -> None:
    """An index of topics with a page for each life situation and theme, in Finnish and Swedish."""
    concepts: dict[str, list[Concept]] = {
        "life_situation": list(LifeSituation.objects.active()),
        "theme": list(Theme.objects.active()),
    }
    for code in ALWAYS:
        with translation.override(code):
            index = plant(homes[code], TopicIndexPage, str(say("Topics")))
            for field, found in concepts.items():
                for concept in found:
                    plant(index, TopicPage, _name(concept, code), **{field: concept})


def _name(concept: Concept, code: str) -> str:
    return concept.labels.get(code) or str(concept)
