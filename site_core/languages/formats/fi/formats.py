"""Formats for Finnish: those of Finland."""

from ..finland import *  # noqa: F403
