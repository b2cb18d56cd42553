"""Pictures have a decided alternative text; renditions lie where nobody can guess."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from site_core.media.models import Attachment, Picture
from tests.factories.media import AttachmentFactory, PictureFactory
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db


def test_these_are_the_models_wagtail_uses():
    assert get_image_model() is Picture
    assert get_document_model() is Attachment


@pytest.mark.parametrize(
    ("alt_text", "is_decorative", "field"),
    [("", False, "alt_text"), ("  ", False, "alt_text"), ("A lake", True, "alt_text")],
)
def test_the_decision_is_asked_for(alt_text, is_decorative, field):
    picture = PictureFactory()
    picture.alt_text, picture.is_decorative = alt_text, is_decorative
    with pytest.raises(ValidationError) as caught:
        picture.full_clean()
    assert field in caught.value.message_dict
    picture.alt_text = alt_text.strip()
    with pytest.raises(IntegrityError), transaction.atomic():
        picture.save()


def test_a_decorative_picture_is_passed_over_by_screen_readers():
    PictureFactory(alt_text="", is_decorative=True)
    picture = Picture.objects.get()
    assert picture.decorative
    assert 'alt=""' in picture.get_rendition("max-10x10").img_tag()


def test_another_picture_is_described():
    PictureFactory(alt_text="A lake at midnight")
    assert 'alt="A lake at midnight"' in Picture.objects.get().get_rendition("max-10x10").img_tag()


def test_a_picture_loaded_without_the_flag_costs_no_second_query(django_assert_num_queries):
    PictureFactory()
    with django_assert_num_queries(1):
        assert not Picture.objects.only("title").get().decorative


def test_originals_and_renditions_lie_apart():
    picture = PictureFactory()
    rendition = picture.get_rendition("width-6")
    assert picture.file.storage is storages["originals"]
    assert AttachmentFactory().file.storage is storages["originals"]
    assert rendition.file.storage is storages["renditions"]
    assert storages["originals"].location != storages["renditions"].location
    assert not storages["renditions"].exists(picture.file.name)


def test_a_renditions_address_holds_a_random_token_and_no_name():
    pictures = [PictureFactory(file__name="secret-plan.png") for _ in range(2)]
    addresses = [p.get_rendition(s).url for p in pictures for s in ("width-6", "original")]
    tokens = {re.fullmatch(r"/media/pictures/(..)/(\S{22})\.png", a)[2] for a in addresses}
    assert len(tokens) == 4
    assert not any("secret" in address or "width" in address for address in addresses)


def test_an_organisation_with_files_cannot_be_deleted():
    organisation = OrganisationFactory()
    PictureFactory(organisation=organisation)
    AttachmentFactory(organisation=organisation)
    with pytest.raises(ProtectedError):
        organisation.delete()
