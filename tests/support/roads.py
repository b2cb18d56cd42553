"""Every road on which a page changes (architecture: "the published entry"), each as one function.

A road is a generator of three parts: prepare, the deed, what must be true afterwards. Tests run the
whole; tests of faults stop a process in the midst of the deed.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from unittest.mock import patch

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from search.models import Entry
from site_core.moderation.actions import confirm_current, hide_stale, publish_due
from site_core.organisations import actions as organisations
from site_core.portal.models import HomePage
from tests.factories.pages import (
    NewsPageFactory,
    OrganisationPageFactory,
    ServicePageFactory,
    draft,
    publish,
    stored,
    translate,
)

Road = Callable[[], Iterator[None]]

ROADS: dict[str, Road] = {}
RESTRICTING = {"restrict", "restrict_in_admin"}
"""Roads on which nothing but hiding too early may come of a fault."""
SILENT = {"save_draft", "copy_as_draft", "translate_draft"}
"""Roads on which no entry is written, since nothing public changes."""


def road(function: Road) -> Road:
    ROADS[function.__name__] = function
    return function


def public(*pages: Page) -> list[bool]:
    """Whether each page's entry may be seen now."""
    keys = set(Entry.objects.public().values_list("page_id", flat=True))
    return [page.pk in keys for page in pages]


def path_of(page: Page) -> str:
    return Entry.objects.get(page_id=page.pk).path


def admin() -> Client:
    """A client logged in as a superuser."""
    user, _made = get_user_model().objects.get_or_create(
        username="chief", defaults={"is_superuser": True, "is_staff": True}
    )
    client = Client()
    client.force_login(user)
    return client


def at(moment) -> patch:
    """Set the clock."""
    return patch("django.utils.timezone.now", return_value=moment)


def submit(client: Client, url: str, data: dict | None = None) -> None:
    """Post to the admin and make sure it was not refused."""
    response = client.post(url, data or {}, follow=True)
    assert response.status_code == 200, response.content[:2000]
    messages = list(response.context["messages"]) if response.context else []
    assert not [str(told) for told in messages if told.level_tag == "error"]


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def form_of(client: Client, page: Page, **changes: str) -> dict:
    """What the editor's form of a page without body and channels would send."""
    html = client.get(edit_url(page)).content.decode()
    streams = nested_form_data({"body": streamfield([])})
    return {**querydict_from_html(html, form_id="page-edit-form").dict(), **streams, **changes}


def bulk(action: str, *pages: Page, **data: object) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    query = "&".join(f"id={page.pk}" for page in pages)
    submit(admin(), f"{url}?{query}&next=/cms/", data)


def scene() -> tuple[Page, Page, Page]:
    """A service, its Swedish version that borrows all but the title, and their organisation."""
    service = ServicePageFactory(title="Kotiapu", slug="kotiapu")
    swedish = translate(service, "sv", title="Hemhjälp", summary="", short="", body=[])
    return service, swedish, stored(service.get_parent())


@road
def add_live() -> Iterator[None]:
    page = ServicePageFactory(live=False)
    new = type(page)(title="Uusi", summary="Uusi.", short="Uusi.", live=True, locale=page.locale)
    yield
    stored(page.get_parent()).add_child(instance=new)
    yield
    assert public(new) == [True]


@road
def publish_in_admin() -> Iterator[None]:
    page = NewsPageFactory(live=False, body=[])
    client = admin()
    form = form_of(client, page, title="Julki", **{"action-publish": "1"})
    yield
    submit(client, edit_url(page), form)
    yield
    assert public(page) == [True]
    assert page.__class__.objects.get(pk=page.pk).title == "Julki"


@road
def unpublish_in_admin() -> Iterator[None]:
    service, swedish, _ = scene()
    client = admin()
    yield
    submit(client, reverse("wagtailadmin_pages:unpublish", args=[service.pk]))
    yield
    assert public(service, swedish) == [False, False]


@road
def unpublish_with_descendants() -> Iterator[None]:
    service, _swedish, organisation = scene()
    client = admin()
    yield
    url = reverse("wagtailadmin_pages:unpublish", args=[organisation.pk])
    submit(client, url, {"include_descendants": "on"})
    yield
    assert public(service, organisation) == [False, False]


@road
def approve_in_workflow() -> Iterator[None]:
    page = NewsPageFactory(live=False)
    user = get_user_model().objects.create_superuser("approver")
    state = page.get_workflow().start(page, user)
    yield
    while state.refresh_from_db() or state.status == state.STATUS_IN_PROGRESS:
        state.current_task_state.approve(user=user)
    yield
    assert public(page) == [True]


@road
def publish_on_schedule() -> Iterator[None]:
    page = ServicePageFactory(live=False)
    later = timezone.now() + timedelta(hours=1)
    page.go_live_at = later
    page.save_revision().publish()
    yield
    with at(later + timedelta(minutes=1)):
        assert publish_due()["published"] == 1
    yield
    assert public(page) == [True]


@road
def expire() -> Iterator[None]:
    service, swedish, _ = scene()
    later = timezone.now() + timedelta(hours=1)
    service.expire_at = later
    publish(service)
    yield
    with at(later + timedelta(minutes=1)):
        assert publish_due()["expired"] == 1
    yield
    assert public(service, swedish) == [False, True]
    assert "summary" not in Entry.objects.get(page_id=swedish.pk).texts


@road
def bulk_publish() -> Iterator[None]:
    first, second = ServicePageFactory(live=False), NewsPageFactory(live=False)
    yield
    bulk("publish", first, second)
    yield
    assert public(first, second) == [True, True]


@road
def bulk_unpublish() -> Iterator[None]:
    service, swedish, organisation = scene()
    yield
    bulk("unpublish", organisation, include_descendants="on")
    yield
    assert public(service, organisation) == [False, False]


@road
def bulk_delete() -> Iterator[None]:
    service, swedish, organisation = scene()
    other = NewsPageFactory(parent=organisation)
    yield
    bulk("delete", service, other)
    yield
    assert public(service, swedish, other) == [False, False, False]


@road
def bulk_move() -> Iterator[None]:
    service, _swedish, _ = scene()
    target = OrganisationPageFactory()
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
def delete() -> Iterator[None]:
    service, swedish, organisation = scene()
    yield
    service.delete()
    yield
    assert public(swedish) == [True]
    assert "summary" not in Entry.objects.get(page_id=swedish.pk).texts
    assert Entry.objects.get(key=service.translation_key, language="fi").title == ""


@road
def delete_with_descendants() -> Iterator[None]:
    service, _swedish, organisation = scene()
    yield
    Page.objects.get(pk=organisation.pk).delete()
    yield
    assert public(service, organisation) == [False, False]


@road
def delete_in_admin() -> Iterator[None]:
    service, swedish, _ = scene()
    client = admin()
    yield
    submit(client, reverse("wagtailadmin_pages:delete", args=[service.pk]))
    yield
    assert not Page.objects.filter(translation_key=service.translation_key).exists()


@road
def delete_what_is_restricted() -> Iterator[None]:
    service, _swedish, organisation = scene()
    PageViewRestriction.objects.create(page=organisation, restriction_type="login")
    yield
    organisation.delete()
    yield
    assert not Entry.objects.filter(page_id=service.pk).exists()


@road
def copy_live() -> Iterator[None]:
    service, _swedish, organisation = scene()
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
    service, _swedish, organisation = scene()
    target = OrganisationPageFactory()
    yield
    service.create_alias(parent=target)
    yield
    assert public(*service.aliases.all()) == [True]


@road
def update_alias() -> Iterator[None]:
    service, _swedish, organisation = scene()
    alias = service.create_alias(parent=OrganisationPageFactory())
    service.title = "Uusi nimi"
    yield
    publish(service)
    yield
    assert Entry.objects.get(page_id=alias.pk).title == "Uusi nimi"


@road
def unpublish_with_alias() -> Iterator[None]:
    service, _swedish, organisation = scene()
    alias = service.create_alias(parent=OrganisationPageFactory())
    yield
    service.unpublish()
    yield
    assert public(service, alias) == [False, False]


@road
def translate_draft() -> Iterator[None]:
    service = ServicePageFactory()
    OrganisationPageFactory(organisation=service.get_parent().specific.organisation, language="se")
    yield
    copy = service.copy_for_translation(Locale.objects.get(language_code="se"))
    yield
    assert not Entry.objects.filter(page_id=copy.pk).exists()


@road
def publish_translation() -> Iterator[None]:
    service = ServicePageFactory(summary="Alkuperäinen")
    swedish = translate(service, "sv", live=False, title="Hjälp", summary="")
    yield
    publish(swedish)
    yield
    assert Entry.objects.get(page_id=swedish.pk).texts["summary"] == ["Alkuperäinen", "fi"]


@road
def publish_original() -> Iterator[None]:
    service, swedish, _ = scene()
    service.summary = "Muutettu"
    yield
    publish(service)
    yield
    assert Entry.objects.get(page_id=swedish.pk).texts["summary"] == ["Muutettu", "fi"]


@road
def unpublish_original() -> Iterator[None]:
    service, swedish, _ = scene()
    yield
    service.unpublish()
    yield
    assert "summary" not in Entry.objects.get(page_id=swedish.pk).texts


@road
def restrict() -> Iterator[None]:
    service, swedish, organisation = scene()
    restriction = PageViewRestriction(page=organisation, restriction_type="login")
    yield
    restriction.save()
    yield
    assert public(service, organisation, swedish) == [False, False, True]
    assert "summary" not in Entry.objects.get(page_id=swedish.pk).texts


@road
def restrict_in_admin() -> Iterator[None]:
    service, _swedish, organisation = scene()
    client = admin()
    yield
    url = reverse("wagtailadmin_pages:set_privacy", args=[organisation.pk])
    client.post(url, {"restriction_type": "password", "password": "salasana"})
    yield
    assert public(service, organisation) == [False, False]


@road
def lift_restriction() -> Iterator[None]:
    service, swedish, organisation = scene()
    restriction = PageViewRestriction.objects.create(page=organisation, restriction_type="login")
    yield
    restriction.delete()
    yield
    assert public(service, organisation, swedish) == [True, True, True]
    assert "summary" in Entry.objects.get(page_id=swedish.pk).texts


@road
def rename_organisation() -> Iterator[None]:
    service, swedish, organisation = scene()
    yield
    organisations.rename(organisation.organisation, "Uusi nimi ry")
    yield
    names = Entry.objects.filter(page_id__in=[service.pk, swedish.pk])
    assert set(names.values_list("organisation_name", flat=True)) == {"Uusi nimi ry"}


@road
def suspend_organisation() -> Iterator[None]:
    service, swedish, organisation = scene()
    yield
    organisations.suspend(organisation.organisation)
    yield
    assert public(service, swedish, organisation) == [False, False, False]
    assert stored(service).live


@road
def restore_organisation() -> Iterator[None]:
    service, swedish, organisation = scene()
    organisations.suspend(organisation.organisation)
    yield
    organisations.restore(organisation.organisation)
    yield
    assert public(service, swedish, organisation) == [True, True, True]


@road
def hide_for_age() -> Iterator[None]:
    service, swedish, _ = scene()
    yield
    hide_stale(service)
    yield
    assert public(service, swedish) == [False, True]
    assert "summary" not in Entry.objects.get(page_id=swedish.pk).texts


@road
def confirm() -> Iterator[None]:
    service, swedish, _ = scene()
    user = get_user_model().objects.create_superuser("keeper")
    hide_stale(service)
    yield
    confirm_current(service, by=user)
    yield
    assert public(service, swedish) == [True, True]
    assert Entry.objects.get(page_id=service.pk).last_confirmed == timezone.localdate()


@road
def revert() -> Iterator[None]:
    service = ServicePageFactory(title="Vanha")
    old = service.latest_revision
    service.title = "Uudempi"
    publish(service)
    yield
    old.publish()
    yield
    assert Entry.objects.get(page_id=service.pk).title == "Vanha"


@road
def save_draft() -> Iterator[None]:
    service, _swedish, _ = scene()
    service.title = "Luonnos"
    yield
    draft(service)
    yield
    assert Entry.objects.get(page_id=service.pk).title == "Kotiapu"
