"""Originals and attachments are handed out only to those who may have them."""

import pytest
from django.urls import reverse
from PIL import Image
from wagtail.models import PageViewRestriction

from site_core.organisations import actions
from tests.factories.media import AttachmentFactory, PictureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.leak]

READERS = {"member_b", "member_ab", "editor", "superuser"}
KNOWN_OTHERS = {"stranger", "ended", "suspended", "member_a", "moderator"}


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def attach(page, attachment) -> None:
    """Link the attachment from the page's body, as it is stored."""
    text = f'<p><a linktype="document" id="{attachment.pk}">Minutes</a></p>'
    page.body = [("paragraph", text)]
    page.save()


@pytest.mark.parametrize("make", [PictureFactory, AttachmentFactory], ids=["picture", "attachment"])
def test_who_gets_an_original(world, make):
    file = make(organisation=world.b.organisation)
    assert file.file.url == reverse("media_original", args=[file.file.name])
    with file.file.open() as stored:
        content = stored.read()
    for who in READERS:
        answer = world.client(who).get(file.file.url)
        assert answer.status_code == 200, who
        assert body(answer) == content
        assert "private" in answer["Cache-Control"]
    for who in KNOWN_OTHERS:
        assert world.client(who).get(file.file.url).status_code == 404, who
    visitor = world.client("visitor").get(file.file.url)
    assert visitor.status_code == 302
    assert visitor.url.startswith(reverse("wagtailadmin_login"))


@pytest.mark.bypass
@pytest.mark.parametrize(
    "name",
    [
        "nothing.png",
        "../settings/base.py",
        "original_images/../../secret",
        "%00",
        "original_images/",
    ],
)
def test_names_that_are_no_original(world, name):
    assert world.client("superuser").get(f"/originals/{name}").status_code in (400, 404)
    assert world.client("visitor").get(f"/originals/{name}").status_code in (302, 400, 404)


def test_an_original_whose_file_is_gone_is_not_found(world):
    picture = PictureFactory(organisation=world.b.organisation)
    picture.file.storage.delete(picture.file.name)
    assert world.client("member_b").get(picture.file.url).status_code == 404


def test_renditions_hold_the_picture_and_need_no_right(world):
    rendition = PictureFactory(organisation=world.b.organisation).get_rendition("original")
    with rendition.file.open() as stored:
        assert Image.open(stored).size == (12, 8)
    assert not rendition.url.startswith("/originals/")


def test_an_attachment_of_a_public_page_is_public(world):
    attachment = AttachmentFactory(organisation=world.b.organisation)
    assert world.client("visitor").get(attachment.url).status_code == 302
    attach(world.b.live, attachment)
    answer = world.client("visitor").get(attachment.url)
    assert answer.status_code == 200
    assert body(answer) == b"Minutes"


def test_an_attachment_of_a_draft_is_its_owners(world):
    attachment = AttachmentFactory(organisation=world.b.organisation)
    attach(world.b.draft, attachment)
    for who in READERS:
        assert world.client(who).get(attachment.url).status_code == 200, who
    for who in KNOWN_OTHERS:
        assert world.client(who).get(attachment.url).status_code == 404, who
    assert world.client("visitor").get(attachment.url).status_code == 302


def test_a_link_in_the_draft_of_a_public_page_opens_nothing(world):
    attachment = AttachmentFactory(organisation=world.b.organisation)
    page = world.b.live
    page.body = [("paragraph", f'<a linktype="document" id="{attachment.pk}">x</a>')]
    page.save_revision()
    assert world.client("visitor").get(attachment.url).status_code == 302


@pytest.mark.parametrize("reason", ["suspended", "restricted", "unpublished"])
def test_an_attachment_is_withdrawn_with_its_page(world, reason):
    attachment = AttachmentFactory(organisation=world.b.organisation)
    attach(world.b.live, attachment)
    if reason == "suspended":
        actions.suspend(world.b.organisation)
    elif reason == "restricted":
        PageViewRestriction.objects.create(
            page=world.b.home, restriction_type=PageViewRestriction.LOGIN
        )
    else:
        world.b.live.unpublish()
    assert world.client("visitor").get(attachment.url).status_code == 302
