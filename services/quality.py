"""Quality checks of what services' pages have: ways to start, a contact, a secret place."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop
from wagtail.blocks import StreamBlockValidationError

from services.channels import confidential_faults
from services.service_page import ServicePage
from services.service_point_page import ServicePointPage
from site_core.moderation.quality import Finding, quality_check
from site_core.organisations.branches import branch_for_path
from site_core.pages.quality import error

OFFERS = (ServicePage, ServicePointPage)
HUMAN = frozenset(
    {
        *("phone", "sms", "email", "chat", "video"),
        *("in_person", "service_point", "home_visit"),
    }
)
"""Kinds of channel where a person answers."""


@quality_check("channels")
def check_channels(page: Any, path: str) -> Iterator[Finding]:
    """There is a way to start that leads somewhere: a number, an address, a form, a place."""
    if not isinstance(page, OFFERS):
        return
    if not page.channels:
        words = gettext_noop("Add at least one way to use this: a number, an address or a form.")
        yield error("channels", words, code="no_channel")
    elif not _has_way(page):
        words = gettext_noop("None of these ways leads anywhere yet. Fill in a number or address.")
        yield error("channels", words, code="no_action")


@quality_check("contact")
def check_contact(page: Any, path: str) -> Iterator[Finding]:
    """A reader can reach a person: on the page or by its organisation. A volunteer, on the page."""
    branch = branch_for_path(path)
    if branch is None or (isinstance(page, OFFERS) and not _has_way(page)):
        return
    own = _has_human(getattr(page, "channels", ()))
    if isinstance(page, ServicePage) and page.kind == ServicePage.Kind.VOLUNTEER:
        if not own:
            words = gettext_noop("Tell whom a volunteer contacts: a telephone number or e-mail.")
            yield error("channels", words, code="no_contact")
        return
    organisation = branch.organisation
    if own or organisation.phone or organisation.email or _has_human(branch.channels):
        return
    words = gettext_noop(
        "Nobody can be reached. Add a number or e-mail here or on your organisation's page."
    )
    yield error("channels" if hasattr(page, "channels") else "", words, code="no_contact")


@quality_check("confidential")
def check_confidential(page: Any, path: str) -> Iterator[Finding]:
    """A confidential service tells no address, in any field."""
    if not isinstance(page, ServicePage) or not page.confidential:
        return
    words = gettext_noop(
        "A confidential place has no address here; say how to make contact instead."
    )
    for name, fault in confidential_faults(page.channels, page.prose()).items():
        if isinstance(fault, StreamBlockValidationError):
            yield error(name, words, code="confidential_address")
            continue
        yield error(
            name,
            gettext_noop("“%(found)s” reads like an address; a confidential place has none here."),
            _values(fault),
            code="confidential_address",
        )


def _has_way(page: Any) -> bool:
    return any(_leads_somewhere(channel) for channel in page.channels)


def _leads_somewhere(channel: Any) -> bool:
    """Whether a click leads somewhere, or a person can come there; a home visit is asked for."""
    shown, href = channel.value.action()
    return bool(href or shown) or channel.block_type == "home_visit"


def _has_human(channels: Iterable[Any]) -> bool:
    return any(
        channel.block_type in HUMAN and _leads_somewhere(channel) for channel in channels or ()
    )


def _values(fault: ValidationError) -> dict[str, Any]:
    return dict(fault.error_list[0].params or {})
