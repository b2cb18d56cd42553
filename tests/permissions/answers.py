"""What an answer means: the view opened, or the person was kept out."""

from contextlib import contextmanager
from copy import copy
from typing import Any
from urllib.parse import urlsplit

from django.contrib.messages import get_messages
from django.db import transaction
from django.test import Client

OPEN, LOG_IN, REFUSED, ABSENT, FAULT = "open", "log-in", "refused", "absent", "fault"


@contextmanager
def undone():
    """What happens inside is undone afterwards, so that one world serves every request."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(client: Client, address: str, method: str = "get") -> str:
    """Send one request and say what the answer means; nothing it does remains, not even a log-out.

    A mistake in a view is FAULT too.
    """
    cookies = copy(client.cookies)
    try:
        with undone():
            return meaning(getattr(client, method)(address), address)
    finally:
        client.cookies = cookies


def meaning(response: Any, address: str) -> str:
    """OPEN, or how the person was kept out; FAULT for an error of the server."""
    status = response.status_code
    if status >= 500:
        return FAULT
    if status in (404, 410):
        return ABSENT
    if status == 403:
        return REFUSED
    if status in (301, 302):
        where = urlsplit(response["Location"]).path
        if where == "/cms/login/" and not address.startswith("/cms/logout/"):
            return LOG_IN
        if where == "/cms/pages/" and address.startswith("/cms/pages/"):
            return REFUSED  # the explorer's way of saying no
        if where == "/cms/" and _is_told_off(response):
            return REFUSED
    return OPEN


def _is_told_off(response: Any) -> bool:
    return any(message.level_tag == "error" for message in get_messages(response.wsgi_request))
