"""The workflow's people and pages, as the tests of moderation have them."""

from tests.moderation.conftest import draft, live, rounds, submitted  # noqa: F401
from tests.organisations.conftest import tree  # noqa: F401
