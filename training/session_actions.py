"""What changes a session that people know of, and the link it is joined over.

Each checks the right, does, keeps what was, logs and tells: the entries of the course's pages and
one mail to every live sign-up are written in the same transaction. `by` None is the system itself.
All raise PermissionDenied where a right is missing and ValidationError where the facts are wrong.
A session that people have signed up for is cancelled and never deleted: calendars know it.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from training.actions import tell_pages
from training.courses import Session
from training.rights import require_run
from training.sessions import JoinLink, SessionChange
from training.signups import messages
from training.signups.models import SignUp
from training.telling import each, tell_of, written

Kind = SessionChange.Kind

MOVED = ("starts_at", "ends_at", "is_remote", "place", "municipality", "service_point")
"""What may change when a session moves."""
LONGEST_ADDRESS = 2000


@transaction.atomic
def move_session(
    session: Session, *, note: str = "", by: Any = None, now: datetime | None = None, **facts: Any
) -> Session:
    """Give a session another time or place; `facts` are those of `MOVED` that change.

    `note` is told to the participants in the words and the language of the course. Where nothing
    changes nothing happens. A session that is cancelled or over stays as it is.
    """
    if unknown := facts.keys() - set(MOVED):
        raise TypeError(f"A session does not move by {', '.join(sorted(unknown))}.")
    now = now or timezone.now()
    row = _locked(session, by)
    _require_to_come(row, now)
    change = _change_of(row, Kind.MOVED, note, by, now)
    before = [getattr(row, name) for name in MOVED]
    for name, value in facts.items():
        setattr(row, name, value)
    if before == [getattr(row, name) for name in MOVED]:
        return row
    row.full_clean()
    if row.ends_at <= now:
        raise ValidationError({"starts_at": _("The new time is over already.")})
    row.sequence += 1
    row.save()
    if not row.is_remote:
        JoinLink.objects.filter(session=row).delete()
    _finish(row, change, "training.move_session", by, now)
    return row


@transaction.atomic
def cancel_session(
    session: Session, *, note: str = "", by: Any = None, now: datetime | None = None
) -> Session:
    """Say that a session is not held; done twice it is done once."""
    now = now or timezone.now()
    row = _locked(session, by)
    if row.cancelled_at is not None:
        return row
    _require_to_come(row, now)
    change = cancelled(row, note, by, now)
    _finish(row, change, "training.cancel_session", by, now)
    return row


def cancelled(session: Session, note: str, by: Any, now: datetime) -> SessionChange:
    """Write that a session, whose row is locked, is not held; returns the history, not stored."""
    change = _change_of(session, Kind.CANCELLED, note, by, now)
    session.cancelled_at = now
    session.sequence += 1
    session.save(update_fields=["cancelled_at", "sequence"])
    JoinLink.objects.filter(session=session).delete()
    return change


@transaction.atomic
def set_join_link(
    session: Session,
    address: str,
    *,
    shown_before: int = 60,
    by: Any = None,
    now: datetime | None = None,
) -> JoinLink:
    """Say where a remote session is joined, and how many minutes before its start that is shown.

    Another address than before makes a new version, and confirmed participants are told where to
    look for it. The address itself stands in no mail and no log.
    """
    now = now or timezone.now()
    row = _locked(session, by)
    _require_to_come(row, now)
    if not row.is_remote:
        raise ValidationError(_("Only a remote session has a link to join."))
    address = _checked(address)
    link = JoinLink.objects.filter(session=row).first() or JoinLink(session=row, version=0)
    is_another = link.address != address
    link.address, link.shown_before = address, shown_before
    if is_another:
        link.version, link.changed_at = link.version + 1, now
    link.full_clean()
    link.save()
    if link.version > 1 and is_another:
        confirmed = row.offering.signups.filter(status=SignUp.Status.CONFIRMED)
        written(
            messages.link_letter(signup, row, link.version, facts)
            for signup, facts in each(row.offering, confirmed)
        )
    log(
        instance=row.offering,
        action="training.set_join_link",
        user=by,
        data={"session": row.pk, "version": link.version},
    )
    return link


def rotate_join_link(
    session: Session, address: str, *, by: Any = None, now: datetime | None = None
) -> JoinLink:
    """Replace a link that has come into wrong hands by another one."""
    link = JoinLink.objects.filter(session=session).first()
    if link is None:
        raise ValidationError(_("The session has no link to join yet."))
    require_run(by, session.offering.course)
    if link.address == address.strip():
        raise ValidationError({"address": _("This is the link there is already.")})
    return set_join_link(session, address, shown_before=link.shown_before, by=by, now=now)


@transaction.atomic
def read_join_link(session: Session, *, by: Any) -> JoinLink | None:
    """The link for whoever runs the course; that she looked is written down."""
    require_run(by, session.offering.course)
    link = JoinLink.objects.filter(session=session).first()
    if link is not None:
        data = {"session": session.pk, "version": link.version}
        log(instance=session.offering, action="training.view_join_link", user=by, data=data)
    return link


@transaction.atomic
def remove_join_link(session: Session, *, by: Any = None) -> None:
    """Erase the link of a session."""
    row = _locked(session, by)
    if JoinLink.objects.filter(session=row).delete()[0]:
        data = {"session": row.pk}
        log(instance=row.offering, action="training.remove_join_link", user=by, data=data)


def _locked(session: Session, by: Any) -> Session:
    require_run(by, session.offering.course)
    rows = Session.objects.select_for_update(of=["self"], no_key=True)
    return rows.select_related("offering__course__organisation").get(pk=session.pk)


def _require_to_come(session: Session, now: datetime) -> None:
    if session.cancelled_at is not None:
        raise ValidationError(_("The session is cancelled."))
    if session.ends_at <= now:
        raise ValidationError(_("The session is over."))


def _change_of(session: Session, kind: Kind, note: str, by: Any, now: datetime) -> SessionChange:
    """How a session is before a change, not stored yet."""
    was = {name: getattr(session, name) for name in ("starts_at", "ends_at", "is_remote", "place")}
    return SessionChange(session=session, kind=kind, note=note.strip(), by=by, at=now, **was)


def _finish(session: Session, change: SessionChange, action: str, by: Any, now: datetime) -> None:
    """Keep, log and tell a change that is written."""
    offering = session.offering
    change.full_clean(exclude=["session", "by"])
    change.save()
    log(instance=offering, action=action, user=by, data={"session": session.pk})
    tell_of(change, list(offering.signups.live().order_by("pk")), now)
    tell_pages(offering.course)


def _checked(address: str) -> str:
    """The address of a link, if it is one; the refusal does not repeat it."""
    address = address.strip()
    try:
        URLValidator(schemes=["https"])(address)
    except ValidationError:
        address = ""
    if not address or len(address) > LONGEST_ADDRESS:
        raise ValidationError({"address": _("Give the whole link. It begins with https://.")})
    return address
