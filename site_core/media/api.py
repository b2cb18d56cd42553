"""The admin's own API for pictures and attachments, limited to what a person may use.

Stock, it lists every file of every organisation to anyone in the admin (pitfall B1).
"""

from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry


class UsableFiles:
    """Limits a view set to the files its user may choose or change."""

    def get_queryset(self):
        usable = policy_registry.get_by_type(self.model).instances_user_has_any_permission_for(
            self.request.user, ["choose", "change"]
        )
        return super().get_queryset().filter(pk__in=usable.order_by().values("pk"))


class PicturesAdminAPIViewSet(UsableFiles, ImagesAdminAPIViewSet):
    """Pictures a person may use."""


class AttachmentsAdminAPIViewSet(UsableFiles, DocumentsAdminAPIViewSet):
    """Attachments a person may use."""


def limit_admin_api(router):
    """Hook `construct_admin_api`: put ours in place of Wagtail's; runs after theirs."""
    router.register_endpoint("images", PicturesAdminAPIViewSet)
    router.register_endpoint("documents", AttachmentsAdminAPIViewSet)
