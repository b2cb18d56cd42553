"""Another time for this process: what would the worker do then?"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Make `timezone.now()` answer `moment`. Changes the whole process: never while serving."""
    with patch("django.utils.timezone.now", return_value=moment):
        yield
