"""Roads on which addresses change or pages are doubled."""

from collections.abc import Iterator

from wagtail.models import Page, PageViewRestriction

from search.models import Entry
from site_core.portal.models import HomePage
from tests.factories.pages import (
    NewsPageFactory,
    OrganisationPageFactory,
    publish,
    stored,
)
from tests.support.roads.steps import (
    bulk,
    path_of,
    portal_home,
    public,
    road,
    scene,
)


@road
def bulk_move() -> Iterator[None]:
    service, _swedish, _ = scene()
    target = portal_home()  # under another organisation no public text is moved
    yield
    bulk("move", service, chooser=target.pk)
    yield
    assert path_of(service) == f"{path_of(target)}kotiapu/"


@road
def move_with_descendants() -> Iterator[None]:
    service, _swedish, organisation = scene()
    target = OrganisationPageFactory()
    yield
    organisation.move(target, pos="last-child")
    yield
    assert path_of(service).startswith(path_of(target))


@road
def move_to_another_organisation() -> Iterator[None]:
    service, _swedish, _ = scene()
    target = OrganisationPageFactory(organisation__name="Toinen")
    yield
    service.move(target, pos="last-child")
    yield
    assert Entry.objects.get(page_id=service.pk).organisation_name == "Toinen"


@road
def move_below_a_restriction() -> Iterator[None]:
    service, swedish, _ = scene()
    target = OrganisationPageFactory()
    PageViewRestriction.objects.create(page=target, restriction_type="login")
    yield
    service.move(target, pos="last-child")
    yield
    assert public(service, swedish) == [False, True]
    assert "summary" not in Entry.objects.get(page_id=swedish.pk).texts


@road
def reorder() -> Iterator[None]:
    service, _swedish, organisation = scene()
    other = NewsPageFactory(parent=organisation)
    yield
    other.move(service, pos="left")
    yield
    assert public(service, other) == [True, True]


@road
def change_slug() -> Iterator[None]:
    service, _swedish, organisation = scene()
    hidden = NewsPageFactory(parent=organisation, slug="piilo")
    hidden.unpublish()
    organisation.slug = "uusi"
    yield
    publish(organisation)
    yield
    assert path_of(service).endswith("/uusi/kotiapu/")
    assert path_of(hidden).endswith("/uusi/piilo/")


@road
def change_slug_of_home() -> Iterator[None]:
    service, _swedish, _ = scene()
    home = HomePage.objects.get(locale__language_code="fi")
    home.slug = "etusivu"
    before = path_of(service)
    yield
    home.save()
    yield
    assert path_of(service) == before
    assert path_of(home) == "/fi/"


@road
def save_slug_by_name() -> Iterator[None]:
    service, _swedish, organisation = scene()
    organisation.slug = "nimetty"
    yield
    organisation.save(update_fields=["slug", "url_path"])
    yield
    assert path_of(service).endswith("/nimetty/kotiapu/")


@road
def copy_live() -> Iterator[None]:
    _service, _swedish, organisation = scene()
    target = stored(organisation.get_parent())
    yield
    organisation.copy(
        recursive=True, to=target, keep_live=True, update_attrs={"slug": "kopio", "title": "Kopio"}
    )
    yield
    copied = Page.objects.get(slug="kopio").get_children()
    assert public(*copied) == [True]


@road
def copy_as_draft() -> Iterator[None]:
    service, _swedish, organisation = scene()
    yield
    service.copy(to=organisation, keep_live=False, update_attrs={"slug": "kopio"})
    yield
    assert not Entry.objects.filter(path__endswith="/kopio/").exists()


@road
def make_alias() -> Iterator[None]:
    service, _swedish, _organisation = scene()
    target = OrganisationPageFactory()
    yield
    service.create_alias(parent=target)
    yield
    assert public(*service.aliases.all()) == [True]


@road
def update_alias() -> Iterator[None]:
    service, _swedish, _organisation = scene()
    alias = service.create_alias(parent=OrganisationPageFactory())
    service.title = "Uusi nimi"
    yield
    publish(service)
    yield
    assert Entry.objects.get(page_id=alias.pk).title == "Uusi nimi"
