"""What every piece of the light form shares: reading from a page, writing to it, losing nothing."""

from typing import Any

from django import forms

from site_core.throttle.forms import writable


class Piece(forms.Form):
    """Some fields of the light form. Nothing is required of a draft; faults are of form only.

    `elsewhere` names parts of the page that the form cannot show, for example a body with
    pictures: their fields are taken out, and writing leaves that part of the page alone.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, page: Any, kind: Any, **kwargs: Any):
        self.page = page
        self.kind = kind
        self.elsewhere: set[str] = set()
        super().__init__(*args, auto_id="f-%s", initial=self.load(page), **kwargs)
        for field in self.fields.values():
            field.required = False
        self.prepare()

    def load(self, page: Any) -> dict[str, Any]:
        """What the page holds now, as initial values."""
        return {}

    def prepare(self) -> None:
        """Fit fields to the page and the kind once they are there."""

    def store(self, page: Any) -> None:
        """Write to the page all that can be kept, faulty or not."""

    def missing(self) -> list[str]:
        """Names of fields that are empty and must not be when the entry is submitted."""
        return []

    def remove(self, *names: str) -> None:
        """Take out fields whose part of the page is shown elsewhere."""
        for name in names:
            self.fields.pop(name, None)

    def text(self, name: str) -> str:
        """The text as it can be kept: cleaned, or as typed where it has a fault."""
        if name in self.cleaned_data:
            return self.cleaned_data[name] or ""
        typed = writable(self[name].data)
        return typed if isinstance(self.fields[name].widget, forms.Textarea) else typed.strip()

    def valid(self, name: str) -> bool:
        """Whether the field is there and what it holds is well-formed."""
        return name in self.fields and name in self.cleaned_data

    def value(self, name: str) -> Any:
        """The value where it is well-formed, else None."""
        return self.cleaned_data.get(name)
