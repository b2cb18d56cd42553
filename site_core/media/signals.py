"""What others may have to know of a picture."""

from django.dispatch import Signal

picture_changed = Signal()
"""Sent with `picture` after an editor's change: its copies may be gone or cut otherwise."""
