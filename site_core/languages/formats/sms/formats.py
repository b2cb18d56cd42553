"""Formats for Skolt Sámi: those of Finland."""

from ..finland import *  # noqa: F403
