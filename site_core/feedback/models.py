"""What readers tell us, and how many said that a page helped them."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from site_core.languages.registry import LANGUAGES
from site_core.organisations.models import Organisation

from .deadline import Urgency, urgency
from .querysets import FeedbackQuerySet

TEXT_LENGTH = 5000


class Feedback(models.Model):
    """One message of a reader. It names nobody; an address is there only if she gave one.

    `about` is the title of the page it is about, or what she wrote of where she was. `organisation`
    is set where the matter is that organisation's to settle: only its members, and staff, see it.
    """

    class Kind(models.TextChoices):
        ACCESSIBILITY = "accessibility", _("Accessibility")
        WRONG_INFORMATION = "wrong_information", _("Wrong information")
        HELPFUL = "helpful", _("Was the page of help")
        GENERAL = "general", _("General")

    class State(models.TextChoices):
        OPEN = "open", _("Waits for an answer")
        ANSWERED = "answered", _("Answered")
        CLOSED = "closed", _("Closed without an answer")

    #: Kinds that the organisation whose page it is settles itself.
    FOR_ORGANISATIONS = frozenset({Kind.WRONG_INFORMATION, Kind.HELPFUL})

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, editable=False)
    entry_key = models.UUIDField(null=True, editable=False)
    page = models.ForeignKey(
        Page, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    about = models.CharField(_("about"), max_length=255, blank=True, editable=False)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="feedback",
    )
    language = models.CharField(
        _("language"),
        max_length=5,
        editable=False,
        choices=[(code, language.own_name) for code, language in LANGUAGES.items()],
    )
    text = models.TextField(_("message"), max_length=TEXT_LENGTH, editable=False)
    email = models.EmailField(_("e-mail address"), blank=True, editable=False)
    received_at = models.DateTimeField(_("received"), editable=False)
    due_at = models.DateTimeField(_("answer by"), editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.OPEN, editable=False
    )
    answer = models.TextField(_("answer"), blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("settled by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="feedback_waiting")]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What sender and staff call it: SP-0148."""
        return f"SP-{self.pk:04}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.state == self.State.OPEN

    def urgency(self, now: datetime | None = None) -> Urgency | None:
        """How it stands to its deadline; None once it is settled."""
        return urgency(self.due_at, now or timezone.now()) if self.is_open else None


class HelpfulCount(models.Model):
    """How many said on one day that a page was of help to them, and how many that it was not."""

    entry_key = models.UUIDField()
    day = models.DateField()
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry_key", "day"], name="helpful_count_once")
        ]

    def __str__(self) -> str:
        return f"{self.entry_key} {self.day}: {self.yes}/{self.no}"
