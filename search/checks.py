"""System checks: no page type may stay outside the published entry by oversight."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from site_core.pages.models import BasePage

from .entries.kinds import KINDS


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
