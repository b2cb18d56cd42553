"""System checks on page types."""

from typing import Any

from django.core.checks import CheckMessage, Error, register


@register()
def check_tree_rules(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every page type says what may stand above and below it; without, anything goes anywhere."""
    from wagtail.models import get_page_models

    from .models import BasePage

    return [
        Error(f"{model.__name__} does not state {name}.", obj=model, id="pages.E001")
        for model in get_page_models()
        if issubclass(model, BasePage)
        for name in ("parent_page_types", "subpage_types", "page_description")
        if name not in vars(model)
    ]
