"""Upload and edit forms: the owner is decided once, when the file arrives.

Wagtail builds all its picture and document forms on these two (`WAGTAILIMAGES_IMAGE_FORM_BASE`,
`WAGTAILDOCS_DOCUMENT_FORM_BASE`), whichever way a file comes in.
"""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from site_core.media.signals import picture_changed
from site_core.organisations.models import Organisation


class OwnerForm(forms.ModelForm):
    """Sets the owner of a new file; no field and no submitted value can change it afterwards.

    Who acts for one organisation is not asked. Who acts for several, or is also staff, chooses
    among her own at upload; staff alone upload for the portal.
    """

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self._only_owner = None
        if user is not None and self.instance.pk is None:
            self._ask_owner(user)

    def _ask_owner(self, user):
        own = self.permission_policy.own_organisations(user)
        is_staff = self.permission_policy.is_staff_for(user, ["add"])
        if len(own) + is_staff > 1:
            self.fields["organisation"] = forms.ModelChoiceField(
                Organisation.objects.filter(pk__in=own),
                label=_("Owner"),
                required=not is_staff,
                empty_label=_("The portal") if is_staff else "",
                help_text=_("The owner cannot be changed later."),
            )
        elif own:
            self._only_owner = next(iter(own))

    def clean(self):
        cleaned = super().clean()
        if self._only_owner is not None:
            self.instance.organisation_id = self._only_owner
        elif "organisation" in self.fields:
            self.instance.organisation = cleaned.get("organisation")
        return cleaned


class PictureForm(OwnerForm, BaseImageForm):
    """The form of a picture; asks for a decision about its alternative text."""

    class Meta(BaseImageForm.Meta):
        pass

    def save(self, commit=True):
        """Save, then tell what shows the picture: a new file has taken all copies away."""
        is_new = self.instance.pk is None
        picture = super().save(commit=commit)
        if commit and not is_new:
            picture_changed.send(sender=type(picture), picture=picture)
        return picture


class AttachmentForm(OwnerForm, BaseDocumentForm):
    """The form of an attachment."""

    class Meta(BaseDocumentForm.Meta):
        pass
