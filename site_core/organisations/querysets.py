"""Questions asked of organisations and memberships."""

from django.db import models


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
