"""Application set-up of the vocabularies."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TaxonomyConfig(AppConfig):
    """The vocabularies that describe a service: places, people, situations, themes, channels."""

    name = "site_core.taxonomy"
    label = "taxonomy"
    verbose_name = _("Vocabularies")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from site_core.taxonomy import labels, policies

        policies.register()
        labels.connect()
