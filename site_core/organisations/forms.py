"""Admin forms of organisations and memberships."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from site_core.organisations.models import Membership, Organisation


class OrganisationForm(WagtailAdminModelForm):
    """An organisation's facts; `state` is a plain field the edit view turns into an action."""

    state = forms.ChoiceField(
        choices=Organisation.State.choices,
        label=gettext_lazy("State"),
        help_text=gettext_lazy(
            "While suspended, everything the organisation has published is hidden and its members "
            "cannot enter. Nothing is lost."
        ),
    )

    class Meta:
        model = Organisation
        fields = ("name", "kind", "business_id", "email", "phone", "website")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["state"]
        else:
            self.initial["state"] = self.instance.state

    def clean(self):
        cleaned = super().clean()
        if self.instance.is_portal and cleaned.get("state") == Organisation.State.SUSPENDED:
            self.add_error("state", _("The portal's own organisation cannot be suspended."))
        return cleaned


class MembershipForm(WagtailAdminModelForm):
    """Who acts for which organisation; a membership that is there keeps its person and owner."""

    class Meta:
        model = Membership
        fields = ("user", "organisation", "role", "is_active")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["is_active"]
        else:
            del self.fields["user"], self.fields["organisation"]
