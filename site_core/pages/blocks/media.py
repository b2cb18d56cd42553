"""Pictures in the flow of a text."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock


class PictureBlock(StructBlock):
    image = ImageBlock(label=_("Picture"))
    caption = CharBlock(label=_("Caption"), required=False, max_length=250)
    credit = CharBlock(
        label=_("Maker of the picture"),
        required=False,
        max_length=120,
        help_text=_("For example: drawing by the association."),
    )

    class Meta:
        label = _("Picture")
        description = _("A picture with its description for those who do not see it.")
        icon = "image"
        template = "blocks/picture.html"
        label_format = "{caption}"

    def get_preview_value(self):
        """Show the portal's newest picture, never an organisation's; without one, nothing."""
        newest = get_image_model().objects.filter(organisation=None).order_by("-pk").first()
        if newest is None:
            return self.normalize({"image": None, "caption": "", "credit": ""})
        image = {"image": newest, "alt_text": newest.default_alt_text, "decorative": False}
        return self.normalize({"image": image, "caption": newest.title, "credit": ""})
