"""The mails about membership: each in its recipient's language, with links and no personal data.

Called inside the transactions of the actions; the outbox sends after they have been committed.
"""

from django.urls import reverse
from django.utils import translation

from site_core.accounts import links
from site_core.accounts.opening import password_link
from site_core.languages.registry import DEFAULT
from site_core.organisations.models import Invitation, Membership, Organisation
from site_core.outbox import actions as outbox
from site_core.outbox.kinds import MessageKind, register_kind
from site_core.outbox.links import absolute

SECRET_KINDS = ("invitation", "invitation_accepted")
"""Mails whose link lets its reader act."""
OPEN_KINDS = ("membership_ended", "organisation_restored", "organisation_suspended", "role_changed")
INVITATION = "invitation"
"""Purpose of the links with which an invitation is accepted."""


def register() -> None:
    """Make the outbox know these kinds; called once at start-up."""
    for code in (*SECRET_KINDS, *OPEN_KINDS):
        kind = MessageKind(
            code=code, templates=f"emails/{code}", keeps_body=code not in SECRET_KINDS
        )
        register_kind(kind)


def invited(invitation: Invitation) -> None:
    """The invitation with its link; once for each version of it."""
    token = links.make_link(INVITATION, invitation.pk, invitation.version)
    outbox.send(
        "invitation",
        to=invitation.email,
        language=invitation.language,
        key=f"invitation:{invitation.pk}:{invitation.version}",
        context={
            "organisation": invitation.organisation.name,
            "role": invitation.role,
            "days": Invitation.LASTS.days,
            "link": address("join_invitation", invitation.language, token),
        },
    )


def account_opened(invitation: Invitation, user) -> None:
    """To a person whose account an invitation has opened: how to choose a password."""
    _send(
        "invitation_accepted",
        user,
        f"invitation-accepted:{invitation.pk}",
        organisation=invitation.organisation.name,
        link=absolute(password_link(user)),
    )


def role_changed(membership: Membership, entry) -> None:
    """To the member, after the log's `entry` about it."""
    _send(
        "role_changed",
        membership.user,
        f"role-changed:{entry.pk}",
        organisation=membership.organisation.name,
        role=membership.role,
        link=absolute(reverse("desk_people", args=[membership.organisation_id])),
    )


def membership_ended(membership: Membership, entry) -> None:
    """To the member whom somebody else has taken out."""
    _send(
        "membership_ended",
        membership.user,
        f"membership-ended:{entry.pk}",
        organisation=membership.organisation.name,
    )


def state_changed(organisation: Organisation, entry, *, reason: str) -> None:
    """To everybody who acts for the organisation: it is hidden, or shown again."""
    kind = "organisation_restored" if organisation.is_active else "organisation_suspended"
    members = organisation.memberships.filter(is_active=True, user__is_active=True)
    for membership in members.select_related("user").order_by("pk"):
        _send(
            kind,
            membership.user,
            f"{kind}:{entry.pk}:{membership.user_id}",
            organisation=organisation.name,
            reason=reason,
        )


def address(name: str, language: str, *args) -> str:
    """Absolute address of a public view in a language."""
    with translation.override(language):
        return absolute(reverse(name, args=args))


def _send(kind: str, user, key: str, **context) -> None:
    if user.email:
        outbox.send(
            kind,
            to=user.email,
            language=user.preferred_language or DEFAULT,
            key=key,
            context=context,
            user=user,
        )
