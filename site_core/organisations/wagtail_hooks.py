"""Registers what the organisations app adds to Wagtail."""

from wagtail import hooks

from site_core.organisations.api import limit_admin_api
from site_core.organisations.log import register_log_actions
from site_core.organisations.names import limit_people_filters
from site_core.organisations.sight import choosable_pages, sees_whole_tree
from site_core.organisations.views import PANELS, page_viewset
from site_core.organisations.viewsets import OrganisationsGroup

limit_people_filters()
hooks.register("register_log_actions", register_log_actions)
hooks.register("construct_admin_api", limit_admin_api, order=100)


@hooks.register("register_admin_viewset")
def register_page_viewset():
    return page_viewset


@hooks.register("register_admin_viewset")
def register_organisations_viewsets():
    return OrganisationsGroup()


@hooks.register("construct_page_chooser_queryset")
def limit_page_chooser(pages, request):
    if request.user.is_superuser:
        return pages
    return pages.filter(pk__in=choosable_pages(request.user).values("pk"))


@hooks.register("construct_reports_menu")
def hide_whole_tree_reports(request, menu_items):
    if not sees_whole_tree(request.user):
        menu_items[:] = [
            item for item in menu_items if item.name not in ("page-types-usage", "translations")
        ]


@hooks.register("construct_homepage_panels")
def show_only_what_is_still_seen(request, panels):
    panels[:] = [PANELS[type(panel)]() if type(panel) in PANELS else panel for panel in panels]
