"""Invitations: a lead asks a person by e-mail, who accepts by the link in it.

As in `actions.py`, each deed checks the right, does, logs and tells. Whoever holds the link holds
the address it was sent to, so accepting asks for no log-in.
"""

from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogContext, log

from site_core.accounts.opening import open_account
from site_core.organisations import messages
from site_core.organisations.actions import add_member, lock, may_lead
from site_core.organisations.models import Invitation, Membership, Organisation

SAME_WITHIN = timedelta(minutes=10)
"""The same invitation again within this time is one sent twice, not two."""


class ClosedInvitationError(ValidationError):
    """The invitation was accepted, withdrawn or sent anew, or its time is over."""

    def __init__(self) -> None:
        super().__init__(_("This invitation is no longer valid. Ask for a new one."))


@transaction.atomic
def invite(
    organisation: Organisation,
    email: str,
    role: str,
    *,
    language: str,
    by,
    now: datetime | None = None,
) -> Invitation:
    """Ask a person to act for an organisation; asking again sends a new link and voids the old.

    Raises PermissionDenied, and ValidationError where the person is a member or the organisation
    is suspended.
    """
    if not may_lead(by, organisation):
        raise PermissionDenied
    now, email = now or timezone.now(), email.strip()
    lock(organisation)
    _must_be_active(organisation)
    members = Membership.objects.filter(organisation=organisation, is_active=True)
    if members.filter(user__email__iexact=email).exists():
        raise ValidationError({"email": _("This person is already a member.")})
    waiting = Invitation.objects.waiting().filter(organisation=organisation, email__iexact=email)
    invitation = waiting.first() or Invitation(organisation=organisation, email=email, version=0)
    if invitation.pk and invitation.role == role and now < invitation.sent_at + SAME_WITHIN:
        return invitation
    invitation.role, invitation.language, invitation.invited_by = role, language, by
    invitation.version, invitation.sent_at = invitation.version + 1, now
    invitation.full_clean(exclude=["settled_at"])
    invitation.save()
    log(instance=organisation, action="organisations.invite", user=by, data={"role": str(role)})
    messages.invited(invitation)
    return invitation


@transaction.atomic
def withdraw(invitation: Invitation, *, by, now: datetime | None = None) -> None:
    """Take an invitation back; its link opens no more. One that has been answered stays so."""
    if not may_lead(by, invitation.organisation):
        raise PermissionDenied
    row = _row(invitation.pk)
    if row.state != Invitation.State.WAITING:
        return
    _settle(row, Invitation.State.WITHDRAWN, now)
    log(
        instance=row.organisation,
        action="organisations.withdraw_invitation",
        user=by,
        data={"role": row.role},
    )


def opened(pk: int, version: int, *, now: datetime | None = None) -> Invitation:
    """The invitation a link leads to. Raises ClosedInvitationError where none can be accepted."""
    row = Invitation.objects.select_related("organisation").filter(pk=pk, version=version).first()
    if row is None or not row.is_open(now) or not row.organisation.is_active:
        raise ClosedInvitationError
    return row


def has_account(invitation: Invitation) -> bool:
    """Whether the invited address belongs to somebody who signs in already."""
    return _owner_of(invitation.email) is not None


@transaction.atomic
def accept(
    invitation: Invitation,
    *,
    version: int,
    first_name: str = "",
    last_name: str = "",
    now: datetime | None = None,
) -> Membership:
    """Make the invited person a member; opens an account, told by mail, where there is none.

    Who is a lead already stays one. Raises ClosedInvitationError for a link that is used, old or
    void, and ValidationError where her account is closed or a name is missing.
    """
    lock(invitation.organisation)  # first, as `invite` does
    row = _row(invitation.pk)
    if row.version != version or not row.is_open(now):
        raise ClosedInvitationError
    _must_be_active(row.organisation)
    user = _owner_of(row.email)
    is_new = user is None
    if is_new:
        if not (first_name and last_name):
            raise ValidationError(_("Write your name."))
        user = open_account(
            row.email, first_name=first_name, last_name=last_name, language=row.language
        )
    elif not user.is_active:
        raise ValidationError(_("Your account is closed. Call us, we help you."))
    _settle(row, Invitation.State.ACCEPTED, now)
    with LogContext(user=user):
        held = Membership.objects.leads().filter(organisation=row.organisation, user=user).first()
        membership = held or add_member(row.organisation, user, row.role)
    if is_new:
        messages.account_opened(row, user)
    return membership


@transaction.atomic
def erase_addresses(now: datetime) -> int:
    """Erase the addresses of invitations that have served; returns how many.

    What ran out unanswered counts as withdrawn, so that it keeps no place for its address.
    """
    served = Invitation.objects.with_address_to_erase(now)
    served.filter(state=Invitation.State.WAITING).update(
        state=Invitation.State.WITHDRAWN, settled_at=F("sent_at")
    )
    return Invitation.objects.with_address_to_erase(now).update(email="")


def _row(pk: int) -> Invitation:
    """The invitation as it is now, held until this transaction ends."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("organisation")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise ClosedInvitationError
    return row


def _settle(row: Invitation, state: str, now: datetime | None) -> None:
    row.state, row.settled_at = state, now or timezone.now()
    row.version += 1
    row.save(update_fields=["state", "settled_at", "version"])


def _owner_of(email: str):
    return get_user_model().objects.filter(email__iexact=email).order_by("pk").first()


def _must_be_active(organisation: Organisation) -> None:
    if not Organisation.objects.active().filter(pk=organisation.pk).exists():
        raise ValidationError(_("The organisation is not in use at the moment. Call us."))
