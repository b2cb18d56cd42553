"""Pictures and attachments with small real files."""

from io import BytesIO

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory
from PIL import Image

from site_core.media.models import Attachment, Picture


def png(colour: str = "teal", size: tuple[int, int] = (12, 8)) -> bytes:
    """The bytes of a picture of one colour."""
    data = BytesIO()
    Image.new("RGB", size, colour).save(data, "PNG")
    return data.getvalue()


class PictureFactory(DjangoModelFactory):
    """A picture of the portal's own, with an alternative text."""

    class Meta:
        model = Picture

    title = factory.Sequence(lambda number: f"Picture {number}")
    alt_text = "A lake at midnight"
    file = factory.Sequence(lambda number: ContentFile(png(), name=f"lake-{number}.png"))


class AttachmentFactory(DjangoModelFactory):
    """A text file of the portal's own."""

    class Meta:
        model = Attachment

    title = factory.Sequence(lambda number: f"Attachment {number}")
    file = factory.Sequence(lambda number: ContentFile(b"Minutes", name=f"minutes-{number}.txt"))
