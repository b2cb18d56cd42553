"""Registers what the desks add to Wagtail."""

from wagtail import hooks

from site_core.desk.onboarding.log import register_log_actions
from site_core.desk.signin.bulk import RecordedActiveState

hooks.register("register_log_actions", register_log_actions)
hooks.register("register_bulk_action", RecordedActiveState, order=1)  # in place of Wagtail's
