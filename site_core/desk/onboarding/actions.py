"""What happens to an application: each deed checks the right, does, logs and tells, in one step.

The public form and the moderators' pages come through here. Every deed begins with one conditional
UPDATE on state and version, so that of two at once one is done and the other gets a clear answer.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogContext, log

from services.actions import create_organisation_page
from site_core.accounts.opening import open_account
from site_core.dates import local_day
from site_core.organisations.actions import add_member, create_organisation
from site_core.organisations.models import Membership, Organisation

from . import messages
from .models import Application

SAME_WITHIN = timedelta(minutes=10)
"""The same application again within this time is one sent twice, not two."""
State = Application.State


class SettledError(ValidationError):
    """Somebody was faster, or the application is not what it was when the page was opened."""

    def __init__(self) -> None:
        super().__init__(_("Somebody was faster. Look at the application as it is now."))


class LinkUsedError(ValidationError):
    """The link belongs to an earlier step of the application."""

    def __init__(self) -> None:
        super().__init__(_("This link has been used already."))


@dataclass(frozen=True, slots=True)
class Approved:
    """What an approval has made."""

    organisation: Organisation
    user: Any
    is_new_user: bool


def may_decide(user: Any) -> bool:
    """Whether the person reads and decides applications."""
    return user.is_active and user.has_perm("desk.change_application")


def apply(fields: dict[str, Any], *, language: str, now: datetime | None = None) -> None:
    """Keep an application and mail a link that confirms its address.

    Answers nothing, so that nobody learns what an address has sent before: what was sent twice is
    kept once, a forgotten link is sent anew, and one that waits already is told so by mail.
    """
    with suppress(IntegrityError), transaction.atomic():  # the same was sent at the same moment
        _apply(fields, language, now or timezone.now())


@transaction.atomic
def confirm_address(
    application: Application, *, version: int, now: datetime | None = None
) -> Application:
    """Take the link's word for the address; moderators are told. Raises LinkUsedError."""
    application = _step(
        application,
        LinkUsedError,
        {"state": State.UNCONFIRMED, "version": version},
        state=State.WAITING,
        confirmed_at=now or timezone.now(),
    )
    log(instance=application, action="desk.confirm_application")
    messages.received(application)
    messages.waiting(application)
    return application


@transaction.atomic
def ask_more(
    application: Application, question: str, *, by, seen: int, now: datetime | None = None
) -> None:
    """Ask the applicant for more, by a link with which the form is completed.

    `seen` is the version the moderator has read. Raises PermissionDenied and SettledError.
    """
    _require(by)
    application = _step(
        application,
        SettledError,
        {"state": State.WAITING, "version": seen},
        state=State.ASKED,
        question=question,
        asked_at=now or timezone.now(),
    )
    log(instance=application, action="desk.ask_more", user=by)
    messages.asked(application)


@transaction.atomic
def complete(application: Application, fields: dict[str, Any], *, version: int) -> None:
    """Take the applicant's answer; it waits again, at its old age. Raises LinkUsedError.

    The address stays: it is the one that was confirmed.
    """
    application = _step(
        application, LinkUsedError, {"state": State.ASKED, "version": version}, state=State.WAITING
    )
    _write(application, {**fields, "email": application.email})
    application.save()
    log(instance=application, action="desk.complete_application")
    messages.waiting(application)


@transaction.atomic
def reject(
    application: Application,
    reason: str,
    text: str,
    *,
    by,
    seen: int,
    now: datetime | None = None,
) -> None:
    """Turn an application down; the reason stands behind the link in the mail.

    Raises PermissionDenied and SettledError.
    """
    _require(by)
    application = _step(
        application,
        SettledError,
        {"state__in": Application.OPEN, "version": seen},
        state=State.REJECTED,
        reason=reason,
        reason_text=text,
        settled_at=now or timezone.now(),
        settled_by=by,
    )
    log(instance=application, action="desk.reject_application", user=by, data={"reason": reason})
    messages.rejected(application)


@transaction.atomic
def approve(application: Application, *, by, seen: int, now: datetime | None = None) -> Approved:
    """Make what the organisation needs, in one transaction, and mail how to begin.

    That is the organisation, a person with a password still to choose (or the one who has that
    address), her membership as lead, and a draft page in each language asked for. No group, no
    collection, no permission row. Raises PermissionDenied, SettledError, and ValidationError where
    that id or name is there, the person's account is closed, or the application is one's own.
    """
    _require(by)
    if application.email.casefold() == by.email.casefold():
        raise ValidationError(_("Somebody else has to decide about your own organisation."))
    application = _step(
        application,
        SettledError,
        {"state": State.WAITING, "version": seen},
        state=State.APPROVED,
        settled_at=now or timezone.now(),
        settled_by=by,
    )
    with LogContext(user=by):
        organisation = _organisation(application)
        user, is_new = _person(application)
        add_member(organisation, user, Membership.Role.LEAD)
        for language in application.languages:
            create_organisation_page(organisation, language=language)
        Application.objects.filter(pk=application.pk).update(organisation=organisation)
        log(instance=application, action="desk.approve_application", user=by)
    messages.approved(application, user, is_new=is_new)
    return Approved(organisation, user, is_new)


@transaction.atomic
def purge(now: datetime) -> int:
    """Delete what nobody confirmed or answered, erase people from what was decided long ago."""
    deleted, _by_model = Application.objects.to_delete(now).delete()
    erased = Application.objects.with_person_to_erase(now).update(
        first_name="", last_name="", email="", phone="", plans="", question="", reason_text=""
    )
    return deleted + erased


def _apply(fields: dict[str, Any], language: str, now: datetime) -> None:
    before = Application.objects.of_sender(fields["email"], fields["name"])
    open_one = before.filter(state__in=Application.OPEN).first()
    if open_one is not None:
        messages.received(open_one, again=local_day(now).isoformat())
        return
    there = before.filter(state=State.UNCONFIRMED).select_for_update().first()
    if there is not None and now < there.created_at + SAME_WITHIN:
        return
    application = there or Application(version=0)
    _write(application, fields)
    application.language, application.created_at = language, now
    application.version += 1
    application.save()
    messages.confirm(application)


def _write(application: Application, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(application, name, value)
    application.full_clean(
        validate_constraints=False,
        exclude=[
            "language",
            "confirmed_at",
            "asked_at",
            "settled_at",
            "settled_by",
            "organisation",
        ],
    )


def _step(
    application: Application, refusal: type[ValidationError], expected: dict, **changes
) -> Application:
    """Take an application a step on if it is where it is expected; a new version voids old links.

    Returns it as it is then. Raises the refusal where it is elsewhere, or gone.
    """
    rows = Application.objects.filter(pk=application.pk, **expected)
    if not rows.update(**changes, version=F("version") + 1):
        raise refusal()
    return Application.objects.get(pk=application.pk)


def _organisation(application: Application) -> Organisation:
    facts = {name: getattr(application, name) for name in ("name", "kind", "business_id")}
    try:
        with transaction.atomic():
            return create_organisation(**facts)
    except IntegrityError as error:  # approved under another application at the same moment
        raise ValidationError(_("Another organisation has this name or business id.")) from error


def _person(application: Application) -> tuple[Any, bool]:
    """Whose address it is, and whether she has only now got an account."""
    user = get_user_model().objects.filter(email__iexact=application.email).first()
    if user is None:
        opened = open_account(
            application.email,
            first_name=application.first_name,
            last_name=application.last_name,
            language=application.language,
        )
        return opened, True
    if not user.is_active:
        raise ValidationError(_("The account with this address is closed. Ask the applicant more."))
    return user, False


def _require(by) -> None:
    if not may_decide(by):
        raise PermissionDenied
