"""What changes an organisation or a membership: each checks the right, does, logs and tells.

Admin, API and scripts all come through here. `by` is the person who does it; None is the system
itself (set-up, imports), which needs no right. All raise PermissionDenied where a right is missing.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from site_core.organisations.models import Membership, Organisation
from site_core.organisations.signals import organisation_changed


@transaction.atomic
def create_organisation(*, by=None, **fields) -> Organisation:
    """Make an organisation. Raises ValidationError where the fields are wrong."""
    _require(by, "add", Organisation)
    organisation = Organisation(**fields)
    organisation.full_clean()
    organisation.save()
    log(instance=organisation, action="wagtail.create", user=by)
    return organisation


@transaction.atomic
def rename(organisation: Organisation, name: str, *, by=None) -> None:
    """Give the organisation another name; everything that shows the old one is told."""
    _require(by, "change", Organisation)
    old = organisation.name
    if name == old:
        return
    organisation.name = name
    organisation.full_clean()
    organisation.save(update_fields=["name"])
    log(
        instance=organisation,
        action="organisations.rename",
        user=by,
        data={"old": old, "new": name},
    )
    organisation_changed.send(sender=Organisation, organisation=organisation, change="renamed")


@transaction.atomic
def suspend(organisation: Organisation, *, by=None) -> None:
    """Hide all the organisation has published and take its members' rights, until it is restored.

    Nothing is unpublished. Raises ValidationError for the portal's own organisation.
    """
    _require(by, "change", Organisation)
    if organisation.is_portal:
        raise ValidationError(_("The portal's own organisation cannot be suspended."))
    _set_state(organisation, Organisation.State.SUSPENDED, "suspend", "suspended", by)


@transaction.atomic
def restore(organisation: Organisation, *, by=None) -> None:
    """Show again what a suspension hid, without moderation, and give the members their rights."""
    _require(by, "change", Organisation)
    _set_state(organisation, Organisation.State.ACTIVE, "restore", "restored", by)


@transaction.atomic
def add_member(
    organisation: Organisation, user, role: str = Membership.Role.AUTHOR, *, by=None
) -> Membership:
    """Let a person act for the organisation; takes an ended membership up again."""
    _require(by, "add", Membership)
    membership = Membership.objects.filter(organisation=organisation, user=user).first()
    if membership is None:
        membership = Membership(organisation=organisation, user=user)
    membership.role, membership.is_active = role, True
    membership.full_clean()
    membership.save()
    log(
        instance=membership,
        action="organisations.add_member",
        user=by,
        data={"organisation": organisation.name, "role": str(role)},
    )
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, by=None) -> None:
    """End a membership; the row stays, so that what the person did keeps its context."""
    _require(by, "change", Membership)
    if not membership.is_active:
        return
    membership.is_active = False
    membership.save(update_fields=["is_active"])
    log(
        instance=membership,
        action="organisations.end_membership",
        user=by,
        data={"organisation": membership.organisation.name},
    )


def _set_state(organisation, state, deed: str, change: str, by) -> None:
    if organisation.state == state:
        return
    organisation.state = state
    organisation.save(update_fields=["state"])
    log(instance=organisation, action=f"organisations.{deed}", user=by)
    organisation_changed.send(sender=Organisation, organisation=organisation, change=change)


def _require(by, action: str, model) -> None:
    if by is not None and not policy_registry.get_by_type(model).user_has_permission(by, action):
        raise PermissionDenied
