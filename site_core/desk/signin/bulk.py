"""Opening and closing many accounts at once in the admin."""

from typing import Any

from wagtail.users.views.bulk_actions.set_active_state import SetActiveStateBulkAction

from site_core.accounts.models import User


class RecordedActiveState(SetActiveStateBulkAction):
    """Wagtail's, which writes past the signals: here each account is saved and so recorded."""

    @classmethod
    def execute_action(
        cls,
        objects: list[User],
        mark_as_active: bool = False,
        user: User | None = None,
        **kwargs: Any,
    ) -> tuple[int, int]:
        """Save all but the person's own; returns how many that were."""
        others = [each for each in objects if each != user]
        for each in others:
            each.is_active = mark_as_active
            each.save(update_fields=["is_active"])
        return len(others), 0
