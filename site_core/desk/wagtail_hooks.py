"""Registers what the desks add to Wagtail."""

from wagtail import hooks

from site_core.desk.onboarding.log import register_log_actions

hooks.register("register_log_actions", register_log_actions)
