"""Fixtures of the portal's tests."""

import pytest
from django.utils import timezone

from tests.factories.pages import ServicePageFactory
from tests.portal.keeping import NOON


@pytest.fixture
def service(portal):
    return ServicePageFactory(title="Talousneuvonta")


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands; `clock.now = …` sets it."""

    class Clock:
        now = NOON

    monkeypatch.setattr(timezone, "now", lambda: Clock.now)
    return Clock
