"""Registers what the training app adds to Wagtail."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from training import log
from training.rights import may_run_some
from training.signups.log import register_log_actions


class CoursesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_run_some(request.user)


hooks.register("register_log_actions", register_log_actions)
hooks.register("register_log_actions", log.register_log_actions)


@hooks.register("register_admin_menu_item")
def register_courses_menu_item() -> MenuItem:
    """Courses are run at the trainer's desk, by staff too."""
    return CoursesMenuItem(
        _("Courses"), reverse("desk_courses"), name="courses", icon_name="calendar", order=260
    )
