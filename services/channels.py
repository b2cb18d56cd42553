"""What pages ask of their channels: the entry's form of them, and that a secret place stays so."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.blocks import StreamBlockValidationError, StreamValue, StructBlockValidationError

from services.addresses import find_street_address
from services.blocks.parts import ADDRESS_FIELDS


def as_channels(channels: StreamValue, language: str) -> list[dict[str, Any]]:
    """Return a stream of channels as the published entry keeps them; block ids are their ids."""
    return [block.value.as_channel(language, block.id) for block in channels]


def refuse_addresses(channels: StreamValue) -> None:
    """Raise the stream's own validation error, at the field, if a channel tells an address.

    For a confidential service: what is not stored cannot leak through revisions, translations or
    backups. Channels without any address pass.
    """
    faults = {}
    for index, block in enumerate(channels):
        if fault := _fault_of(block):
            faults[index] = fault
    if faults:
        raise StreamBlockValidationError(block_errors=faults)


def confidential_faults(
    channels: StreamValue, prose: Mapping[str, str]
) -> dict[str, ValidationError]:
    """Return what tells the address of a confidential service, by field; empty when nothing does.

    `prose` holds the page's other texts by field; markup in them is passed over.
    """
    faults: dict[str, ValidationError] = {}
    try:
        refuse_addresses(channels)
    except StreamBlockValidationError as fault:
        faults["channels"] = fault
    for name, text in prose.items():
        if found := find_street_address(strip_tags(text)):
            faults[name] = _address_in_text(found)
    return faults


def _fault_of(block: StreamValue.StreamChild) -> StructBlockValidationError | None:
    filled = [name for name in ADDRESS_FIELDS if block.value.get(name)]
    if filled:
        words = _("A confidential place has no address here; say how to make contact instead.")
        return StructBlockValidationError(
            {name: ValidationError(words, code="confidential_address") for name in filled}
        )
    for name, child in block.block.child_blocks.items():
        for text in _texts(child.get_prep_value(block.value.get(name))):
            if found := find_street_address(text):
                return StructBlockValidationError(non_block_errors=[_address_in_text(found)])
    return None


def _texts(value: Any) -> Iterator[str]:
    """Yield every string inside JSON data, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _address_in_text(found: str) -> ValidationError:
    return ValidationError(
        _("“%(found)s” reads like an address; a confidential place has none here."),
        code="confidential_address",
        params={"found": found},
    )
