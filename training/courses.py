"""Course, its parallel offerings and their sessions: rows shared by every language version.

They hang together by ForeignKey with PROTECT and never below a page: a page child is copied per
language, and publishing an old revision would delete it together with its sign-ups.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from site_core.dates import is_shown
from site_core.languages.registry import LANGUAGES


class Audience(models.TextChoices):
    """Whom a course is for."""

    RESIDENTS = "residents", _("Residents")
    PROFESSIONALS = "professionals", _("Professionals")


class RecordingPolicy(models.TextChoices):
    """Whether a session is recorded, said before anyone signs up."""

    NONE = "none", _("Not recorded")
    PARTICIPANTS = "participants", _("Recorded for participants")
    PUBLIC = "public", _("Recorded for everyone")


def text_languages() -> list[tuple[str, str]]:
    """Content languages under their own names; a callable keeps them out of migrations."""
    return [(code, language.own_name) for code, language in LANGUAGES.items()]


class CourseQuerySet(models.QuerySet["Course"]):
    def of_organisations(self, organisation_ids: Iterable[int]) -> Self:
        """Courses that belong to any of the given organisations."""
        return self.filter(organisation__in=list(organisation_ids))

    def with_programme(self) -> Self:
        """Courses with offerings and sessions, at most four queries however many there are."""
        return self.prefetch_related("offerings__sessions__municipality")


class Course(models.Model):
    """What is taught, once for all language versions of its page.

    The organisation is set by `training.actions.create_course` and by no form. The two texts are in
    `text_language`; what the page says about the course is moderated with the page.
    """

    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="courses",
        editable=False,
        verbose_name=_("organisation"),
    )
    title = models.CharField(
        _("working title"),
        max_length=100,
        help_text=_("For you and your colleagues; the page has its own title in each language."),
    )
    audience = models.CharField(
        _("audience"), max_length=16, choices=Audience, default=Audience.RESIDENTS
    )
    languages = models.JSONField(
        _("languages of teaching"),
        default=list,
        help_text=_("Codes of service languages."),
    )
    recording_policy = models.CharField(
        _("recording"),
        max_length=16,
        choices=RecordingPolicy,
        default=RecordingPolicy.NONE,
    )
    enrolment_opens_at = models.DateTimeField(_("enrolment opens"), null=True, blank=True)
    enrolment_closes_at = models.DateTimeField(_("enrolment closes"), null=True, blank=True)
    text_language = models.CharField(
        _("language of the texts below"),
        max_length=8,
        choices=text_languages,
        default="fi",
    )
    prerequisites = models.CharField(_("prerequisites"), max_length=300, blank=True)
    price_note = models.CharField(
        _("price"),
        max_length=150,
        blank=True,
        help_text=_("For example: free of charge."),
    )
    asks_needs = models.BooleanField(
        _("ask what participants need"),
        default=False,
        help_text=_("An interpreter, captions, access, diet. Kept apart and erased early."),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    #: Free text that readers see; moderated with the page.
    PUBLIC_TEXTS = ("text_language", "prerequisites", "price_note")

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                name="course_enrolment_closes_after_it_opens",
                condition=models.Q(enrolment_opens_at__isnull=True)
                | models.Q(enrolment_closes_at__isnull=True)
                | models.Q(enrolment_closes_at__gt=models.F("enrolment_opens_at")),
                violation_error_message=_("Enrolment must close after it opens."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Offering(models.Model):
    """One parallel group of a course: who takes part attends its sessions together.

    `capacity` is set by `training.signups.actions.change_capacity` only, which sees to the seats,
    and `cancelled_at` by `training.session_actions.cancel_offering`, which tells everybody.
    """

    course = models.ForeignKey(
        Course,
        on_delete=models.PROTECT,
        related_name="offerings",
        verbose_name=_("course"),
    )
    name = models.CharField(
        _("name of the group"),
        max_length=100,
        help_text=_("For example: Group A, mornings."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    capacity = models.PositiveIntegerField(
        _("places"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Empty: as many as come."),
    )
    minimum = models.PositiveIntegerField(
        _("participants it takes to be held"), null=True, blank=True
    )
    waiting_list_length = models.PositiveIntegerField(
        _("length of the waiting list"),
        null=True,
        blank=True,
        help_text=_("Empty: as long as it gets. 0: no waiting list."),
    )
    largest_group = models.PositiveSmallIntegerField(
        _("people in one sign-up at most"), default=1, validators=[MinValueValidator(1)]
    )
    cancel_until = models.DateTimeField(_("can be cancelled until"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, editable=False)

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="offering_name_once_per_course",
                fields=["course", "name"],
                violation_error_message=_("The course already has a group of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class SessionQuerySet(models.QuerySet["Session"]):
    def upcoming(self, now: datetime) -> Self:
        """Sessions that are held and have not ended yet, soonest first."""
        return self.held().filter(ends_at__gt=now).order_by("starts_at", "pk")

    def held(self) -> Self:
        """Sessions that are not cancelled."""
        return self.filter(cancelled_at__isnull=True)


class Session(models.Model):
    """One meeting of an offering, at a place or over a remote connection.

    `uid` names it in calendars for ever, and `sequence` rises with every change of it that people
    are told of (RFC 5545). `service_point` is the key of the published entry of the place, where it
    is one of the portal's. No join link is kept here: it belongs to confirmed participants only.
    """

    offering = models.ForeignKey(
        Offering,
        on_delete=models.PROTECT,
        related_name="sessions",
        verbose_name=_("group"),
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    is_remote = models.BooleanField(_("remote"), default=False)
    place = models.CharField(_("place"), max_length=150, blank=True)
    municipality = models.ForeignKey(
        "taxonomy.Municipality",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("municipality"),
    )
    service_point = models.UUIDField(_("service point"), null=True, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, editable=False)

    wagtail_reference_index_ignore = True

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="session_ends_after_it_starts",
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                violation_error_message=_("A session must end after it starts."),
            ),
            models.CheckConstraint(
                name="session_has_place_or_is_remote",
                condition=models.Q(is_remote=True) | ~models.Q(place=""),
                violation_error_message=_("Give the place, or mark the session as remote."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offering} {self.starts_at:%Y-%m-%d}"

    def clean(self) -> None:
        """Refuse a remote session that also names a place, since a reader could not tell which
        holds, and a time that clocks leave out in spring."""
        if self.is_remote and self.place:
            raise ValidationError({"place": _("A remote session has no place.")})
        for name in ("starts_at", "ends_at"):
            moment = getattr(self, name)
            if moment is not None and not is_shown(moment):
                raise ValidationError(
                    {name: _("Clocks are put forward in this hour: that day has no such time.")}
                )
