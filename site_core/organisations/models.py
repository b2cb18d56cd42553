"""Organisation and Membership: every right of an author follows from these two.

An invitation is how a membership begins where no moderator is asked.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from site_core.languages.registry import LANGUAGES
from site_core.organisations import business_id
from site_core.organisations.querysets import (
    InvitationQuerySet,
    MembershipQuerySet,
    OrganisationQuerySet,
)


class Organisation(models.Model):
    """Who answers for content: an association, an authority, a firm, or a group without a form."""

    class Kind(models.TextChoices):
        ASSOCIATION = "association", _("Association")
        FIRM = "firm", _("Firm")
        MUNICIPALITY = "municipality", _("Municipality")
        JOINT_AUTHORITY = "joint_authority", _("Joint authority")
        WELLBEING_COUNTY = "wellbeing_county", _("Wellbeing services county")
        STATE = "state", _("State authority")
        INFORMAL_GROUP = "informal_group", _("Informal group")

    class State(models.TextChoices):
        ACTIVE = "active", _("Active")
        SUSPENDED = "suspended", _("Suspended")

    class SuspensionReason(models.TextChoices):
        """Why everything of an organisation was hidden; its people read it in the mail."""

        WRONG = "wrong", _("What it publishes is wrong or misleads")
        TERMS = "terms", _("It does not follow the terms of the portal")
        MISUSE = "misuse", _("Somebody else may be using its account")
        ENDED = "ended", _("It has ended or takes part no more")
        OTHER = "other", _("Another reason")

    #: Kinds that are public authorities.
    AUTHORITIES = frozenset(
        {Kind.MUNICIPALITY, Kind.JOINT_AUTHORITY, Kind.WELLBEING_COUNTY, Kind.STATE}
    )

    name = models.CharField(_("name"), max_length=255, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    business_id = models.CharField(
        _("business id"),
        max_length=9,
        blank=True,
        help_text=_("Finnish business id, for example 0737546-2. An informal group has none."),
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone number"), max_length=32, blank=True)
    website = models.CharField(
        _("website"),
        max_length=200,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
    )
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.ACTIVE, editable=False
    )
    is_portal = models.BooleanField(
        _("the portal's own organisation"), default=False, editable=False
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        permissions = [("suspend_organisation", "Can suspend and restore an organisation")]
        constraints = [
            models.UniqueConstraint(
                fields=["business_id"],
                condition=~models.Q(business_id=""),
                name="organisation_business_id_unique",
                violation_error_message=_("Another organisation has this business id."),
            ),
            models.UniqueConstraint(
                fields=["is_portal"],
                condition=models.Q(is_portal=True),
                name="organisation_one_portal",
                violation_error_message=_("The portal already has an organisation of its own."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE

    def clean(self):
        """Write the business id one way and refuse a wrong one."""
        super().clean()
        if self.business_id:
            try:
                self.business_id = business_id.normalise(self.business_id)
            except ValueError as error:
                raise ValidationError(
                    {"business_id": _("This is not a valid Finnish business id.")}
                ) from error


class Membership(models.Model):
    """A person acts for an organisation; ended by `is_active`, never deleted."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead")
        AUTHOR = "author", _("Author")
        TRAINER = "trainer", _("Trainer")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("person"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("organisation"),
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.AUTHOR)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                name="membership_once_per_organisation",
                violation_error_message=_("This person is already a member of the organisation."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation}"

    @property
    def gives_rights(self) -> bool:
        """Whether it counts: active, of an active person. The organisation may be suspended."""
        return self.is_active and self.user.is_active


class Invitation(models.Model):
    """A lead asks someone to act for the organisation; accepted by a link in a mail.

    The link holds the row's key and `version`. Sending again, withdrawing and accepting raise the
    version, so that older links are void. The address is erased a while after the end.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    LASTS = timedelta(days=14)

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    role = models.CharField(_("role"), max_length=10, choices=Membership.Role.choices)
    language = models.CharField(
        max_length=5, choices=[(code, item.own_name) for code, item in LANGUAGES.items()]
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    version = models.PositiveIntegerField(default=1)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "organisation",
                condition=models.Q(state="waiting"),
                name="invitation_once_while_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.role}"

    def is_open(self, now: datetime | None = None) -> bool:
        """Whether its link still opens."""
        now = now or timezone.now()
        return self.state == self.State.WAITING and now < self.sent_at + self.LASTS
