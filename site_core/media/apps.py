"""Start-up of the media app; it must stand after Wagtail's image, document and admin apps."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "site_core.media"
    label = "media"
    verbose_name = _("Pictures and attachments")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Replace the policies that Wagtail's own apps have just registered; set AVIF's speed."""
        from wagtail.permissions import register_permission_policy

        from site_core.media.avif import set_speed
        from site_core.media.models import Attachment, Picture
        from site_core.media.policies import OwnedFilePolicy

        register_permission_policy(Picture, OwnedFilePolicy(Picture))
        register_permission_policy(Attachment, OwnedFilePolicy(Attachment))
        set_speed()
