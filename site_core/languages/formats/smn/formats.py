"""Formats for Inari Sámi: those of Finland."""

from ..finland import *  # noqa: F403
