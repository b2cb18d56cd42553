"""Formats for Northern Sámi: those of Finland."""

from ..finland import *  # noqa: F403
