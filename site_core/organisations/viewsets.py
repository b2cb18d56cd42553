"""Organisations and memberships in the admin, for staff with the model permissions."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from site_core.organisations import actions
from site_core.organisations.forms import MembershipForm, OrganisationForm
from site_core.organisations.models import Membership, Organisation


class OrganisationEditView(generic.EditView):
    """Saves the facts, and gives name and state to their actions, which tell the entries."""

    def save_instance(self):
        stored = Organisation.objects.get(pk=self.form.instance.pk)
        name, state = self.form.cleaned_data["name"], self.form.cleaned_data["state"]
        self.form.instance.name = stored.name
        organisation = super().save_instance()
        actions.rename(organisation, name, by=self.request.user)
        change = {
            Organisation.State.SUSPENDED: actions.suspend,
            Organisation.State.ACTIVE: actions.restore,
        }[state]
        change(organisation, by=self.request.user)
        return organisation


class MembershipCreateView(generic.CreateView):
    """Adds a member by the action."""

    def save_instance(self):
        chosen = self.form.cleaned_data
        return actions.add_member(
            chosen["organisation"], chosen["user"], chosen["role"], by=self.request.user
        )


class MembershipEditView(generic.EditView):
    """Changes the role or ends the membership by the actions."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ValidationError as fault:  # an organisation always has a lead
            form.add_error(None, fault)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def save_instance(self):
        membership = Membership.objects.select_related("organisation", "user").get(
            pk=self.form.instance.pk
        )
        role = self.form.cleaned_data["role"]
        if self.form.cleaned_data["is_active"] and membership.is_active:
            actions.change_role(membership, role, by=self.request.user)
            return membership
        if self.form.cleaned_data["is_active"]:
            return actions.add_member(
                membership.organisation, membership.user, role, by=self.request.user
            )
        actions.end_membership(membership, by=self.request.user)
        return membership


class OrganisationViewSet(ModelViewSet):
    model = Organisation
    icon = "group"
    copy_view_enabled = False
    edit_view_class = OrganisationEditView
    list_display = ("name", "kind", "business_id", "state")
    list_filter = ("kind", "state")
    search_fields = ("name", "business_id")

    def get_form_class(self, for_update=False):
        return OrganisationForm


class MembershipViewSet(ModelViewSet):
    model = Membership
    icon = "user"
    copy_view_enabled = False
    add_view_class = MembershipCreateView
    edit_view_class = MembershipEditView
    list_display = ("user", "organisation", "role", "is_active")
    list_filter = ("organisation", "role", "is_active")
    search_fields = ("user__username", "user__email", "organisation__name")

    def get_form_class(self, for_update=False):
        return MembershipForm


class OrganisationsGroup(ModelViewSetGroup):
    items = (OrganisationViewSet, MembershipViewSet)
    menu_label = _("Organisations")
    menu_icon = "group"
    menu_order = 250
