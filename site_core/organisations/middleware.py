"""One gate before every view of the admin: nobody learns of what is not hers by naming its id."""

from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.auth import permission_denied

from site_core.organisations import sight
from site_core.organisations.asked import Asked, asked_by

#: Reports that print titles of every organisation's pages.
WHOLE_TREE_VIEWS = frozenset(
    {
        "page_types_usage",
        "page_types_usage_results",
        "translations_report",
        "translations_report_results",
    }
)


class AdminSightMiddleware:
    """Refuses requests that name a page, picture or attachment the person may not see.

    Wagtail's views look an id up before they ask for a right, or print the title of what they
    refuse (pitfalls B1, B21). An id that is not there is refused alike, so nothing can be found out
    by trying. Superusers and visitors without a log-in pass: the views judge them.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        """Answer as Wagtail does: back to the dashboard with a message, 403 to scripts."""
        user, match = request.user, request.resolver_match
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        if not user.is_authenticated or user.is_superuser:
            return None
        if match.url_name in WHOLE_TREE_VIEWS and not sight.sees_whole_tree(user):
            return permission_denied(request)
        if _may_see(user, asked_by(request)):
            return None
        if match.url_name == "wagtailadmin_explore" and request.method == "GET":
            return redirect("wagtailadmin_explore_root")
        return permission_denied(request)


def _may_see(user, asked: Asked) -> bool:
    """Whether everything a request names may be seen; at most one query a kind."""
    if asked.odd:
        return False
    if asked.whole_branch is not None:
        if not asked.whole_branch.isdecimal():
            return sight.sees_whole_tree(user)
        if not sight.holds_branch(user, int(asked.whole_branch)):
            return False
    return (
        sight.may_explore(user, asked.explored)
        and sight.may_choose(user, asked.chosen)
        and all(sight.may_use(user, model, ids) for model, ids in asked.files.items())
    )
