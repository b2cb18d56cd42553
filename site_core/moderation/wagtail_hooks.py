"""Registers what the moderation app adds to Wagtail."""

from wagtail import hooks

from site_core.moderation.log import register_log_actions
from site_core.moderation.translations import (
    cascade,
    cascade_bulk,
    guarded_urls,
    refuse_publishing_locked,
)

hooks.register("register_admin_urls", guarded_urls, order=-10)
hooks.register("construct_translated_pages_to_cascade_actions", cascade)
hooks.register("before_bulk_action", cascade_bulk)
hooks.register("register_log_actions", register_log_actions)
hooks.register("before_edit_page", refuse_publishing_locked, order=-10)
