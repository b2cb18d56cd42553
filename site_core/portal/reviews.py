"""A reminder on the admin's front page: the accessibility statement is reviewed once a year."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from .statement_page import REVIEW_EVERY, StatementPage

REMINDED_BEFORE = timedelta(days=30)


def statements_to_review(user: Any) -> list[StatementPage]:
    """Statements the person may publish that fall due within a month or lack a date: one query."""
    soon = timezone.localdate() + REMINDED_BEFORE
    waiting = StatementPage.objects.live().filter(
        Q(reviewed_on__lte=soon - REVIEW_EVERY) | Q(published_on=None)
    )
    return [
        page
        for page in waiting.select_related("locale")
        if page.permissions_for_user(user).can_publish()
    ]


class StatementPanel(Component):
    """What is to do about the accessibility statement; nothing where it is in order."""

    name = "statement_review"
    template_name = "portal/admin/statement_panel.html"
    order = 120

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        today = timezone.localdate()
        pages = statements_to_review(parent_context["request"].user)
        return {
            "statements": [
                {
                    "title": page.title,
                    "url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
                    "review_due_on": page.review_due_on,
                    "is_due": page.review_due_on <= today + REMINDED_BEFORE,
                    "is_overdue": page.review_due_on < today,
                    "lacks_publication": page.published_on is None,
                }
                for page in pages
            ]
        }
