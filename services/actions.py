"""State changes of organisation pages."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Locale, Page

from services.organisation_page import OrganisationPage
from site_core.organisations.branches import organisation_for_path
from site_core.organisations.models import Organisation

INDEX_TYPE = "OrganisationIndexPage"


def create_organisation_page(
    organisation: Organisation, *, language: str, by: Any = None
) -> OrganisationPage:
    """The draft page of an organisation in a language; the one it has, if it has one.

    The only place where a page gets an organisation. `by` is None where the system acts (set-up,
    an approval); a person needs the right to add below the index. Raises PermissionDenied, and
    LookupError where the language has no index of organisations.
    """
    locale = Locale.objects.get(language_code=language)
    found = OrganisationPage.objects.filter(organisation=organisation, locale=locale).first()
    if found is not None:
        return found
    index = Page.objects.filter(
        locale=locale,
        content_type__app_label="portal",
        content_type__model=INDEX_TYPE.lower(),
    ).first()
    if index is None:
        raise LookupError(f"No index of organisations in {language!r}: run setup_portal.")
    if by is not None and not index.specific.permissions_for_user(by).can_add_subpage():
        raise PermissionDenied
    page = OrganisationPage(
        title=organisation.name, organisation=organisation, locale=locale, live=False, owner=by
    )
    sibling = OrganisationPage.objects.filter(organisation=organisation).order_by("pk").first()
    if sibling is not None:
        page.translation_key = sibling.translation_key
    with transaction.atomic():
        index.add_child(instance=page)
        page.save_revision(user=by)
        log(instance=page, action="wagtail.create", user=by)
    return page


def organisation_page_in(page: Page, language: str) -> None:
    """Make the page of a page's organisation in a language, as a draft, where it lacks there.

    The system makes it: who may translate a page may not add organisation pages.
    """
    organisation = organisation_for_path(page.path)
    if organisation is not None:
        create_organisation_page(organisation, language=language)
