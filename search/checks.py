"""System checks: no page type outside the published entry, no Finnish search without Voikko."""

from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register

from search.analysis.finnish import INSTALL_HINT, finnish_rung
from site_core.pages.models import BasePage

from .entries.kinds import KINDS


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
