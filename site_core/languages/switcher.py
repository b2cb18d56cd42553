"""The language switcher: always five items, each leading somewhere that exists."""

from collections.abc import Mapping
from dataclasses import dataclass

from .registry import LANGUAGES


@dataclass(frozen=True, slots=True)
class SwitcherItem:
    """One language to switch to; `code` is also the `lang` of its name."""

    code: str
    own_name: str
    url: str
    current: bool


def switcher(
    current: str,
    *,
    versions: Mapping[str, str] | None = None,
    key: str | None = None,
    path: str = "",
    query: str = "",
) -> list[SwitcherItem]:
    """The five items, in the registry's order.

    `versions` maps languages to the paths of the live versions of what is shown. Where one is
    missing, the item leads to the entry with `key` inside the interface of that language, or, for
    a view that exists in every language, to `path` under the other prefix with its `query`; and
    with neither to the home page.
    """
    versions = versions or {}
    return [
        SwitcherItem(
            code=code,
            own_name=language.own_name,
            url=versions.get(code) or _elsewhere(code, key, path, query),
            current=code == current,
        )
        for code, language in LANGUAGES.items()
    ]


def _elsewhere(code: str, key: str | None, path: str, query: str) -> str:
    if key:
        return f"/{code}/e/{key}/"
    _, _, rest = path.lstrip("/").partition("/")
    return f"/{code}/{rest}?{query}" if query else f"/{code}/{rest}"
