"""System checks: no page type outside the published entry, no Finnish search without Voikko, and
a search engine that can be spoken to."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Warning, register

from search.analysis.finnish import INSTALL_HINT, finnish_rung
from site_core.pages.models import BasePage

from .entries.kinds import KINDS

LOOPBACK = ("localhost", "127.0.0.1", "::1")


@register(deploy=True)
def check_finnish_analysis(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Without Voikko Finnish words are found half as well, which no page would show."""
    if finnish_rung() == "voikko":
        return []
    return [
        Warning(
            "Voikko is missing: Finnish compounds and inflected words are found badly.",
            hint=f"{INSTALL_HINT}; then manage.py setup_portal reads all texts again.",
            id="search.W001",
        )
    ]


@register(deploy=True)
def check_engine_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Settings of the engine that contradict each other: no page would show it, for the database
    answers where the engine cannot be spoken to."""
    if not settings.SEARCH_URL:
        hint = "It is made for a few thousand entries. SEARCH_URL names an Elasticsearch."
        return [Info("The database answers residents' searches.", hint=hint, id="search.I001")]
    return [Warning(fault, id="search.W002") for fault in _engine_faults()]


def _engine_faults() -> Iterator[str]:
    address, user, key = (
        urlsplit(settings.SEARCH_URL),
        settings.SEARCH_USER,
        settings.SEARCH_API_KEY,
    )
    if not re.match(r"https://[^/:]+|http://[^/]+:\d", address.geturl()):
        yield "SEARCH_URL must name scheme, host and port: https://search.example.fi:9200"
    if address.username or address.password:
        yield "SEARCH_URL must not hold a password; SEARCH_USER and SEARCH_PASSWORD do."
    if bool(user) != bool(settings.SEARCH_PASSWORD):
        yield "SEARCH_USER and SEARCH_PASSWORD belong together; one of them is empty."
    if user and key:
        yield "SEARCH_API_KEY and SEARCH_USER exclude each other; the key is used."
    if (user or key) and address.scheme == "http" and address.hostname not in LOOPBACK:
        yield "The engine's password travels in the open: SEARCH_URL should be https."
    if settings.SEARCH_CA and address.scheme != "https":
        yield "SEARCH_CA is for an engine behind https; the client refuses it otherwise."
    elif settings.SEARCH_CA and not Path(settings.SEARCH_CA).is_file():
        yield f"SEARCH_CA names no file: {settings.SEARCH_CA}"
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", settings.SEARCH_INDEX):
        yield "SEARCH_INDEX may hold small letters a-z, digits, - and _ only."


@register()
def check_entry_kinds(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every concrete page type names an entry kind that is registered."""
    from wagtail.models import get_page_models

    return [
        Error(
            f"{model.__name__} names the entry kind {model.entry_kind!r}, which nobody registered.",
            hint="Set entry_kind and register it with search.entries.kinds.register_kind().",
            obj=model,
            id="search.E001",
        )
        for model in get_page_models()
        if issubclass(model, BasePage) and model.entry_kind not in KINDS
    ]
