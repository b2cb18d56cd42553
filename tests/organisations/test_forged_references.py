"""A page points only to what its author may use, whatever ids her browser sends (pitfall B1)."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from services.models import ServicePage
from tests.factories.media import AttachmentFactory, PictureFactory
from tests.organisations.conftest import posted

pytestmark = [pytest.mark.django_db, pytest.mark.bypass]


def save(world, page: ServicePage, who: str = "member_a", **fields):
    return world.client(who).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), posted(page, **fields)
    )


def latest(page: ServicePage) -> ServicePage:
    return ServicePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_own_and_the_portals_pictures_are_accepted(world):
    page = world.a.draft
    for owner in (world.a.organisation, None):
        picture = PictureFactory(organisation=owner)
        answer = save(world, page, picture=picture.pk, short="Changed text")
        assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert latest(page).picture_id == picture.pk
        assert latest(page).short == "Changed text"


def test_a_foreign_picture_is_refused_and_nothing_is_saved(world):
    page, picture = (
        world.a.draft,
        PictureFactory(title="Beta lake", organisation=world.b.organisation),
    )
    revision = page.latest_revision_id
    answer = save(world, page, picture=picture.pk, short="Changed text")
    assert answer.url == reverse("wagtailadmin_home")
    assert ServicePage.objects.get(pk=page.pk).latest_revision_id == revision


def test_an_invalid_form_does_not_show_the_title_of_a_foreign_picture(world):
    page, picture = (
        world.a.draft,
        PictureFactory(title="Beta lake", organisation=world.b.organisation),
    )
    answer = save(world, page, picture=picture.pk, title="")
    assert "Beta lake" not in answer.content.decode()


def test_a_picture_the_page_already_shows_stays(world):
    """A moderator's choice, or a picture from before a change of rights: the author may go on."""
    page, picture = world.a.draft, PictureFactory(organisation=world.b.organisation)
    page.picture = picture
    page.save_revision()
    save(world, page, picture=picture.pk, short="Changed text")
    assert latest(page).short == "Changed text"


def test_pictures_in_the_body_are_checked_too(world):
    page = world.a.draft
    for owner, accepted in ((world.a.organisation, True), (world.b.organisation, False)):
        picture = PictureFactory(organisation=owner)
        image = {"image": picture.pk, "decorative": "", "alt_text": "A lake"}
        value = {"image": image, "caption": ""}
        save(world, page, body=streamfield([("picture", value)]), short=f"With {picture.pk}")
        assert (latest(page).short == f"With {picture.pk}") is accepted


def test_links_in_running_text_are_checked_too(world):
    page = world.a.draft
    for target, accepted in ((world.b.live, True), (world.b.draft, False)):
        text = rich_text(f'<p>See <a linktype="page" id="{target.pk}">this</a></p>')
        save(world, page, body=streamfield([("paragraph", text)]), short=f"To {target.pk}")
        assert (latest(page).short == f"To {target.pk}") is accepted


def test_attachments_in_channels_are_checked_too(world):
    page = world.a.draft
    for owner, accepted in ((world.a.organisation, True), (world.b.organisation, False)):
        attachment = AttachmentFactory(organisation=owner)
        value = {
            "form": attachment.pk,
            "label": "",
            "languages": {"count": "0"},
            "cost": "",
            "note": "",
        }
        channels = streamfield([("printable_form", value)])
        save(world, page, channels=channels, short=f"With {attachment.pk}")
        assert (latest(page).short == f"With {attachment.pk}") is accepted


def test_a_new_page_is_checked_like_an_old_one(world):
    picture = PictureFactory(organisation=world.b.organisation)
    count = Page.objects.count()
    address = reverse("wagtailadmin_pages:add", args=["services", "servicepage", world.a.home.pk])
    data = posted(world.a.draft, title="New", slug="new", picture=picture.pk)
    answer = world.client("member_a").post(address, data)
    assert answer.url == reverse("wagtailadmin_home")
    assert Page.objects.count() == count


def test_the_preview_of_a_forged_form_shows_nothing(world):
    page, picture = (
        world.a.draft,
        PictureFactory(title="Beta lake", organisation=world.b.organisation),
    )
    client = world.client("member_a")
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    client.post(address, posted(page, picture=picture.pk))
    shown = client.get(address, follow=True).content.decode()
    assert picture.alt_text not in shown
    assert "Beta lake" not in shown


def test_staff_may_point_to_any_picture_and_draft(world):
    page, picture = world.a.draft, PictureFactory(organisation=world.b.organisation)
    save(world, page, who="editor", picture=picture.pk, short="By an editor")
    assert latest(page).picture_id == picture.pk
    assert latest(page).short == "By an editor"


def test_no_form_changes_whose_a_page_is(world):
    page = world.a.home
    client = world.client("member_ab")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = client.get(edit).content.decode()
    assert 'name="organisation"' not in form
    data = nested_form_data(
        {
            "title": "Alpha anew",
            "slug": page.slug,
            "summary": "We are Alpha",
            "organisation": world.b.organisation.pk,
            "picture": "",
            "picture_alt": "",
            "channels": streamfield([]),
            "body": streamfield([]),
            "comments": inline_formset([]),
        }
    )
    client.post(edit, data)
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.title == "Alpha anew"
    assert draft.organisation_id == world.a.organisation.pk
