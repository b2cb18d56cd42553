"""Where files lie: originals and attachments apart from the renditions that everyone may fetch."""

from django.core.files.storage import Storage, storages


def originals_storage() -> Storage:
    """The storage `originals`, asked when the model is loaded so that settings may replace it.

    Its `base_url` is the address of `views.original`, which asks for the reader's right; an address
    it must have, since Wagtail's admin and its API print one.
    """
    return storages["originals"]
