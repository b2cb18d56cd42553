"""What is kept of a person, and for how long."""

from datetime import timedelta

import pytest
from django.utils import timezone

from site_core.desk.onboarding import actions
from site_core.desk.onboarding.clock import purge_applications
from site_core.desk.onboarding.models import Application
from tests.desk.onboarding.joining import application, waiting

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CANARIES = ("Aino", "Joki", "aino@example.org", "Kahvihetki", "Salaisuus")


def kept(days: float) -> list[str]:
    """States of the applications that are there so many days later."""
    purge_applications(timezone.now() + days * DAY)
    return list(Application.objects.values_list("state", flat=True))


def test_what_nobody_confirms_is_deleted_after_a_fortnight():
    application()
    assert kept(13.9) == ["unconfirmed"]
    assert kept(14.1) == []


def test_what_waits_for_a_moderator_stays():
    waiting()
    assert kept(400) == ["waiting"]


def test_what_is_never_answered_is_deleted(moderator):
    sent = waiting()
    actions.ask_more(sent, "Mikä?", by=moderator, seen=sent.version)
    assert kept(89) == ["asked"]
    assert kept(91) == []


@pytest.mark.leak
def test_a_decided_one_forgets_the_person(moderator):
    sent = waiting(name="Väki ry")
    actions.reject(sent, "other", "Salaisuus", by=moderator, seen=sent.version)
    assert kept(89) == ["rejected"]
    assert all(word in str(Application.objects.values().get()) for word in CANARIES)
    assert kept(91) == ["rejected"]
    assert not any(word in str(Application.objects.values().get()) for word in CANARIES)
    assert kept(92) == ["rejected"]
