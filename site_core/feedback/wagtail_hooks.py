"""Registers what feedback adds to Wagtail."""

from wagtail import hooks

from .admin import FeedbackViewSet
from .log import register_log_actions
from .panels import FeedbackPanel, may_settle

hooks.register("register_log_actions", register_log_actions)


@hooks.register("register_admin_viewset")
def register_feedback_viewset():
    return FeedbackViewSet("feedback")


@hooks.register("construct_homepage_panels")
def add_feedback_panel(request, panels):
    if may_settle(request.user):
        panels.append(FeedbackPanel())
