"""Formats for Swedish: those of Finland."""

from ..finland import *  # noqa: F403
