"""Pages below a portal that is set up: valid, published as an editor would, in any language.

    service = ServicePageFactory(municipalities=["732"])
    ServicePageFactory(parent=organisation_page, live=False)
    translate(service, "sv", title="Rådgivning", summary="")

Ask for the fixture `portal`; without it there is no index to put an organisation under.
"""

from typing import Any

import factory
from factory.django import DjangoModelFactory
from wagtail.models import Locale, Page

from news.models import NewsPage
from services.actions import create_organisation_page
from services.models import OrganisationPage, ServicePage, ServicePointPage
from site_core.organisations.branches import organisation_for_path
from site_core.taxonomy.models import LifeSituation, Municipality, TargetGroup, Theme
from tests.factories.organisations import OrganisationFactory
from tests.factories.training import CourseFactory
from training.models import TrainingPage

VOCABULARIES = {
    "municipalities": ("municipality", Municipality),
    "situations": ("life_situation", LifeSituation),
    "groups": ("target_group", TargetGroup),
    "themes": ("theme", Theme),
}
PHONE = {
    "type": "phone",
    "value": {"number": "040 123 4567", "languages": [{"code": "fi", "note": ""}]},
}
VISIT = {
    "type": "in_person",
    "value": {
        "street": "Esimerkkitie 1",
        "postal_code": "99980",
        "town": "Utsjoki",
        "hours": {
            "weekly": [
                {"days": ["mon", "tue", "wed"], "opens": "10:00", "closes": "15:00"},
                {"days": ["thu"], "opens": "12:00", "closes": "18:00"},
            ],
            "holidays": "closed",
        },
        "languages": [{"code": "fi", "note": ""}, {"code": "se", "note": ""}],
        "note": "Käynti kirjaston ovesta.",
    },
}


def publish(page: Page) -> Any:
    """Publish what the instance holds; returns the page as the database has it then."""
    page.save_revision().publish()
    return stored(page)


def draft(page: Page) -> Any:
    """Save what the instance holds as a draft; returns the page with the draft's fields."""
    page.save_revision()
    return stored(page).get_latest_revision_as_object()


def stored(page: Page) -> Any:
    """The page as the database has it, nothing cached."""
    return Page.objects.get(pk=page.pk).specific


def body(text: str) -> list[dict[str, Any]]:
    """A body of one paragraph."""
    return [{"type": "paragraph", "value": f"<p>{text}</p>"}]


def link(page: Page, **codes: list[str]) -> None:
    """Put vocabulary terms on a page by code; parameters are the names in `VOCABULARIES`."""
    for name, wanted in codes.items():
        target, concept = VOCABULARIES[name]
        relation = getattr(page, f"{target}_links")
        concepts = concept.objects.in_bulk(wanted, field_name="code")
        relation.set([relation.model(**{target: concepts[code]}) for code in wanted])


def translate(page: Page, language: str, *, live: bool = True, **fields: Any) -> Any:
    """A version of a page below an organisation's in another language, with other fields."""
    locale = Locale.objects.get(language_code=language)
    organisation = organisation_for_path(page.path)
    if isinstance(page, OrganisationPage):
        version = create_organisation_page(organisation, language=language)
    else:
        OrganisationPageFactory(organisation=organisation, language=language)
        version = page.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(version, name, value)
    return publish(version) if live else draft(version)


class OrganisationPageFactory(DjangoModelFactory):
    """The published page of an organisation in a language; found again where there is one."""

    class Meta:
        model = OrganisationPage

    organisation = factory.SubFactory(OrganisationFactory)
    summary = "Who we are."

    @classmethod
    def _create(
        cls, model: type, *args: Any, language: str = "fi", live: bool = True, **fields: Any
    ) -> Any:
        page = create_organisation_page(fields.pop("organisation"), language=language)
        if page.live:
            return page
        for name, value in fields.items():
            setattr(page, name, value)
        return publish(page) if live else draft(page)


class PageFactory(DjangoModelFactory):
    """A published page below an organisation's; `live=False` leaves it a draft.

    `parent` is the page of a new organisation in `language` unless given. Terms of vocabularies
    are given by code: `municipalities=["732"]`.
    """

    class Meta:
        abstract = True

    summary = "What it is and for whom."

    @classmethod
    def _create(
        cls,
        model: type[Page],
        *args: Any,
        parent: Page | None = None,
        language: str = "fi",
        live: bool = True,
        **fields: Any,
    ) -> Any:
        codes = {name: fields.pop(name) for name in VOCABULARIES if name in fields}
        parent = stored(parent or OrganisationPageFactory(language=language))
        page = model(locale=parent.locale, live=False, **cls.fields_below(parent, fields))
        link(page, **codes)
        parent.add_child(instance=page)
        return publish(page) if live else draft(page)

    @classmethod
    def fields_below(cls, parent: Page, fields: dict[str, Any]) -> dict[str, Any]:
        """The page's fields once its parent is known."""
        return fields


class ServicePageFactory(PageFactory):
    """A service one can call, available in Salla."""

    class Meta:
        model = ServicePage

    title = factory.Sequence(lambda number: f"Neuvonta {number}")
    short = "Soita, niin kerromme mistä saat apua."
    body = factory.LazyFunction(lambda: body("Neuvomme arjen asioissa."))
    channels = factory.LazyFunction(lambda: [PHONE])
    municipalities = factory.LazyFunction(lambda: ["732"])


class ServicePointPageFactory(PageFactory):
    """A point in Utsjoki with a computer; `municipality` is given by code."""

    class Meta:
        model = ServicePointPage

    title = factory.Sequence(lambda number: f"Virtu-piste {number}")
    short = "Täällä hoidat asiasi videolla, ja saat apua koko ajan."
    municipality = "890"
    channels = factory.LazyFunction(lambda: [PHONE, VISIT])
    devices = factory.LazyFunction(lambda: ["computer", "printer"])

    @classmethod
    def fields_below(cls, parent: Page, fields: dict[str, Any]) -> dict[str, Any]:
        return {**fields, "municipality": Municipality.objects.get(code=fields["municipality"])}


class NewsPageFactory(PageFactory):
    """A news item of today."""

    class Meta:
        model = NewsPage

    title = factory.Sequence(lambda number: f"Uutinen {number}")
    byline = "Viestintä"
    body = factory.LazyFunction(lambda: body("Jotain uutta on tapahtunut."))


class TrainingPageFactory(PageFactory):
    """A course with one group and one remote session."""

    class Meta:
        model = TrainingPage

    title = factory.Sequence(lambda number: f"Kurssi {number}")
    short = "Opit käyttämään puhelinta."
    body = factory.LazyFunction(lambda: body("Kurssi alkaa perusteista."))

    @classmethod
    def fields_below(cls, parent: Page, fields: dict[str, Any]) -> dict[str, Any]:
        fields.setdefault("course", None)
        course = fields.pop("course") or CourseFactory(
            organisation=organisation_for_path(parent.path)
        )
        return {"course": course, **fields}
