"""Mail in the admin, for operators: what could not be sent is read there and tried again.

Who holds Django's permission to change mail is an operator: superusers, and groups given it.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.components import Component
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from . import actions
from .models import Message

INDEX = "outbox:index"


def is_operator(user: Any) -> bool:
    """Whether the person looks after mail."""
    return user.has_perm("outbox.change_message")


class RetryForm(forms.ModelForm):
    """Asks nothing: its button tries the mail again."""

    class Meta:
        model = Message
        fields: list[str] = []


class MessageView(generic.EditView):
    """Shows one mail; what was given up can be tried again."""

    submit_button_label = gettext_lazy("Try again")
    submit_button_active_label = gettext_lazy("Trying again…")

    def form_valid(self, form: RetryForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ValidationError as fault:  # somebody was faster
            form.add_error(None, fault)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def save_instance(self) -> Message:
        message = Message.objects.get(pk=self.object.pk)
        actions.retry(message, by=self.request.user)
        return message

    def get_success_message(self) -> str:
        return _("The mail is tried again within a minute.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        stored = Message.objects.get(pk=self.object.pk)
        return super().get_context_data(**kwargs) | {
            "mail": stored,
            "is_dead": stored.state == Message.State.DEAD,
        }


class MessageIndexView(generic.IndexView):
    """Lists mail, the newest first; the filter finds what was given up."""

    def get_base_queryset(self) -> QuerySet:
        return Message.objects.defer("text", "html", "calendar")


class MessageViewSet(ModelViewSet):
    model = Message
    icon = "mail"
    menu_label = gettext_lazy("Mail")
    menu_order = 250
    add_to_settings_menu = True
    copy_view_enabled = False
    index_view_class = MessageIndexView
    edit_view_class = MessageView
    edit_template_name = "outbox/admin/mail.html"
    list_display = ("subject", "to", "kind", "state", "created_at", "last_error")
    list_filter = ("state", "kind")
    search_fields = ("to",)

    def get_form_class(self, for_update: bool = False) -> type[RetryForm]:
        return RetryForm

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Name only the views there are."""
        missing = ("add_url_name", "delete_url_name", "history_url_name", "usage_url_name")
        return super().get_common_view_kwargs(**kwargs) | dict.fromkeys(missing)

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = {"index", "index_results", "edit"}
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in kept]


class DeadMailPanel(Component):
    """Tells operators on the dashboard that mail could not be sent; nothing while all goes well."""

    name = "dead_mail"
    template_name = "outbox/admin/panel.html"
    order = 105

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        count = Message.objects.dead().count()
        words = ngettext(
            "%(count)s mail could not be sent.", "%(count)s mails could not be sent.", count
        ) % {"count": count}
        return {"count": count, "words": words, "url": f"{reverse(INDEX)}?state=dead"}
