"""The world of two organisations, for pictures and attachments."""

from tests.organisations.conftest import in_review, tree, world

__all__ = ["in_review", "tree", "world"]
