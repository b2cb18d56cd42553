"""Registers what the media app adds to Wagtail."""

from django.contrib.auth.models import Permission
from wagtail import hooks

from site_core.media.api import limit_admin_api
from site_core.media.views import check_attachment

hooks.register("construct_admin_api", limit_admin_api, order=100)
hooks.register("before_serve_document", check_attachment)


@hooks.register("register_permissions")
def offer_permissions_to_groups():
    return Permission.objects.filter(content_type__app_label="media").exclude(
        codename__startswith="view_"
    )
