"""Terms of the vocabularies, valid and in use unless a test says otherwise."""

import factory
from factory.django import DjangoModelFactory

from site_core.taxonomy.models import (
    Channel,
    Homeland,
    LifeSituation,
    Municipality,
    ServiceLanguage,
    TargetGroup,
    Theme,
)

OWN = {"source": "portal", "verified": True}


class ConceptFactory(DjangoModelFactory):
    """A term with a Finnish and a Swedish label; `code` finds an existing one again."""

    class Meta:
        abstract = True
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda number: f"term-{number}")
    labels = factory.LazyAttribute(lambda term: {"fi": f"fi {term.code}", "sv": f"sv {term.code}"})
    label_sources = factory.LazyAttribute(lambda term: dict.fromkeys(term.labels, OWN))
    position = factory.Sequence(lambda number: number)


class MunicipalityFactory(ConceptFactory):
    class Meta:
        model = Municipality

    code = factory.Sequence(lambda number: f"{number % 1000:03}")
    seat_name = "Kirkonkylä"
    seat_lat = 67.0
    seat_lon = 26.0
    subregion = "pohjois-lappi"
    subregion_labels = factory.LazyFunction(lambda: {"fi": "Pohjois-Lappi", "sv": "Norra Lappland"})
    homeland = Homeland.NO
    postal_codes = factory.LazyFunction(lambda: ["99999"])


class LifeSituationFactory(ConceptFactory):
    class Meta:
        model = LifeSituation


class TargetGroupFactory(ConceptFactory):
    class Meta:
        model = TargetGroup


class ThemeFactory(ConceptFactory):
    class Meta:
        model = Theme


class ChannelFactory(ConceptFactory):
    class Meta:
        model = Channel


class ServiceLanguageFactory(ConceptFactory):
    class Meta:
        model = ServiceLanguage

    tag = factory.SelfAttribute("code")
