"""Courses in the admin: staff see all, members those of their organisations, others nothing.

A course comes into being with its page and is never added here. Rows that a person may not change
answer 404, as if they were not there.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry

from training import actions
from training.admin_forms import CourseForm, OfferingForm
from training.courses import Course, Offering


class OwnRows:
    """Mixin for a view of one row: only rows that the person may change are found."""

    def get_queryset(self) -> QuerySet:
        return policy_registry.get_by_type(self.model).instances_user_has_permission_for(
            self.request.user, "change"
        )


class CourseIndexView(generic.IndexView):
    """Lists the courses the person may change; core's lists all to whoever may change one."""

    def get_base_queryset(self) -> QuerySet:
        may_change = self.permission_policy.instances_user_has_permission_for(
            self.request.user, "change"
        )
        return may_change.select_related("organisation")


class CourseEditView(OwnRows, generic.EditView):
    """Changes the facts of a course and leads to its groups."""

    def save_instance(self) -> Course:
        actions.change_course(self.form.instance, by=self.request.user)
        return self.form.instance

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offerings = self.object.offerings.prefetch_related("sessions")
        return super().get_context_data(**kwargs) | {"offerings": offerings}


class CourseViewSet(ModelViewSet):
    model = Course
    icon = "calendar"
    menu_label = _("Courses")
    menu_order = 260
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = CourseIndexView
    edit_view_class = CourseEditView
    edit_template_name = "training/admin/course.html"
    list_display = ("title", "organisation")
    search_fields = ("title", "organisation__name")

    def get_form_class(self, for_update: bool = False) -> type[CourseForm]:
        return CourseForm

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Name only the views there are."""
        missing = ("add_url_name", "delete_url_name", "history_url_name", "usage_url_name")
        return super().get_common_view_kwargs(**kwargs) | dict.fromkeys(missing)

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = {"index", "index_results", "edit"}
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in kept]


class OfferingView:
    """What adding and changing a group share: its sessions, and the way back to its course."""

    def save_instance(self) -> Offering:
        sessions = self.form.sessions
        changed = sessions.save(commit=False)
        return actions.save_offering(
            self.form.instance, changed, removed=sessions.deleted_objects, by=self.request.user
        )

    def get_success_url(self) -> str:
        return course_url(self.object.course_id)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        course = self.form.instance.course
        return [
            {"url": reverse("course:index"), "label": _("Courses")},
            {"url": course_url(course.pk), "label": course.title},
            {"url": "", "label": self.form.instance.name or _("New group")},
        ]


class OfferingCreateView(OfferingView, generic.CreateView):
    @cached_property
    def course(self) -> Course:
        """The course of the address; 404 unless the person may change it."""
        may_change = policy_registry.get_by_type(Course).instances_user_has_permission_for(
            self.request.user, "change"
        )
        return get_object_or_404(may_change, pk=self.kwargs["course_pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.course  # noqa: B018 - a stranger's 404 comes before any other answer
        return super().dispatch(request, *args, **kwargs)

    def get_initial_form_instance(self) -> Offering:
        return Offering(course=self.course, position=self.course.offerings.count())

    def get_add_url(self) -> str:
        return reverse("offering:add", args=[self.course.pk])


class OfferingEditView(OwnRows, OfferingView, generic.EditView):
    pass


class OfferingDeleteView(OwnRows, generic.DeleteView):
    """Asks, then removes a group with its sessions; the last one of a course stays."""

    def get_success_url(self) -> str:
        return course_url(self.object.course_id)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            actions.remove_offering(self.object, by=self.request.user)
        except ValidationError as fault:
            messages.error(self.request, " ".join(fault.messages))
        else:
            messages.success(self.request, self.get_success_message())
        return HttpResponseRedirect(self.get_success_url())


class OfferingViewSet(ModelViewSet):
    """Groups with their sessions, reached from their course."""

    model = Offering
    icon = "group"
    copy_view_enabled = False
    add_view_class = OfferingCreateView
    edit_view_class = OfferingEditView
    delete_view_class = OfferingDeleteView
    create_template_name = "training/admin/offering.html"
    edit_template_name = "training/admin/offering.html"

    def get_form_class(self, for_update: bool = False) -> type[OfferingForm]:
        return OfferingForm

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Name only the views there are."""
        missing = ("index_url_name", "history_url_name", "usage_url_name")
        return super().get_common_view_kwargs(**kwargs) | dict.fromkeys(missing)

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = {"edit", "delete"}
        patterns = [pattern for pattern in super().get_urlpatterns() if pattern.name in kept]
        return [path("new/<int:course_pk>/", self.add_view, name="add"), *patterns]


def course_url(pk: int) -> str:
    """Where a course is changed."""
    return reverse("course:edit", args=[pk])
