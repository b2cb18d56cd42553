"""The portal's own organisation: it publishes the portal's news and pages."""

from django.conf import settings
from django.utils import translation

from services.actions import create_organisation_page
from site_core.languages.fallback import say
from site_core.organisations.models import Organisation
from site_core.pages.setup import setup_step


@setup_step("the portal's own organisation")
def own_organisation() -> None:
    """Make the portal's organisation and publish its page, where they do not exist."""
    own = Organisation.objects.portal().first()
    if own is None:
        own = Organisation.objects.create(
            name=settings.SITE_NAME, kind=Organisation.Kind.JOINT_AUTHORITY, is_portal=True
        )
    page = create_organisation_page(own, language=settings.LANGUAGE_CODE)
    if not page.live:
        with translation.override(settings.LANGUAGE_CODE):
            page.summary = str(say("We keep this portal together with those who publish in it."))
        page.save_revision().publish()
