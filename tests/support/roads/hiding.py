"""Roads on which something stops being public, and those back."""

from collections.abc import Iterator
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from search.models import Entry
from site_core.moderation.actions import confirm_current, hide_stale, publish_due
from site_core.organisations import actions as organisations
from tests.factories.pages import (
    NewsPageFactory,
    OrganisationPageFactory,
    publish,
    stored,
)
from tests.support.roads.steps import (
    admin,
    at,
    bulk,
    public,
    road,
    scene,
    submit,
)


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
def bulk_unpublish() -> Iterator[None]:
    service, _swedish, organisation = scene()
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
def delete() -> Iterator[None]:
    service, swedish, _organisation = scene()
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
    service, _swedish, _ = scene()
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
def unpublish_with_alias() -> Iterator[None]:
    service, _swedish, _organisation = scene()
    alias = service.create_alias(parent=OrganisationPageFactory())
    yield
    service.unpublish()
    yield
    assert public(service, alias) == [False, False]


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
