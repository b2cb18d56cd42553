"""Start-up of the media app; it must stand after Wagtail's image, document and admin apps."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "site_core.media"
    label = "media"
    verbose_name = _("Pictures and attachments")
    default_auto_field = "django.db.models.BigAutoField"
