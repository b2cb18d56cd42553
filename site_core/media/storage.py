"""Where files lie: originals and attachments apart from the renditions that everyone may fetch."""

from django.core.files.storage import FileSystemStorage, storages
from django.urls import reverse


class OriginalsStorage(FileSystemStorage):
    """Files handed out only by a view that asks for the reader's right.

    `url()` must answer, since Wagtail's admin and API print it; it names our view, never the file's place.
    """

    def url(self, name):
        return reverse("media_original", args=[name])


def originals_storage():
    """The storage `originals`, looked up when the model is loaded so that settings may replace it."""
    return storages["originals"]
