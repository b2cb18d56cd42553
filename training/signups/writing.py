"""What a trainer writes to participants of a group."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from site_core.outbox.models import Message
from training.courses import Offering
from training.rights import require_run
from training.signups import messages
from training.signups.facts import Facts, facts_of
from training.signups.models import SignUp

LONGEST = 4000


@transaction.atomic
def send_message(
    offering: Offering,
    text: str,
    *,
    to: Iterable[SignUp],
    by: Any,
    language: str = "",
    key: uuid.UUID | None = None,
) -> int:
    """Write to those of `to` who are of the group, live and have an address; returns how many.

    `language` is the text's, that of the course's texts unless it is told. `key` is the form's own
    number: the same form twice is one message. The log says how many were written to, not what.
    """
    require_run(by, offering.course)
    text = text.strip()
    if not text:
        raise ValidationError({"text": _("Write something.")})
    if len(text) > LONGEST:
        raise ValidationError({"text": _("The message is too long.")})
    chosen = offering.signups.live().filter(pk__in=[signup.pk for signup in to]).exclude(email="")
    facts: dict[str, Facts] = {}
    letters = []
    for signup in chosen.order_by("pk"):
        if signup.language not in facts:
            facts[signup.language] = facts_of(offering, signup.language)
        letters.append(
            messages.message(
                signup,
                text,
                number=(key or uuid.uuid4()).hex,
                facts=facts[signup.language],
                offering=offering,
                language=language,
            )
        )
    told = messages.stored(letter.key for letter in letters)
    written = Message.objects.bulk_create(each for each in letters if each.key not in told)
    if written:
        data = {"people": len(written)}
        log(instance=offering, action="training.message", user=by, data=data)
    return len(written)
