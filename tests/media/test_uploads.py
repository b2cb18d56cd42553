"""A file gets its owner when it arrives, by whichever road, and keeps it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from site_core.media.models import Attachment, Picture
from tests.factories.media import AttachmentFactory, PictureFactory, png

pytestmark = [pytest.mark.django_db, pytest.mark.permission]


def picture_file():
    return SimpleUploadedFile("lake.png", png(), "image/png")


def text_file():
    return SimpleUploadedFile("minutes.txt", b"Minutes", "text/plain")


def upload_picture(client, **fields):
    data = {"title": "Lake", "file": picture_file(), "alt_text": "A lake", **fields}
    return client.post(reverse("wagtailimages:add"), data)


def upload_in_chooser(client, **fields):
    values = {"title": "Lake", "file": picture_file(), "alt_text": "A lake", **fields}
    data = {f"image-chooser-upload-{name}": value for name, value in values.items()}
    return client.post(reverse("wagtailimages_chooser:create"), data)


def upload_many(client, **fields):
    """The multiple uploader: the file first, then its facts."""
    first = client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "Lake", "files[]": picture_file()},
        headers={"x-requested-with": "XMLHttpRequest"},
    ).json()
    pk = first["uploaded_file_id"]
    values = {"title": "Lake", "alt_text": "A lake", **fields}
    return client.post(
        reverse("wagtailimages:create_multiple_from_uploaded_image", args=[pk]),
        {f"uploaded-image-{pk}-{name}": value for name, value in values.items()},
        headers={"x-requested-with": "XMLHttpRequest"},
    )


PICTURE_ROADS = pytest.mark.parametrize(
    "upload", [upload_picture, upload_in_chooser, upload_many], ids=["one", "chooser", "many"]
)


@PICTURE_ROADS
def test_a_members_picture_is_her_organisations(world, upload):
    upload(world.client("member_a"))
    assert Picture.objects.get().organisation == world.a.organisation


@PICTURE_ROADS
@pytest.mark.bypass
def test_a_member_cannot_name_another_owner(world, upload):
    upload(world.client("member_a"), organisation=world.b.organisation.pk)
    assert Picture.objects.get().organisation == world.a.organisation


@PICTURE_ROADS
def test_a_member_of_two_chooses_among_her_own(world, upload):
    client = world.client("member_ab")
    upload(client)
    assert not Picture.objects.exists()
    upload(client, organisation=world.b.organisation.pk)
    assert Picture.objects.get().organisation == world.b.organisation


@PICTURE_ROADS
@pytest.mark.bypass
def test_a_member_of_two_cannot_choose_a_third(world, upload):
    client = world.client("member_ab")
    for other in (world.people["suspended"].memberships.get().organisation_id, 0, ""):
        upload(client, organisation=other)
    assert not Picture.objects.exists()


@PICTURE_ROADS
def test_an_editors_picture_is_the_portals(world, upload):
    upload(world.client("editor"))
    assert Picture.objects.get().organisation is None


@PICTURE_ROADS
def test_others_upload_nothing(world, upload):
    for who in ("stranger", "ended", "suspended", "moderator"):
        client = world.client(who)
        if upload is upload_many:
            client.post(reverse("wagtailimages:add_multiple"), {"files[]": picture_file()})
        else:
            upload(client)
        assert not Picture.objects.exists(), who


def test_a_picture_without_a_decision_about_its_text_is_not_saved(world):
    answer = upload_picture(world.client("member_a"), alt_text="")
    assert answer.status_code == 200
    assert not Picture.objects.exists()
    upload_picture(world.client("member_a"), alt_text="", is_decorative="on")
    assert Picture.objects.get().is_decorative


@pytest.mark.bypass
def test_editing_changes_no_owner(world):
    picture = PictureFactory(organisation=world.a.organisation)
    attachment = AttachmentFactory(organisation=world.a.organisation)
    client = world.client("member_ab")
    fields = {"title": "New title", "organisation": world.b.organisation.pk}
    client.post(
        reverse("wagtailimages:edit", args=[picture.pk]), {**fields, "alt_text": "A new text"}
    )
    client.post(reverse("wagtaildocs:edit", args=[attachment.pk]), fields)
    for file in (Picture.objects.get(), Attachment.objects.get()):
        assert file.title == "New title"
        assert file.organisation == world.a.organisation


def test_an_attachment_gets_its_owner_too(world):
    address = reverse("wagtaildocs:add")
    data = {"title": "Minutes", "organisation": world.b.organisation.pk}
    world.client("member_a").post(address, {**data, "file": text_file()})
    assert Attachment.objects.get().organisation == world.a.organisation
    world.client("member_ab").post(address, {**data, "file": text_file()})
    assert Attachment.objects.order_by("pk").last().organisation == world.b.organisation
    several = reverse("wagtaildocs:add_multiple")
    script = {"x-requested-with": "XMLHttpRequest"}
    world.client("member_a").post(several, {"files[]": text_file()}, headers=script)
    assert Attachment.objects.order_by("pk").last().organisation == world.a.organisation
    count = Attachment.objects.count()
    answer = world.client("member_ab").post(several, {"files[]": text_file()}, headers=script)
    assert "uploaded_file_id" in answer.json()
    assert Attachment.objects.count() == count
