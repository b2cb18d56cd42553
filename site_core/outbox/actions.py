"""What happens to mail: it is written, and tried again when an operator says so."""

import uuid
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from site_core.languages.registry import DEFAULT, LANGUAGES

from .kinds import kind_of
from .models import Message

SUBJECT_LENGTH = 200


def send(
    kind: str,
    *,
    to: str,
    language: str,
    key: str,
    context: dict[str, Any],
    calendar: str = "",
    user=None,
) -> Message | None:
    """Write one mail in the caller's transaction; the worker sends it once that is committed.

    `key` names the event and the recipient: with a key that is there already nothing is written and
    that row returned. Without an address nothing is written: returns None. The rest is `compose`'s.
    Raises ImproperlyConfigured for an unknown kind.
    """
    kind_of(kind)
    if not to:
        return None
    there = Message.objects.filter(key=key).first()
    if there is not None:
        return there
    message = compose(
        kind, to=to, language=language, key=key, context=context, calendar=calendar, user=user
    )
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        return Message.objects.get(key=key)
    return message


def compose(
    kind: str,
    *,
    to: str,
    language: str,
    key: str,
    context: dict[str, Any],
    calendar: str = "",
    user=None,
) -> Message:
    """Make one mail without writing it, for who holds locks while writing and has no time then.

    Subject, text and HTML are rendered here, in the recipient's language, so that what is sent is
    what was true. `context` holds plain values and absolute links (`links.absolute`) and no
    personal data; `calendar` is what the recipient's calendar is told, see `Message`. Raises
    ImproperlyConfigured for an unknown kind.
    """
    described = kind_of(kind)
    language = language if language in LANGUAGES else DEFAULT
    now = timezone.now()
    with translation.override(language):
        fields = _render(described.templates, context, language)
    return Message(
        **fields,
        calendar=calendar,
        key=key,
        kind=kind,
        to=to,
        user=user,
        language=language,
        message_id=f"<{uuid.uuid4().hex}@{urlsplit(settings.BASE_URL).hostname}>",
        created_at=now,
        next_try_at=now,
    )


@transaction.atomic
def retry(message: Message, *, by, now: datetime | None = None) -> None:
    """Try a mail again that was given up.

    Raises PermissionDenied, and ValidationError where it is not given up (any more).
    """
    if not by.has_perm("outbox.change_message"):
        raise PermissionDenied
    revived = Message.objects.dead().filter(pk=message.pk)
    fields = {"state": Message.State.QUEUED, "attempts": 0, "over_at": None}
    if not revived.update(**fields, next_try_at=now or timezone.now()):
        raise ValidationError(_("This mail is not waiting for a decision any more."))
    message.refresh_from_db()
    log(instance=message, action="outbox.retry", user=by)


def _render(folder: str, context: dict[str, Any], language: str) -> dict[str, str]:
    """Subject, text and HTML of a mail in the active language."""
    values = {**context, "language": language, "site_name": settings.SITE_NAME}
    plain = {
        name: get_template(f"{folder}/{name}.txt").template.render(
            Context(values, autoescape=False)
        )
        for name in ("subject", "body")
    }
    return {
        "subject": " ".join(plain["subject"].split())[:SUBJECT_LENGTH],
        "text": plain["body"].strip() + "\n",
        "html": get_template(f"{folder}/body.html").render(values).strip() + "\n",
    }
