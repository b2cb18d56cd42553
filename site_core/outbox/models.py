"""Mail that waits, was sent or could not be."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from site_core.languages.registry import LANGUAGES

from .kinds import KINDS
from .querysets import MessageQuerySet


class Message(models.Model):
    """One mail to one person, written in the transaction of what it tells about.

    `message_id` is given at once and never changes, so that a receiver can drop a repeat.
    `calendar` is nothing, or iCalendar objects, each with its METHOD and one event (RFC 5546).
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("being sent")
        FAILED = "failed", _("to be tried again")
        SENT = "sent", _("sent")
        DEAD = "dead", _("could not be sent")

    WAITING = (State.QUEUED, State.FAILED)
    """What the worker takes when its time has come."""
    OPEN = (*WAITING, State.SENDING)
    """What is neither sent nor given up."""

    key = models.CharField(max_length=200, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=60, editable=False)
    to = models.EmailField(_("recipient's address"), editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recipient"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    language = models.CharField(
        _("language"),
        max_length=5,
        editable=False,
        choices=[(code, language.own_name) for code, language in LANGUAGES.items()],
    )
    subject = models.CharField(_("subject"), max_length=200, editable=False)
    text = models.TextField(_("text"), editable=False)
    html = models.TextField(editable=False)
    calendar = models.TextField(blank=True, editable=False)
    message_id = models.CharField("Message-ID", max_length=200, unique=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.QUEUED, editable=False
    )
    attempts = models.PositiveIntegerField(_("attempts"), default=0, editable=False)
    next_try_at = models.DateTimeField(_("next try"), editable=False)
    lease = models.CharField(max_length=32, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("written"), editable=False)
    over_at = models.DateTimeField(_("sent or given up"), null=True, editable=False)
    last_error = models.CharField(_("last error"), max_length=300, blank=True, editable=False)

    wagtail_reference_index_ignore = True  # else each mail costs queries and a task of Wagtail's

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="outbox_due")]

    def __str__(self) -> str:
        return self.subject

    @property
    def shows_body(self) -> bool:
        """Whether operators may read the text."""
        kind = KINDS.get(self.kind)
        return kind is not None and kind.keeps_body
