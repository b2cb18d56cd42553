"""What the admin's front page and menu say about feedback that waits."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.permissions import policy_registry

from .models import Feedback
from .querysets import Tally

INDEX = "feedback:index"
TALLY = "_feedback_tally"


def may_settle(user: Any) -> bool:
    """Whether the person settles any feedback at all."""
    return policy_registry.get_by_type(Feedback).user_has_permission(user, "change")


def tally_for(user: Any) -> Tally:
    """What waits for this person, counted once a request (kept on the user object)."""
    if not hasattr(user, TALLY):
        policy = policy_registry.get_by_type(Feedback)
        own = policy.instances_user_has_permission_for(user, "change")
        setattr(user, TALLY, own.tally(timezone.now()))
    return getattr(user, TALLY)


def badge(tally: Tally) -> str:
    """How much waits in a few words: "3, 1 overdue"."""
    words = [str(tally.waiting)]
    if tally.overdue:
        words.append(_("%(count)s overdue") % {"count": tally.overdue})
    elif tally.soon:
        words.append(_("%(count)s due soon") % {"count": tally.soon})
    return ", ".join(words)


class FeedbackMenuItem(MenuItem):
    """The menu item with the number of what waits beside its name."""

    def is_shown(self, request: Any) -> bool:
        return may_settle(request.user)

    def render_component(self, request: Any) -> LinkMenuItem:
        tally = tally_for(request.user)
        label = f"{self.label} ({badge(tally)})" if tally.waiting else str(self.label)
        return LinkMenuItem(
            self.name, label, self.url, icon_name=self.icon_name, classname=self.classname
        )


class FeedbackPanel(Component):
    """Counts on the dashboard; nothing where nothing waits."""

    name = "feedback"
    template_name = "feedback/admin/panel.html"
    order = 110

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        tally = tally_for(parent_context["request"].user)
        waiting = ngettext(
            "%(count)s message waits for an answer.",
            "%(count)s messages wait for an answer.",
            tally.waiting,
        ) % {"count": tally.waiting}
        return {"tally": tally, "waiting": waiting, "url": reverse(INDEX)}
