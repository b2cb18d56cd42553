"""Registers what the outbox adds to Wagtail."""

from wagtail import hooks

from .admin import DeadMailPanel, MessageViewSet, is_operator
from .log import register_log_actions

hooks.register("register_log_actions", register_log_actions)


@hooks.register("register_admin_viewset")
def register_message_viewset():
    return MessageViewSet("outbox")


@hooks.register("construct_homepage_panels")
def add_dead_mail_panel(request, panels):
    if is_operator(request.user):
        panels.append(DeadMailPanel())
