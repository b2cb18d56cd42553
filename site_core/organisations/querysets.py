"""Questions asked of organisations and memberships."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models

ADDRESS_KEPT = timedelta(days=30)
"""How long an invitation keeps its address after it has ended or its link has run out."""


class OrganisationQuerySet(models.QuerySet):
    """Organisations, narrowed by state and by who belongs to them."""

    def active(self):
        """Those that are not suspended."""
        return self.filter(state=self.model.State.ACTIVE)

    def portal(self):
        """The portal's own organisation: one row or none."""
        return self.filter(is_portal=True)

    def of_member(self, user):
        """Active organisations the user belongs to now."""
        return self.active().filter(memberships__user=user, memberships__is_active=True)


class MembershipQuerySet(models.QuerySet):
    """Memberships, narrowed to those that give rights."""

    def in_force(self):
        """Active memberships of active people in active organisations: only these give rights."""
        return self.filter(
            is_active=True,
            user__is_active=True,
            organisation__state=self.model.organisation.field.related_model.State.ACTIVE,
        )

    def leads(self):
        """Leads who are there: of a suspended organisation too."""
        return self.filter(role=self.model.Role.LEAD, is_active=True, user__is_active=True)

    def led_by(self, user):
        """Memberships in force by which the person leads an organisation."""
        return self.in_force().leads().filter(user=user)


class InvitationQuerySet(models.QuerySet):
    """Invitations, narrowed by what becomes of them."""

    def waiting(self) -> Self:
        """Those nobody has answered or withdrawn, the newest first."""
        return self.filter(state=self.model.State.WAITING).order_by("-sent_at", "-pk")

    def with_address_to_erase(self, now: datetime) -> Self:
        """Those that ended, or ran out unanswered, so long ago that the address has served."""
        ended = models.Q(settled_at__lt=now - ADDRESS_KEPT)
        ran_out = models.Q(
            state=self.model.State.WAITING, sent_at__lt=now - self.model.LASTS - ADDRESS_KEPT
        )
        return self.filter(ended | ran_out).exclude(email="")
