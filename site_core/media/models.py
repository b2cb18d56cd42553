"""Picture, PictureRendition and Attachment: Wagtail's image and document, with an owner."""

import os.path
import secrets

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    WagtailImageField,
    get_upload_to,
)

from site_core.media.storage import originals_storage
from site_core.organisations.models import Organisation


class Owned(models.Model):
    """Something an organisation owns; no owner means that it is the portal's own.

    The owner is set by code when the file arrives and by no form afterwards.
    """

    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        verbose_name=_("organisation"),
    )

    class Meta:
        abstract = True


class Picture(Owned, AbstractImage):
    """An image whose alternative text is decided: words, or none because it only decorates."""

    file = WagtailImageField(
        verbose_name=_("file"),
        upload_to=get_upload_to,
        storage=originals_storage,
        width_field="width",
        height_field="height",
    )
    alt_text = models.CharField(
        _("alternative text"),
        max_length=250,
        blank=True,
        help_text=_("What the picture shows, for those who do not see it."),
    )
    is_decorative = models.BooleanField(
        _("only decoration"),
        default=False,
        help_text=_("The picture tells nothing: screen readers pass over it."),
    )

    admin_form_fields = (
        "title",
        "file",
        "alt_text",
        "is_decorative",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_picture", "Can choose picture")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_decorative=True, alt_text="")
                | (models.Q(is_decorative=False) & ~models.Q(alt_text="")),
                name="picture_alt_text_decided",
                violation_error_message=_(
                    "Write an alternative text, or mark the picture as decoration."
                ),
            )
        ]

    def __init__(self, *args, **kwargs):
        """Start `decorative` from our choice: Wagtail resets it; an ImageBlock sets it per use."""
        super().__init__(*args, **kwargs)
        self.decorative = self.__dict__.get("is_decorative", False)

    @property
    def default_alt_text(self):
        return "" if self.is_decorative else self.alt_text

    def clean(self):
        """Say which of the two fields is wrong; the constraint stands behind it."""
        super().clean()
        self.alt_text = self.alt_text.strip()
        if self.is_decorative and self.alt_text:
            raise ValidationError({"alt_text": _("A decorative picture has no alternative text.")})
        if not self.is_decorative and not self.alt_text:
            raise ValidationError(
                {"alt_text": _("Write an alternative text, or mark the picture as decoration.")}
            )


class PictureRendition(AbstractRendition):
    """A resized copy, public to whoever has its address, which nobody can guess."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="picture_rendition_unique",
            )
        ]

    def get_upload_to(self, filename):
        """A path of 128 random bits; it keeps nothing of the original's name but the ending."""
        token = secrets.token_urlsafe(16)
        return f"pictures/{token[:2]}/{token}{os.path.splitext(filename)[1].lower()}"


class Attachment(Owned, AbstractDocument):
    """A document to download."""

    file = models.FileField(_("file"), upload_to="documents", storage=originals_storage)

    admin_form_fields = ("title", "file")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        permissions = [("choose_attachment", "Can choose attachment")]
