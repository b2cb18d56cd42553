"""The admin form of a page as an editor fills it in, without a browser."""

from typing import Any

from django.http import QueryDict
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from services.models import ServicePage
from site_core.taxonomy.models import LifeSituation, Municipality, TargetGroup, Theme
from tests.factories.organisations import PersonFactory
from tests.factories.pages import stored

SERVICE: dict[str, Any] = {
    "title": "Neuvonta",
    "slug": "",
    "kind": "service",
    "summary": "Apua arkeen.",
    "short": "Soita meille.",
    "coverage": "all_lapland",
    "audience": "residents",
    "price": "free",
    "channels": [],
    "body": [],
    "occurrences": [],
}
"""What a service needs to be published."""

VOCABULARIES = {
    "municipalities": Municipality,
    "life_situations": LifeSituation,
    "target_groups": TargetGroup,
    "themes": Theme,
}


def posted(**fields: Any) -> dict[str, str]:
    """Fields as a browser sends them: terms by code, streams as pairs of kind and value."""
    data: dict[str, Any] = {}
    for name, value in fields.items():
        if name in VOCABULARIES:
            found = VOCABULARIES[name].objects.in_bulk(value, field_name="code")
            data[name] = [str(found[code].pk) for code in value]
        elif name in {"channels", "body"}:
            data[name] = streamfield(value)
        elif name == "occurrences":
            data[name] = inline_formset(value)
        else:
            data[name] = value
    lists = {name: data.pop(name) for name in VOCABULARIES if name in data}
    return {**nested_form_data(data), **lists}


def form_of(
    page_type: type[Page],
    parent: Page,
    *,
    publish: bool = True,
    page: Page | None = None,
    **fields: Any,
) -> Any:
    """The bound form of a new page below `parent`, or of `page`; as a draft unless `publish`."""
    instance = page or page_type(locale=parent.locale, owner=PersonFactory())
    form = page_type.get_edit_handler().get_form_class()(
        _query(posted(**fields)), instance=instance, parent_page=stored(parent), for_user=None
    )
    if not publish:
        form.defer_required_fields()
    return form


def service_form(parent: Page, *, publish: bool = True, page: Any = None, **changes: Any) -> Any:
    """The form of a service that may be published, but for `changes`."""
    return form_of(ServicePage, parent, publish=publish, page=page, **{**SERVICE, **changes})


def _query(data: dict[str, Any]) -> Any:
    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(name, value if isinstance(value, list) else [str(value)])
    return query
