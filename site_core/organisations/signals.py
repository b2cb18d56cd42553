"""Our own signals, sent inside the transaction of the action that caused them."""

from django.dispatch import Signal

#: An organisation was renamed, suspended or restored. Arguments: `organisation`, `change`.
organisation_changed = Signal()
