"""Pools of seats, the seats themselves, and who has them or waits.

The rows carry the rule: a seat is in one place at a time, so as many people fit as there are rows.
On PostgreSQL a deferred trigger (migration 0002) also refuses a commit after which a sign-up that
should have its seats has not exactly these, whatever the code does.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from site_core.encrypted import EncryptedTextField
from site_core.languages.registry import LANGUAGES
from training.courses import Course, Offering
from training.questions import Question
from training.signups.querysets import (
    NextTimeQuerySet,
    PoolQuerySet,
    SeatQuerySet,
    SignUpQuerySet,
)


class Pool(models.Model):
    """Seats of an offering with a queue of their own: for one role of participants, or for all.

    `places` is how many seats there should be; None is unlimited, without seat rows.
    """

    offering = models.ForeignKey(
        Offering, on_delete=models.PROTECT, related_name="pools", verbose_name=_("group")
    )
    role = models.CharField(_("role of the participants"), max_length=60, blank=True)
    places = models.PositiveIntegerField(_("places"), null=True)

    wagtail_reference_index_ignore = True

    objects = PoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("places")
        verbose_name_plural = _("places")
        ordering = ["role"]
        constraints = [
            models.UniqueConstraint(fields=["offering", "role"], name="pool_once_per_role")
        ]

    def __str__(self) -> str:
        return self.role


class SignUp(models.Model):
    """One contact's entry for an offering: for herself, or for a group that stays together.

    The primary key is the place in the queue: it comes from a sequence, and nobody goes back to
    waiting. `version` counts the changes of status; each has its one mail. `key` stands in links,
    mails and forms: it is known before the row is written, so the same form sent twice is one.
    """

    class Status(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("Address not confirmed")
        CONFIRMED = "confirmed", _("Confirmed")
        WAITING = "waiting", _("Waiting")
        CANCELLED = "cancelled", _("Cancelled")
        LAPSED = "lapsed", _("Not confirmed in time")

    SEATED = (Status.UNCONFIRMED, Status.CONFIRMED)
    """Has its seats, held until the address is confirmed or taken for good."""
    LIVE = (*SEATED, Status.WAITING)
    OVER = (Status.CANCELLED, Status.LAPSED)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offering = models.ForeignKey(
        Offering, on_delete=models.PROTECT, related_name="signups", verbose_name=_("group")
    )
    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="signups")
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(
        _("language"),
        max_length=5,
        choices=[(code, language.own_name) for code, language in LANGUAGES.items()],
    )
    status = models.CharField(_("status"), max_length=12, choices=Status)
    size = models.PositiveSmallIntegerField(_("number of people"), default=1)
    version = models.PositiveIntegerField(default=1, editable=False)
    confirm_until = models.DateTimeField(_("confirm by"), null=True, editable=False)
    address_confirmed_at = models.DateTimeField(_("address confirmed"), null=True, editable=False)
    created_at = models.DateTimeField(_("signed up"), editable=False)
    changed_at = models.DateTimeField(_("status since"), editable=False)

    wagtail_reference_index_ignore = True

    objects = SignUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "offering",
                Lower("email"),
                condition=Q(status__in=["unconfirmed", "confirmed", "waiting"]) & ~Q(email=""),
                name="signup_live_contact_once",
            ),
            models.CheckConstraint(
                name="signup_status_known",
                condition=Q(
                    status__in=["unconfirmed", "confirmed", "waiting", "cancelled", "lapsed"]
                ),
            ),
            models.CheckConstraint(name="signup_is_for_somebody", condition=Q(size__gte=1)),
            models.CheckConstraint(
                name="signup_address_confirmed_or_has_deadline",
                condition=Q(status__in=["cancelled", "lapsed"])
                | Q(
                    status__in=["confirmed", "waiting"],
                    address_confirmed_at__isnull=False,
                    confirm_until__isnull=True,
                )
                | Q(
                    status__in=["unconfirmed", "waiting"],
                    address_confirmed_at__isnull=True,
                    confirm_until__isnull=False,
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["pool", "id"], name="signup_queue", condition=Q(status="waiting")),
            models.Index(
                fields=["confirm_until"],
                name="signup_to_confirm",
                condition=Q(confirm_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Attendee(models.Model):
    """One of the people a sign-up is for."""

    signup = models.ForeignKey(SignUp, on_delete=models.PROTECT, related_name="attendees")
    name = models.CharField(_("name"), max_length=150)
    position = models.PositiveSmallIntegerField(default=1)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Seat(models.Model):
    """One place in an offering. `hold` is the hash of the token of a form that holds it."""

    class State(models.TextChoices):
        FREE = "free", _("Free")
        KEPT = "kept", _("Kept for whoever waits first")
        HELD = "held", _("Held")
        TAKEN = "taken", _("Taken")
        RETIRED = "retired", _("No longer offered")

    IDLE = (State.FREE, State.KEPT)
    """Nobody has it. Only a free one is a newcomer's; while anyone waits, all are kept."""

    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="seats")
    state = models.CharField(max_length=8, choices=State, default=State.FREE)
    held_until = models.DateTimeField(null=True)
    hold = models.CharField(max_length=64, blank=True)
    signup = models.ForeignKey(SignUp, on_delete=models.PROTECT, null=True, related_name="seats")

    wagtail_reference_index_ignore = True

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="seat_has_what_its_state_says",
                condition=Q(
                    state__in=["free", "kept", "retired"],
                    signup__isnull=True,
                    hold="",
                    held_until__isnull=True,
                )
                | Q(state="taken", signup__isnull=False, hold="", held_until__isnull=True)
                | Q(state="held", signup__isnull=False, hold="", held_until__isnull=False)
                | (Q(state="held", signup__isnull=True, held_until__isnull=False) & ~Q(hold="")),
            )
        ]
        indexes = [
            models.Index(fields=["pool", "id"], name="seat_free", condition=Q(state="free")),
            models.Index(fields=["held_until"], name="seat_held", condition=Q(state="held")),
            models.Index(fields=["hold"], name="seat_hold", condition=~Q(hold="")),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Answer(models.Model):
    """What a sign-up says to a question of the course; without a question, what its people need.

    Kept apart from who they are, encrypted, and erased by a time of its own
    (`training.signups.retention`).
    """

    signup = models.ForeignKey(SignUp, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, null=True, related_name="answers"
    )
    value = EncryptedTextField(_("answer"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["signup", "question"],
                name="answer_once",
                condition=Q(question__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["signup"], name="needs_once", condition=Q(question__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class NextTime(models.Model):
    """An address that wants to hear when the course is held again; erased once it was told.

    `newest` is the key of the course's newest group when it was asked: it waits for a newer one.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="next_times")
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(
        _("language"),
        max_length=5,
        choices=[(code, language.own_name) for code, language in LANGUAGES.items()],
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("asked"), editable=False)
    newest = models.BigIntegerField(default=0, editable=False)

    wagtail_reference_index_ignore = True

    objects = NextTimeQuerySet.as_manager()

    class Meta:
        verbose_name = _("wish to hear of the next time")
        verbose_name_plural = _("wishes to hear of the next time")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("course", Lower("email"), name="next_time_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
