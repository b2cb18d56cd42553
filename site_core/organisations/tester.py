"""What a person may do to one page: Wagtail's tester, without a query per row of a listing."""

from wagtail.models import PagePermissionTester
from wagtail.permissions import policy_registry


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
        return super().can_move_to(destination)

    def _may_change(self):
        return "change" in self.permissions or (
            "add" in self.permissions and self.page.owner_id == self.user.pk
        )
