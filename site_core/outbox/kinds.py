"""The kinds of mail: a registry that the apps fill at start-up."""

from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class MessageKind:
    """One kind of mail: its code and the folder of its `subject.txt`, `body.txt`, `body.html`.

    `keeps_body=False` for mail whose link lets its reader act, such as a new password: its text is
    never shown to operators and erased as soon as it is sent.
    """

    code: str
    templates: str
    keeps_body: bool = True


KINDS: dict[str, MessageKind] = {}


def register_kind(kind: MessageKind) -> MessageKind:
    """Make a kind known; a code used twice is a programming error."""
    if KINDS.get(kind.code, kind) != kind:
        raise ImproperlyConfigured(f"The kind of mail {kind.code!r} is registered already.")
    KINDS[kind.code] = kind
    return kind


def kind_of(code: str) -> MessageKind:
    """The kind with a code; raises ImproperlyConfigured where nobody registered it."""
    try:
        return KINDS[code]
    except KeyError:
        raise ImproperlyConfigured(f"No kind of mail {code!r} is registered.") from None
