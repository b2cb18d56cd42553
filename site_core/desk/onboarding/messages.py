"""The mails about an application: in the applicant's or the moderator's language, links only.

Called inside the transactions of the actions; the outbox sends after they have been committed.
"""

import re

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse

from site_core.accounts import links
from site_core.accounts.opening import password_link
from site_core.languages.registry import DEFAULT
from site_core.organisations.messages import address
from site_core.outbox import actions as outbox
from site_core.outbox.kinds import MessageKind, register_kind
from site_core.outbox.links import absolute

from .models import Application
from .purposes import ANSWER_LASTS, COMPLETE, CONFIRM, CONFIRM_LASTS, DECISION

WORD_JOINER = "\u2060"
"""Has no width and allows no break."""
SECRET_KINDS = ("join_confirm", "join_approved", "join_asked", "join_rejected")
"""Mails whose link lets its reader act or read what is hers alone."""
OPEN_KINDS = ("join_received", "join_waiting", "join_welcome")


def register() -> None:
    """Make the outbox know these kinds; called once at start-up."""
    for code in (*SECRET_KINDS, *OPEN_KINDS):
        kind = MessageKind(
            code=code, templates=f"emails/{code}", keeps_body=code not in SECRET_KINDS
        )
        register_kind(kind)


def confirm(application: Application) -> None:
    """Ask the applicant to confirm that the address is hers."""
    link = _link(application, "join_confirm", CONFIRM)
    _send(application, "join_confirm", link=link, days=CONFIRM_LASTS.days)


def received(application: Application, *, again: str = "") -> None:
    """Tell the applicant that it waits for a moderator; `again` names a repeated telling."""
    _send(application, "join_received", again=again)


def waiting(application: Application) -> None:
    """Tell every moderator that an application waits, each once."""
    link = absolute(reverse("desk_application", args=[application.pk]))
    for user in _moderators():
        outbox.send(
            "join_waiting",
            to=user.email,
            language=user.preferred_language or DEFAULT,
            key=f"join-waiting:{application.pk}:{application.version}:{user.pk}",
            context={"link": link},
            user=user,
        )


def asked(application: Application) -> None:
    """Ask the applicant for more; the question stands behind the link."""
    link = _link(application, "join_complete", COMPLETE)
    _send(application, "join_asked", link=link, days=ANSWER_LASTS.days)


def rejected(application: Application) -> None:
    """Tell the applicant that there is a decision; its reason stands behind the link."""
    link = _link(application, "join_decision", DECISION)
    _send(application, "join_rejected", link=link, days=ANSWER_LASTS.days)


def approved(application: Application, user, *, is_new: bool) -> None:
    """Tell the new lead how to begin: by choosing a password, or by logging in as before."""
    path = password_link(user) if is_new else reverse("desk_home")
    outbox.send(
        "join_approved" if is_new else "join_welcome",
        to=user.email,
        language=user.preferred_language or application.language,
        key=f"join-approved:{application.pk}",
        context={"organisation": application.name, "link": absolute(path)},
        user=user,
    )


def _moderators():
    """Active people whose group lets them decide applications, in a steady order."""
    right = Q(
        groups__permissions__codename="change_application",
        groups__permissions__content_type__app_label="desk",
    )
    people = get_user_model().objects.filter(right, is_active=True).exclude(email="")
    return people.distinct().order_by("pk")


def _link(application: Application, name: str, purpose: str) -> str:
    token = links.make_link(purpose, application.pk, application.version)
    return address(name, application.language, token)


def _send(application: Application, kind: str, *, again: str = "", **context) -> None:
    outbox.send(
        kind,
        to=application.email,
        language=application.language,
        key=":".join(filter(None, (kind, str(application.pk), str(application.version), again))),
        context={"organisation": _unlinked(application.name), **context},
    )


def _unlinked(name: str) -> str:
    """The name so that mail programs make no link of it: anybody may send it to any address."""
    return re.sub(r"(?<=[.:@])(?=\S)", WORD_JOINER, name)
