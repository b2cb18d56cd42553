"""What is known about a page beside its content."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from site_core.moderation.records import Decision
from site_core.moderation.tasks import ContentReview, LanguageReview

__all__ = ["ContentReview", "Decision", "LanguageReview", "Standing"]


class Standing(models.Model):
    """When a page's owner last vouched for it, and whether it is hidden for being stale.

    Kept apart from the page because it is never part of a revision: publishing an old version must
    not turn back the day of confirmation, and hiding is no edit that would need moderation.
    """

    page = models.OneToOneField(
        Page, on_delete=models.CASCADE, related_name="standing", primary_key=True
    )
    last_confirmed = models.DateField(_("last confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    hidden_at = models.DateTimeField(_("hidden since"), null=True, blank=True)

    class Meta:
        verbose_name = _("standing of a page")
        verbose_name_plural = _("standings of pages")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.last_confirmed}"
