"""What the roads have in common: their register, a scene, the admin."""

from collections.abc import Callable, Iterator
from unittest.mock import patch

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from search.models import Entry
from services.models import OrganisationPage
from tests.factories.pages import (
    ServicePageFactory,
    stored,
    translate,
)

Road = Callable[[], Iterator[None]]

ROADS: dict[str, Road] = {}


def road(function: Road) -> Road:
    ROADS[function.__name__] = function
    return function


def public(*pages: Page) -> list[bool]:
    """Whether each page's entry may be seen now."""
    keys = set(Entry.objects.public().values_list("page_id", flat=True))
    return [page.pk in keys for page in pages]


def portal_home() -> Page:
    """The page of the portal's own organisation: only below it staff publish directly."""
    return OrganisationPage.objects.get(organisation__is_portal=True)


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
