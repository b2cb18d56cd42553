"""Registers what the training app adds to Wagtail."""

from wagtail import hooks

from training.admin import CourseViewSet, OfferingViewSet


@hooks.register("register_admin_viewset")
def register_course_viewsets():
    return [CourseViewSet("course"), OfferingViewSet("offering")]
