"""Template tags of the desks: the menu by role, a form's field with its label, hint and fault."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.forms import BoundField, CheckboxSelectMultiple, RadioSelect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_noop

from site_core.desk.access import roles_of
from site_core.desk.onboarding.actions import may_decide
from site_core.languages.fallback import Phrase, say
from site_core.organisations.actions import may_suspend
from training.rights import may_run_some

register = template.Library()


@dataclass(frozen=True, slots=True)
class MenuItem:
    """Where the menu leads; `current` is the value of `aria-current`, or nothing."""

    label: Phrase
    url: str
    current: str


@register.simple_tag(takes_context=True)
def desk_menu(context: template.Context) -> list[MenuItem]:
    """The menu of this person: the desks that are hers."""
    request = context["request"]
    user, roles = request.user, roles_of(request.user)
    items = (
        (roles.member, gettext_noop("My entries"), "desk_entries"),
        (
            roles.trainer or (roles.staff and may_run_some(user)),
            gettext_noop("Courses"),
            "desk_courses",
        ),
        (roles.member, gettext_noop("Members"), "desk_members"),
        (roles.staff, gettext_noop("Waiting for review"), "desk_queue"),
        (roles.staff and may_decide(user), gettext_noop("Applications"), "desk_applications"),
        (roles.staff and may_suspend(user), gettext_noop("Organisations"), "desk_organisations"),
        (roles.member or roles.staff, gettext_noop("Full editor"), "wagtailadmin_home"),
        (user.is_superuser, gettext_noop("Accounts"), "desk_accounts"),
        (user.is_authenticated, gettext_noop("Your log-in"), "desk_second_step"),
    )
    found = []
    for holds, label, name in items:
        if holds:
            url = reverse(name)
            here = request.path == url
            below = not here and url.count("/") > 2 and request.path.startswith(url)
            current = "page" if here else "true" if below else ""
            found.append(MenuItem(say(label), url, current))
    return found


@register.filter
def at(table: Mapping[str, Any] | None, name: str) -> Any:
    """What a table holds under a name, nothing where there is no table."""
    return (table or {}).get(name)


@register.simple_tag
def control(field: BoundField, said: Any = None, advice: Any = None) -> SafeString:
    """A form's control, described by all that is told of it: fault, example, remarks, advice."""
    told = {"fault": field.errors, "hint": field.help_text, "said": said, "advice": advice}
    ids = [f"{field.auto_id}-{name}" for name, words in told.items() if words]
    attrs = {"aria-describedby": " ".join(ids)} if ids else {}
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs={**field.field.widget.attrs, **attrs})


@register.filter
def layout(field: BoundField) -> str:
    """How a field is laid out: "picks" (big choices), "checks" (small ones) or "line"."""
    widget = field.field.widget
    if isinstance(widget, CheckboxSelectMultiple):  # a kind of RadioSelect, in Django
        return "checks"
    return "picks" if isinstance(widget, RadioSelect) else "line"
