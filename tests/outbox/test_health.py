"""What `manage.py check_worker` says about mail."""

from datetime import timedelta

import pytest

from site_core.outbox.actions import retry
from site_core.outbox.health import mail_goes_out
from site_core.outbox.models import Message
from tests.factories.organisations import PersonFactory

from .making import later, note

pytestmark = pytest.mark.django_db
OVERDUE = ["1 mails have waited for more than half an hour."]
State = Message.State


@pytest.mark.parametrize(
    ("state", "due_in", "faults"),
    [
        (State.QUEUED, -29, []),
        (State.QUEUED, -31, OVERDUE),
        (State.SENDING, -31, OVERDUE),
        (State.FAILED, 60, []),
        (State.FAILED, -31, OVERDUE),
        (State.SENT, -31, []),
        (State.DEAD, -31, ["1 mails could not be delivered; see the admin."]),
    ],
)
def test_what_is_overdue_or_given_up_is_told(state, due_in, faults):
    note()
    Message.objects.update(
        state=state, created_at=later(days=-2), next_try_at=later(minutes=due_in)
    )
    assert mail_goes_out() == faults


def test_what_an_operator_tries_again_is_not_late_yet():
    message = note()
    old = later(days=-2)
    Message.objects.update(state=State.DEAD, created_at=old, next_try_at=old + timedelta(hours=1))
    retry(message, by=PersonFactory(is_superuser=True))
    assert mail_goes_out() == []
