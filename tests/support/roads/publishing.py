"""Roads on which something new becomes public."""

from collections.abc import Iterator
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Locale

from search.models import Entry
from site_core.moderation.actions import publish_due
from tests.factories.pages import (
    NewsPageFactory,
    OrganisationPageFactory,
    ServicePageFactory,
    TrainingPageFactory,
    draft,
    publish,
    stored,
    translate,
)
from tests.support.roads.steps import (
    admin,
    at,
    bulk,
    edit_url,
    form_of,
    portal_home,
    public,
    road,
    scene,
    submit,
)
from training.actions import save_offering


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
    page = NewsPageFactory(live=False, body=[], parent=portal_home())
    client = admin()
    form = form_of(client, page, title="Julki", **{"action-publish": "1"})
    yield
    submit(client, edit_url(page), form)
    yield
    assert public(page) == [True]
    assert page.__class__.objects.get(pk=page.pk).title == "Julki"


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
def bulk_publish() -> Iterator[None]:
    home = portal_home()
    first = ServicePageFactory(live=False, parent=home)
    second = NewsPageFactory(live=False, parent=home)
    yield
    bulk("publish", first, second)
    yield
    assert public(first, second) == [True, True]


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


@road
def change_sessions() -> Iterator[None]:
    page = TrainingPageFactory()
    offering = page.course.offerings.get()
    session = offering.sessions.get()
    session.starts_at += timedelta(days=400)
    session.ends_at += timedelta(days=400)
    yield
    save_offering(offering, [session])
    yield
    assert Entry.objects.get(page_id=page.pk).starts_at == session.starts_at
