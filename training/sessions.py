"""What belongs to a session and is not for everybody: its history, its join link, who was there."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from site_core.encrypted import EncryptedTextField
from training.courses import Session
from training.signups.models import Attendee


class SessionChange(models.Model):
    """One change that participants were told of, with how the session was before it."""

    class Kind(models.TextChoices):
        MOVED = "moved", _("Moved")
        CANCELLED = "cancelled", _("Cancelled")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind)
    starts_at = models.DateTimeField(_("started before"))
    ends_at = models.DateTimeField(_("ended before"))
    is_remote = models.BooleanField(_("remote before"), default=False)
    place = models.CharField(_("place before"), max_length=150, blank=True)
    note = models.CharField(
        _("message to the participants"),
        max_length=500,
        blank=True,
        help_text=_("For example: why, and what happens now."),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("when"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("change of a session")
        verbose_name_plural = _("changes of sessions")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="session_change_known", condition=models.Q(kind__in=["moved", "cancelled"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.kind}"


class JoinLink(models.Model):
    """Where a remote session is joined: for confirmed participants, on their own page, from so many
    minutes before it starts. Never in a page, an entry, a feed, a calendar or a log."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="join_link")
    address = EncryptedTextField(_("link to join"))
    shown_before = models.PositiveSmallIntegerField(_("shown so many minutes before"), default=60)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(_("changed"), editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("link to join")
        verbose_name_plural = _("links to join")

    def __str__(self) -> str:
        return f"#{self.session_id}"


class Attendance(models.Model):
    """Whether one of the participants was at a session. Without a row nobody has said."""

    class Mark(models.TextChoices):
        PRESENT = "present", _("Present")
        ABSENT = "absent", _("Absent")
        EXCUSED = "excused", _("Told beforehand")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendance")
    attendee = models.ForeignKey(Attendee, on_delete=models.PROTECT, related_name="attendance")
    mark = models.CharField(_("attendance"), max_length=8, choices=Mark)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [
            models.UniqueConstraint(fields=["session", "attendee"], name="attendance_once"),
            models.CheckConstraint(
                name="attendance_mark_known",
                condition=models.Q(mark__in=["present", "absent", "excused"]),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
