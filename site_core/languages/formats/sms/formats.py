"""Formats for Skolt Sámi: those of Finland."""

from site_core.languages.formats.finland import *  # noqa: F403
