"""wagtail-localize within our rights: who submits, and what goes down with the original."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import translate_object

from services.models import ServicePage
from tests.factories.organisations import PersonFactory
from tests.organisations.conftest import undone

pytestmark = [pytest.mark.django_db, pytest.mark.bypass]


@pytest.fixture
def swedish():
    return Locale.objects.get(language_code="sv")


@pytest.fixture
def pair(world, swedish):
    """A live service of B with its live Swedish version, and the source they hang on."""
    translate_object(world.b.live, [swedish])
    translation = world.b.live.get_translation(swedish)
    translation.title = "Beta på svenska"
    translation.save_revision().publish()
    return world.b.live, ServicePage.objects.get(pk=translation.pk)


@pytest.fixture
def translator(world):
    """Someone with the global right to submit, and page rights in organisation A only."""
    person = world.people["member_a"]
    person.user_permissions.add(Permission.objects.get(codename="submit_translation"))
    return person


def limited_editor(*pages):
    """Staff with all rights over some pages only."""
    person = PersonFactory(username="limited")
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    group = person.groups.create(name="Limited")
    for page in pages:
        for action in ("add", "change", "publish", "bulk_delete"):
            right = Permission.objects.get(codename=f"{action}_page")
            GroupPagePermission.objects.create(group=group, page=page, permission=right)
    return person


def submit(client, page, locale):
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    return client.post(address, {"locales": [locale.pk]})


def test_submitting_needs_the_right_to_edit_the_page(world, swedish, translator):
    client = world.client("member_a")
    answer = submit(client, world.b.live, swedish)
    assert answer.url == reverse("wagtailadmin_home")
    assert not world.b.live.has_translation(swedish)
    submit(client, world.a.live, swedish)
    assert world.a.live.has_translation(swedish)


def test_a_member_without_the_global_right_submits_nothing(world, swedish):
    submit(world.client("member_a"), world.a.live, swedish)
    assert not world.a.live.has_translation(swedish)


def test_an_editors_translation_is_a_draft_in_the_normal_editor(world, swedish):
    submit(world.client("editor"), world.b.live, swedish)
    page = world.b.live.get_translation(swedish)
    assert not page.live
    assert not Translation.objects.get(source__object_id=page.translation_key).enabled
    form = world.client("member_b").get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert form.status_code == 200
    assert b'name="title"' in form.content


@pytest.mark.parametrize("publish", ["on", ""])
def test_updating_needs_the_right_to_publish_every_version(world, pair, translator, publish):
    page, translation = pair
    source = TranslationSource.objects.get(object_id=page.translation_key)
    address = reverse("wagtail_localize:update_translations", args=[source.pk])
    for who in ("member_a", "member_b"):
        with undone():
            world.people[who].user_permissions.add(
                Permission.objects.get(codename="submit_translation")
            )
            client = world.client(who)
            shown = client.get(address, follow=True).content.decode()
            assert who == "member_b" or page.title not in shown
            client.post(address, {"publish_translations": publish})
            translation.refresh_from_db()
            assert translation.title == "Beta på svenska", who


def test_converting_to_an_alias_needs_the_right_to_publish(world, pair):
    _page, translation = pair
    address = reverse("wagtail_localize:convert_to_alias", args=[translation.pk])
    for who in ("member_a", "member_b", "moderator"):
        world.client(who).post(address)
        translation.refresh_from_db()
        assert translation.alias_of_id is None, who


@pytest.mark.parametrize("bulk", [False, True], ids=["one", "bulk"])
def test_unpublishing_the_original_takes_its_translations_down(world, pair, bulk):
    page, translation = pair
    take_down(world.client("editor"), "unpublish", page, bulk)
    assert not Page.objects.filter(pk__in=[page.pk, translation.pk], live=True).exists()


@pytest.mark.parametrize("bulk", [False, True], ids=["one", "bulk"])
def test_deleting_the_original_deletes_its_translations(world, pair, bulk):
    page, translation = pair
    take_down(world.client("editor"), "delete", page, bulk)
    assert not Page.objects.filter(pk__in=[page.pk, translation.pk]).exists()


@pytest.mark.parametrize("action", ["unpublish", "delete"])
@pytest.mark.parametrize("bulk", [False, True], ids=["one", "bulk"])
def test_taking_a_translation_down_leaves_the_original(world, pair, action, bulk):
    page, translation = pair
    take_down(world.client("editor"), action, translation, bulk)
    assert not Page.objects.filter(pk=translation.pk, live=True).exists()
    assert Page.objects.filter(pk=page.pk, live=True).exists()


@pytest.mark.parametrize("action", ["unpublish", "delete"])
@pytest.mark.parametrize("bulk", [False, True], ids=["one", "bulk"])
def test_without_the_right_to_a_translation_nothing_goes_down(world, pair, action, bulk):
    page, translation = pair
    world.people["limited"] = limited_editor(world.b.home)
    take_down(world.client("limited"), action, page, bulk)
    assert Page.objects.filter(pk__in=[page.pk, translation.pk], live=True).count() == 2
    with_both = limited_group_gets(world, world.b.swedish_home)
    take_down(with_both, action, page, bulk)
    assert not Page.objects.filter(pk__in=[page.pk, translation.pk], live=True).exists()


def test_a_member_deletes_her_draft_with_its_draft_translations(world, swedish):
    translate_object(world.b.draft, [swedish])
    translation = world.b.draft.get_translation(swedish)
    take_down(world.client("member_b"), "delete", world.b.draft, bulk=False)
    assert not Page.objects.filter(pk__in=[world.b.draft.pk, translation.pk]).exists()


def test_a_member_does_not_delete_a_draft_whose_translation_was_public(world, swedish):
    translate_object(world.b.draft, [swedish])
    translation = world.b.draft.get_translation(swedish)
    translation.save_revision().publish()
    take_down(world.client("member_b"), "delete", world.b.draft, bulk=False)
    assert Page.objects.filter(pk__in=[world.b.draft.pk, translation.pk]).count() == 2


def take_down(client, action, page, bulk):
    if bulk:
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        client.post(f"{address}?id={page.pk}", {})
    else:
        client.post(reverse(f"wagtailadmin_pages:{action}", args=[page.pk]), {})


def limited_group_gets(world, page):
    """The limited editor's client, after her group got the same rights over another page."""
    group = world.people["limited"].groups.get()
    for right in Permission.objects.filter(grouppagepermission__group=group).distinct():
        GroupPagePermission.objects.create(group=group, page=page, permission=right)
    return world.client("limited")
