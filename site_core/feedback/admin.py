"""Feedback in the admin: staff see all, members what their organisations settle, others nothing.

Feedback comes in by the public form only, so there is no adding and no deleting; each row is read
and settled on one page. A row that is not the person's answers 404, as if it were not there.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry

from . import actions
from .deadline import Urgency
from .forms import SettleForm
from .models import Feedback
from .panels import FeedbackMenuItem

BADGES = {
    Urgency.OVERDUE: gettext_lazy("Overdue"),
    Urgency.SOON: gettext_lazy("Due soon"),
    Urgency.IN_TIME: gettext_lazy("In time"),
}
_NUMBER = re.compile(r"^\s*(?:SP-?)?0*(\d{1,9})\s*$", re.IGNORECASE)


def may_see_addresses(user: Any) -> bool:
    """Whether the person sees who asked for an answer: staff do, members need not."""
    return user.has_perm("feedback.view_feedback")


def standing(feedback: Feedback) -> str:
    """How the feedback stands to its deadline, as a badge; the state where it is settled."""
    urgency = feedback.urgency()
    if urgency is None:
        return feedback.get_state_display()
    css = "w-status w-status--primary" if urgency is Urgency.OVERDUE else "w-status"
    return format_html('<span class="{}">{}</span>', css, BADGES[urgency])


def settled_by(user: Any) -> QuerySet:
    """The feedback that is the person's to settle."""
    policy = policy_registry.get_by_type(Feedback)
    return policy.instances_user_has_permission_for(user, "change")


class OwnFeedback:
    """Mixin for the views: only rows that the person settles are found."""

    def own(self) -> QuerySet:
        return settled_by(self.request.user).select_related("organisation")


class FeedbackFilterSet(WagtailFilterSet):
    """Offers only organisations with feedback that is the person's; core offers all there are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = self.filters["organisation"]
        owners.queryset = owners.queryset.filter(
            pk__in=settled_by(self.request.user).values("organisation")
        )


class FeedbackIndexView(OwnFeedback, generic.IndexView):
    """Lists what waits, the most urgent first; settled ones by the filter."""

    base_filterset_class = FeedbackFilterSet

    def get_base_queryset(self) -> QuerySet:
        return self.own()

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        """Find by number (SP-0148, 148) or by words of the message."""
        if not self.is_searching:
            return queryset
        words = Q(text__icontains=self.search_query) | Q(about__icontains=self.search_query)
        number = _NUMBER.match(self.search_query)
        return queryset.filter(words | Q(pk=int(number[1]))) if number else queryset.filter(words)


class FeedbackSettleView(OwnFeedback, generic.EditView):
    """Shows one feedback and settles it by its actions."""

    def get_queryset(self) -> QuerySet:
        return self.own()

    def form_valid(self, form: SettleForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ValidationError as fault:  # somebody settled it meanwhile
            form.add_error(None, fault)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def save_instance(self) -> Feedback:
        feedback = Feedback.objects.get(pk=self.object.pk)
        chosen = self.form.cleaned_data
        if chosen["decision"] == SettleForm.Decision.ANSWER:
            actions.answer(feedback, chosen["answer"], by=self.request.user)
        else:
            actions.close(feedback, by=self.request.user)
        return feedback

    def get_success_message(self) -> str:
        return _("Feedback %(reference)s is settled.") % {"reference": self.object.reference}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        stored = Feedback.objects.select_related("organisation", "settled_by", "page").get(
            pk=self.object.pk
        )
        return super().get_context_data(**kwargs) | {
            "feedback": stored,
            "standing": standing(stored),
            "shows_address": may_see_addresses(self.request.user),
        }


class FeedbackViewSet(ModelViewSet):
    model = Feedback
    icon = "comment"
    menu_label = gettext_lazy("Feedback")
    menu_order = 240
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = FeedbackIndexView
    edit_view_class = FeedbackSettleView
    edit_template_name = "feedback/admin/settle.html"
    list_display = (
        "reference",
        "about",
        "kind",
        "organisation",
        "received_at",
        "due_at",
        Column("standing", label=gettext_lazy("Deadline"), accessor=standing),
    )
    list_filter = ("state", "kind", "organisation")
    search_fields = ("text",)
    menu_item_class = FeedbackMenuItem

    def get_form_class(self, for_update: bool = False) -> type[SettleForm]:
        return SettleForm

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Name only the views there are."""
        missing = ("add_url_name", "delete_url_name", "history_url_name", "usage_url_name")
        return super().get_common_view_kwargs(**kwargs) | dict.fromkeys(missing)

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = {"index", "index_results", "edit"}
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in kept]
