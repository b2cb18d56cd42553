"""What changes an organisation or a membership: each checks the right, does, logs and tells.

Admin, desk, API and scripts all come through here; invitations are in `invitations.py`. `by` is
the person who does it; None is the system itself (set-up, imports, an approval), which needs no
right. All raise PermissionDenied where a right is missing, and ValidationError with words for
people where the deed cannot be done.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from site_core.organisations import messages
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
def suspend(
    organisation: Organisation,
    *,
    by=None,
    reason: str = Organisation.SuspensionReason.OTHER,
    text: str = "",
) -> None:
    """Hide all the organisation has published and take its members' rights, until it is restored.

    Nothing is unpublished. The members read the `reason` in their mail; `text` is for the log,
    which staff read. Raises ValidationError for the portal's own organisation.
    """
    _require_suspending(by)
    if organisation.is_portal:
        raise ValidationError(_("The portal's own organisation cannot be suspended."))
    data = {"reason": str(reason), "text": text}
    _set_state(organisation, Organisation.State.SUSPENDED, "suspend", "suspended", by, data)


@transaction.atomic
def restore(organisation: Organisation, *, by=None) -> None:
    """Show again what a suspension hid, without moderation, and give the members their rights."""
    _require_suspending(by)
    _set_state(organisation, Organisation.State.ACTIVE, "restore", "restored", by, {})


@transaction.atomic
def add_member(
    organisation: Organisation, user, role: str = Membership.Role.AUTHOR, *, by=None
) -> Membership:
    """Let a person act for the organisation; takes an ended membership up again."""
    _require(by, "add", Membership)
    lock(organisation)
    membership = Membership.objects.filter(organisation=organisation, user=user).first()
    if membership is None:
        membership = Membership(organisation=organisation, user=user)
    elif membership.is_active and role != Membership.Role.LEAD:
        _keep_a_lead(membership)
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
def change_role(membership: Membership, role: str, *, by=None) -> None:
    """Give a member another role; the person is told. A lead may, and staff."""
    membership = _mine_to_change(membership, by)
    if not membership.is_active:
        raise ValidationError(_("This person is no longer a member."))
    if membership.role == role:
        return
    if role != Membership.Role.LEAD:
        _keep_a_lead(membership)
    _give(membership, role, by)


@transaction.atomic
def hand_over(to: Membership, *, by) -> None:
    """Make another member the lead in one's own place; the giver stays as an author."""
    to = _locked(to)
    own = Membership.objects.led_by(by).filter(organisation_id=to.organisation_id).first()
    if own is None:
        raise PermissionDenied
    if to.pk == own.pk:
        raise ValidationError(_("You are the lead already. Choose somebody else."))
    if not to.gives_rights:
        raise ValidationError(_("This person is no longer a member."))
    if to.role != Membership.Role.LEAD:
        _give(to, Membership.Role.LEAD, by)
    _give(own, Membership.Role.AUTHOR, by, tell=False)


@transaction.atomic
def end_membership(membership: Membership, *, by=None) -> None:
    """End a membership; the row stays, so that what the person did keeps its context.

    A lead may, and staff; an organisation that has a lead keeps one.
    """
    membership = _mine_to_change(membership, by)
    if not membership.is_active:
        return
    entry = _end(membership, "organisations.end_membership", by)
    if by is None or by.pk != membership.user_id:
        messages.membership_ended(membership, entry)


@transaction.atomic
def leave(membership: Membership, *, by) -> None:
    """Leave an organisation of one's own accord; its last lead hands the lead over first."""
    if membership.user_id != by.pk:
        raise PermissionDenied
    membership = _locked(membership)
    if membership.is_active:
        _end(membership, "organisations.leave", by)


def lock(organisation: Organisation) -> None:
    """Let nobody else change who belongs to an organisation until this transaction ends."""
    Organisation.objects.select_for_update().filter(pk=organisation.pk).first()


def may_lead(user, organisation: Organisation) -> bool:
    """Whether the person decides who belongs: a lead of the active organisation, or staff."""
    if policy_registry.get_by_type(Membership).user_has_permission(user, "change"):
        return True
    return Membership.objects.led_by(user).filter(organisation=organisation).exists()


def may_suspend(user) -> bool:
    """Whether the person may hide what an organisation has published, and show it again."""
    policy = policy_registry.get_by_type(Organisation)
    return any(policy.user_has_permission(user, action) for action in ("suspend", "change"))


def _locked(membership: Membership) -> Membership:
    """The membership as it is now, its organisation locked."""
    lock(membership.organisation)
    return Membership.objects.select_related("organisation", "user").get(pk=membership.pk)


def _mine_to_change(membership: Membership, by) -> Membership:
    membership = _locked(membership)
    if by is not None and not may_lead(by, membership.organisation):
        raise PermissionDenied
    return membership


def _keep_a_lead(membership: Membership) -> None:
    """Refuse what would leave an organisation without a lead. The organisation is locked."""
    if membership.role != Membership.Role.LEAD or not membership.is_active:
        return
    others = Membership.objects.leads().filter(organisation_id=membership.organisation_id)
    if not others.exclude(pk=membership.pk).exists():
        raise ValidationError(
            _("An organisation always has a lead. Hand the lead over to somebody else first."),
            code="last_lead",
        )


def _give(membership: Membership, role: str, by, *, tell: bool = True) -> None:
    old, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    entry = log(
        instance=membership,
        action="organisations.change_role",
        user=by,
        data={"organisation": membership.organisation.name, "old": str(old), "new": str(role)},
    )
    if tell and (by is None or by.pk != membership.user_id):
        messages.role_changed(membership, entry)


def _end(membership: Membership, deed: str, by):
    _keep_a_lead(membership)
    membership.is_active = False
    membership.save(update_fields=["is_active"])
    data = {"organisation": membership.organisation.name}
    return log(instance=membership, action=deed, user=by, data=data)


def _set_state(organisation, state, deed: str, change: str, by, data: dict) -> None:
    """The first of two at once does it; what is so already is left alone."""
    if not Organisation.objects.exclude(state=state).filter(pk=organisation.pk).update(state=state):
        organisation.state = state
        return
    organisation.state = state
    entry = log(instance=organisation, action=f"organisations.{deed}", user=by, data=data)
    organisation_changed.send(sender=Organisation, organisation=organisation, change=change)
    messages.state_changed(organisation, entry, reason=data.get("reason", ""))


def _require_suspending(by) -> None:
    if by is not None and not may_suspend(by):
        raise PermissionDenied


def _require(by, action: str, model) -> None:
    if by is not None and not policy_registry.get_by_type(model).user_has_permission(by, action):
        raise PermissionDenied
