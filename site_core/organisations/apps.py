"""Start-up of the organisations app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "site_core.organisations"
    label = "organisations"
    verbose_name = _("Organisations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Register the page policy before any code asks for one, which would fix Wagtail's."""
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from site_core.organisations import clock, messages  # noqa: F401
        from site_core.organisations.policies import MembershipPagePolicy

        messages.register()
        register_permission_policy(Page, MembershipPagePolicy())
