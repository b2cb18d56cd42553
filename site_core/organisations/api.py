"""The admin's own API for pages, for reading only.

The admin uses it to walk the tree. Its actions (copy for translation, alias, unpublish, ...) are a
second road past the views, their hooks and their guards, so they are not there.
"""

from typing import ClassVar

from wagtail.admin.api.views import PagesAdminAPIViewSet


class ReadOnlyPagesAdminAPIViewSet(PagesAdminAPIViewSet):
    """Pages a person may explore, without actions."""

    actions: ClassVar[dict] = {}


def limit_admin_api(router):
    """Hook `construct_admin_api`."""
    router.register_endpoint("pages", ReadOnlyPagesAdminAPIViewSet)
