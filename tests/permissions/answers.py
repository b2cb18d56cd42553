"""What an answer means: the view opened, or the person was kept out."""

from contextlib import contextmanager
from copy import copy
from typing import Any
from urllib.parse import urlsplit

from django.contrib.messages import get_messages
from django.db import transaction
from django.test import Client

FORM = "application/x-www-form-urlencoded"
OPEN, LOG_IN, REFUSED, ABSENT, FAULT = "open", "log-in", "refused", "absent", "fault"


@contextmanager
def undone():
    """What happens inside is undone afterwards, so that one world serves every request."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(client: Client, address: str) -> str:
    """Send one request and say what the answer means; nothing it does remains, not even a log-out.

    A view that takes no GET gets a POST, or a PUT where it takes no POST either.
    """
    cookies = copy(client.cookies)
    try:
        with undone():
            response = client.get(address)
            if response.status_code == 405:
                response = client.post(address)
            if response.status_code == 405:
                response = client.put(address, "value=x", content_type=FORM)
            return meaning(response, address)
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
