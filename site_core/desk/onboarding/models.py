"""An application to join: what an organisation tells of itself before it has an account."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from site_core.desk.onboarding.querysets import ApplicationQuerySet
from site_core.languages.registry import LANGUAGES
from site_core.organisations.models import Organisation
from site_core.taxonomy.models import Municipality

PLANS_LENGTH = 2000
QUESTION_LENGTH = 2000


class Application(models.Model):
    """An organisation wants to take part.

    Links in mails hold the row's key and `version`, which every step raises, so that the links of
    an earlier step are void. Personal data are erased as `querysets.py` says.
    """

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("Address not confirmed")
        WAITING = "waiting", _("Waiting for a moderator")
        ASKED = "asked", _("More was asked")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")

    class Reason(models.TextChoices):
        """Why an application was rejected; the applicant reads it."""

        NOT_LAPLAND = "not_lapland", _("It has nothing to offer to people in Lapland")
        THERE_ALREADY = "there_already", _("The organisation takes part already")
        UNKNOWN = "unknown", _("We could not make sure who applies")
        TERMS = "terms", _("It does not fit the terms of the portal")
        OTHER = "other", _("Another reason")

    #: A moderator has something to do about it, or the applicant has.
    OPEN = frozenset({State.WAITING, State.ASKED})
    SETTLED = frozenset({State.APPROVED, State.REJECTED})

    name = models.CharField(_("name of the organisation"), max_length=255)
    kind = models.CharField(_("kind"), max_length=20, choices=Organisation.Kind.choices)
    business_id = models.CharField(_("business id"), max_length=9, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("municipality"),
    )
    languages = models.JSONField(_("languages of its pages"), default=list)
    plans = models.TextField(_("what it plans to offer"), max_length=PLANS_LENGTH, blank=True)
    first_name = models.CharField(_("first name"), max_length=150, blank=True)
    last_name = models.CharField(_("last name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone number"), max_length=32, blank=True)
    language = models.CharField(
        max_length=5, choices=[(code, item.own_name) for code, item in LANGUAGES.items()]
    )

    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.UNCONFIRMED
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("sent at"), default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    question = models.TextField(_("what more is asked"), max_length=QUESTION_LENGTH, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=20, blank=True, choices=Reason.choices)
    reason_text = models.TextField(_("in other words"), max_length=QUESTION_LENGTH, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application to join")
        verbose_name_plural = _("applications to join")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                Lower("name"),
                condition=models.Q(state="unconfirmed"),
                name="application_once_while_unconfirmed",
            )
        ]
        indexes = [models.Index(fields=["state", "confirmed_at"], name="application_waiting")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether it has been neither approved nor rejected, and its address is confirmed."""
        return self.state in self.OPEN

    @property
    def person(self) -> str:
        """The name of whom to ask; empty once it has been erased."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def reason_label(self):
        """Why it was rejected, in words that can be marked with their language."""
        return dict(self.Reason.choices)[self.reason]

    def age(self, now: datetime | None = None) -> timedelta:
        """How long it has waited since its address was confirmed, or until it was settled."""
        begin = self.confirmed_at or self.created_at
        return (self.settled_at or now or timezone.now()) - begin
