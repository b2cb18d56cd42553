"""Set-up of the portal that can run as often as liked."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from wagtail.models import GroupPagePermission, Locale, Page, Site

from site_core.languages.fallback import say
from site_core.languages.registry import LANGUAGES
from site_core.moderation.setup import LANGUAGE_REVIEWERS, MODERATORS, set_up_workflow
from site_core.pages.setup import STEPS
from site_core.taxonomy.actions import load_taxonomy

from .models import HomePage, ListingPage, OrganisationIndexPage
from .planting import plant, plant_places, plant_topics

Progress = Callable[[str], None]

# Staff groups and what each may do. Organisations' members are in no group: their rights follow
# from membership (docs/rights.md).
EDITORS = "Editors"
TRANSLATORS = "Translators"
PAGE_RIGHTS = {
    EDITORS: ("add", "change", "publish", "bulk_delete", "lock", "unlock"),
    TRANSLATORS: ("add", "change"),
}
MODEL_RIGHTS = {
    EDITORS: (
        "access_admin",
        "submit_translation",
        "add_picture",
        "change_picture",
        "delete_picture",
        "choose_picture",
        "add_attachment",
        "change_attachment",
        "delete_attachment",
        "choose_attachment",
        "add_redirect",
        "change_redirect",
        "delete_redirect",
        "add_organisation",
        "change_organisation",
        "view_organisation",
        "add_membership",
        "change_membership",
        "view_membership",
        "add_course",
        "change_course",
        "view_feedback",
        "change_feedback",
        "suspend_organisation",
        "view_application",
        "change_application",
    ),
    MODERATORS: (
        "access_admin",
        "view_organisation",
        "view_membership",
        "suspend_organisation",
        "view_application",
        "change_application",
    ),
    LANGUAGE_REVIEWERS: ("access_admin",),
    TRANSLATORS: ("access_admin", "submit_translation", "choose_picture"),
}
VOCABULARIES = (
    "municipality",
    "lifesituation",
    "targetgroup",
    "theme",
    "channel",
    "servicelanguage",
)


def set_up_portal(progress: Progress = lambda step: None) -> None:
    """Bring locales, vocabularies, groups, home and index pages and the portal's own organisation.

    What exists is left alone, so an editor's changes survive; what is missing is made.
    """
    with transaction.atomic():
        progress("locales")
        locales = _locales()
        progress("vocabularies")
        load_taxonomy()
        progress("home pages")
        homes = {code: _home(code, locale) for code, locale in locales.items()}
        _site(homes[settings.LANGUAGE_CODE])
        for code, home in homes.items():
            progress(f"index pages {code}")
            _indexes(home, code)
        progress("places and topics")
        plant_places(homes)
        plant_topics(homes)
        progress("groups")
        _groups()
        progress("workflow")
        set_up_workflow()
        for name, step in STEPS.items():
            progress(name)
            step()


def _locales() -> dict[str, Locale]:
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}
    Locale.objects.exclude(language_code__in=LANGUAGES).delete()
    return locales


def _home(code: str, locale: Locale) -> HomePage:
    """The home page of a language; all of them are translations of one another."""
    found = HomePage.objects.filter(locale=locale).first()
    if found is not None:
        return found
    root = Page.get_first_root_node()
    first = HomePage.objects.order_by("pk").first()
    with translation.override(code):
        home = HomePage(
            title=str(say("Home")),
            summary=str(say("What Lapland offers, in one place.")) if code in ("fi", "sv") else "",
            slug=f"home-{code}",
            locale=locale,
            live=True,
        )
    if first is not None:
        home.translation_key = first.translation_key
    root.add_child(instance=home)
    home.save_revision().publish()
    return home


def _site(home: HomePage) -> None:
    """Point the one site at the default language's home and remove Wagtail's welcome page."""
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if site.root_page_id == home.pk:
        return
    site.hostname, site.port, site.site_name = "localhost", 80, settings.SITE_NAME
    site.root_page = home
    site.save()
    for welcome in Page.objects.filter(depth=2, slug="home").exclude(pk=home.pk):
        welcome.delete()


def _indexes(home: HomePage, code: str) -> None:
    with translation.override(code):
        plant(home, OrganisationIndexPage, str(say("Organisations")))
        plant(home, ListingPage, str(say("Services")), lists="services")
        plant(home, ListingPage, str(say("Courses")), lists="trainings")
        plant(home, ListingPage, str(say("News")), lists="news")


def _groups() -> None:
    root = Page.get_first_root_node()
    rights = Permission.objects.filter(
        Q(codename__in={name for names in MODEL_RIGHTS.values() for name in names})
        | Q(content_type__app_label="taxonomy")
    )
    for name, codenames in MODEL_RIGHTS.items():
        group, _made = Group.objects.get_or_create(name=name)
        wanted = {
            right
            for right in rights
            if right.codename in codenames
            or (name == EDITORS and right.content_type.app_label == "taxonomy")
        }
        group.permissions.set(wanted)
        GroupPagePermission.objects.filter(group=group).delete()
        for action in PAGE_RIGHTS.get(name, ()):
            right = Permission.objects.get(
                content_type__app_label="wagtailcore", codename=f"{action}_page"
            )
            GroupPagePermission.objects.create(group=group, page=root, permission=right)
