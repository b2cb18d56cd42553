"""Registers what the training app adds to Wagtail."""

from wagtail import hooks

from training.admin import CourseViewSet, OfferingViewSet
from training.signups.log import register_log_actions

hooks.register("register_log_actions", register_log_actions)


@hooks.register("register_admin_viewset")
def register_course_viewsets():
    return [CourseViewSet("course"), OfferingViewSet("offering")]
