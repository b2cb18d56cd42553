"""Fixtures of sign-ups."""

from tests.organisations.conftest import tree  # noqa: F401 - a fixture
