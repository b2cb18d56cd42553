"""What reviewers decided: the rows that statistics and the author's desk read."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, TaskState


class Step(models.TextChoices):
    """The steps of the workflow by code, as log and mails name them in the reader's language."""

    LANGUAGE = "language", _("language check")
    CONTENT = "content", _("content check")


class Decision(models.Model):
    """What one reviewer decided about one step of one submission, and why.

    Wagtail keeps the state and a comment; ours adds a reason that can be counted and told in the
    reader's language, and how long the author had waited.
    """

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("Approved")
        CHANGES_ASKED = "changes_asked", _("Changes asked for")
        REJECTED = "rejected", _("Rejected")

    class Reason(models.TextChoices):
        NONE = "", _("No reason")
        LANGUAGE = "language", _("The language needs mending")
        PLAIN = "plain", _("Hard to understand: plainer words are needed")
        FACTS = "facts", _("Something is missing or wrong")
        CONTACT = "contact", _("How to make contact is unclear")
        PICTURE = "picture", _("The picture or its description needs mending")
        DUPLICATE = "duplicate", _("The portal has this already")
        SCOPE = "scope", _("This does not belong in the portal")
        PRIVACY = "privacy", _("It tells too much about a person or a confidential place")
        OTHER = "other", _("Another reason")

    #: What a reviewer chooses from when she asks for changes or rejects.
    REASONS_TO_GIVE = [choice for choice in Reason.choices if choice[0]]

    task_state = models.OneToOneField(TaskState, on_delete=models.CASCADE, related_name="decision")
    outcome = models.CharField(_("outcome"), max_length=15, choices=Outcome)
    reason = models.CharField(
        _("reason"), max_length=15, choices=Reason, default=Reason.NONE, blank=True
    )
    text = models.TextField(_("in your own words"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    revision = models.ForeignKey(
        Revision, null=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    ends_round = models.BooleanField(
        default=False, help_text=_("Whether the author's wait ended with it.")
    )
    submitted_at = models.DateTimeField(_("submitted"))
    decided_at = models.DateTimeField(_("decided"), db_index=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-decided_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.task_state_id}: {self.outcome}"
