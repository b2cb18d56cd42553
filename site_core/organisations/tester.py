"""What a person may do to one page: Wagtail's tester, without a query per row of a listing."""

from wagtail.models import PagePermissionTester
from wagtail.permissions import policy_registry

from site_core.organisations.branches import branch_for_path, organisation_for_path


class MembershipPermissionTester(PagePermissionTester):
    """Looks rights up by path; the rest of Wagtail's rules stand."""

    def __init__(self, user, page):
        """Core walks every permission row for every page; ours looks the page's path up."""
        self.user = user
        self.page = page
        self.page_is_root = page.depth == 1
        self.permission_policy = policy_registry.get(page)
        if user.is_active and not user.is_superuser:
            self.rights = self.permission_policy.rights(user)
            self.permissions = self.rights.at(page.path)

    def can_delete(self, ignore_bulk=False):
        """Core counts live descendants, a query a row, for those who may not publish.

        Ours lets them delete a page that has never been public and holds no others, which the page
        itself knows; the root of an organisation's branch is never theirs to delete.
        """
        if self.user.is_superuser or not self.user.is_active or self.page_is_root:
            return super().can_delete(ignore_bulk)
        if "publish" in self.permissions:
            return super().can_delete(ignore_bulk)
        return (
            self._may_change()
            and self.page.is_leaf()
            and not self.page.live
            and self.page.first_published_at is None
            and self.page.path not in self.rights.branches
        )

    def can_move_to(self, destination):
        """As in core; but who may not publish stays in one branch, so that no owner is changed."""
        if self.user.is_active and not self.user.is_superuser and "publish" not in self.permissions:
            branch = self.rights.branch_at(self.page.path)
            if branch is None or self.rights.branch_at(destination.path) != branch:
                return False
        return super().can_move_to(destination) and not self._would_publish_in(destination)

    def _would_publish_in(self, destination):
        """Whether a move would put public text into an organisation's branch it is not from."""
        if not (self.page.live or self.page.get_descendants().filter(live=True).exists()):
            return False
        if not is_reviewed(destination):
            return False
        return branch_for_path(destination.path) != branch_for_path(self.page.path)

    def can_publish(self):
        """Core lets whoever holds the right, and every superuser, publish anything.

        Ours keeps what an organisation publishes to the workflow, which nobody skips; the portal's
        own pages are its editors' to publish. Costs a query for those who hold the right.
        """
        return super().can_publish() and not is_reviewed(self.page)

    def can_publish_subpage(self):
        """As `can_publish`, for a new page, a copy or an alias below this one."""
        return super().can_publish_subpage() and not is_reviewed(self.page)

    def holds_publish_right(self):
        """Whether staff, who may take what is public out of sight: no text changes by that."""
        return super().can_publish()

    def can_set_view_restrictions(self):
        """Core asks for the right to publish, which ours narrows."""
        return self.holds_publish_right()

    def can_unschedule(self):
        """As `can_set_view_restrictions`."""
        return self.holds_publish_right()

    def _may_change(self):
        return "change" in self.permissions or (
            "add" in self.permissions and self.page.owner_id == self.user.pk
        )


def is_reviewed(page):
    """Whether the page lies in the branch of an organisation other than the portal's own."""
    organisation = organisation_for_path(page.path)
    return organisation is not None and not organisation.is_portal
