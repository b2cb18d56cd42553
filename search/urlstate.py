"""The address of a listing, parsed once: what is asked, filtered, sorted, and which page.

Whatever stands in an address becomes a `SearchState`; nothing raises. What is not understood is
dropped, what is too long is cut. The state serialises to one canonical query string, so links,
caches and canonical addresses agree.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import Protocol, Self
from urllib.parse import urlencode

from .analysis.normalise import clean

LONGEST_QUERY = 200
MOST_WORDS = 12
MOST_CODES = 20
LAST_PAGE = 500

FACETS = (
    "municipality",
    "theme",
    "situation",
    "group",
    "channel",
    "language",
    "kind",
    "terms",
    "organisation",
)
"""Parameters that filter; each may be repeated, which means either of the values."""

SORTS = ("relevance", "nearest", "name", "soonest", "newest")
AUDIENCES = ("residents", "professionals")
TERMS = ("free", "voucher", "anonymous", "no_sign_in")

_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,49}", re.ASCII)


class Parameters(Protocol):
    """A query string as Django's QueryDict gives it."""

    def getlist(self, key: str, /) -> list[str]:
        """All values of a parameter, in order."""


@dataclass(frozen=True)
class SearchState:
    """What one address of the listing means.

    sort: "" lets the listing choose: relevance with a query, nearest without.
    audience: "residents" unless professionals' services are asked for.
    """

    q: str = ""
    municipality: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    situation: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    audience: str = "residents"
    sort: str = ""
    page: int = 1

    @classmethod
    def parse(
        cls, parameters: Parameters, known: Mapping[str, Collection[str]] | None = None
    ) -> Self:
        """Read an address. `known` holds the valid codes of the facets that have a closed list.

        Facets missing from `known` take any code of the right shape.
        """
        closed = {"terms": TERMS, **(known or {})}
        chosen = {facet: _codes(parameters.getlist(facet), closed.get(facet)) for facet in FACETS}
        return cls(
            q=_query(_last(parameters, "q")),
            audience=_choice(_last(parameters, "audience"), AUDIENCES, "residents"),
            sort=_choice(_last(parameters, "sort"), SORTS, ""),
            page=_page(_last(parameters, "page")),
            **chosen,
        )

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """The facets in use with their codes."""
        return {facet: self.codes(facet) for facet in FACETS if self.codes(facet)}

    @property
    def is_filtered(self) -> bool:
        """Whether this is anything but the plain listing: such pages stay out of search engines."""
        return self != type(self)()

    @property
    def order(self) -> str:
        """The sorting in force."""
        fallback = "relevance" if self.q else "nearest"
        return fallback if self.sort in ("", "relevance") else self.sort

    def codes(self, facet: str) -> tuple[str, ...]:
        """The codes chosen in one facet. Raises ValueError for a name that is no facet."""
        if facet not in FACETS:
            raise ValueError(f"{facet!r} is no facet")
        codes: tuple[str, ...] = getattr(self, facet)
        return codes

    def with_(self, **changes: str | int | tuple[str, ...]) -> Self:
        """This state changed; the page goes back to the first unless it is what changes.

        Facets take a tuple of codes. Values are taken as they are: they come from code.
        """
        return replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]

    def adding(self, facet: str, code: str) -> Self:
        """This state with one more code in a facet."""
        return self.with_(**{facet: tuple(sorted({*self.codes(facet), code}))})

    def without(self, facet: str, code: str | None = None) -> Self:
        """This state less one code of a facet, or less the whole facet."""
        left = tuple(kept for kept in self.codes(facet) if code is not None and kept != code)
        return self.with_(**{facet: left})

    def pairs(self) -> list[tuple[str, str]]:
        """Name and value of every parameter that differs from the plain listing, in fixed order."""
        pairs: list[tuple[str, str]] = []
        for name, plain in _PLAIN.items():
            value = getattr(self, name)
            if value == plain:
                continue
            values = value if isinstance(value, tuple) else (value,)
            pairs += [(name, str(one)) for one in values]
        return pairs

    def query_string(self) -> str:
        """The address part after the path: "" or "?q=…"."""
        pairs = self.pairs()
        return "?" + urlencode(pairs) if pairs else ""


_PLAIN = {field.name: field.default for field in fields(SearchState)}
"""The plain listing."""


def _last(parameters: Parameters, name: str) -> str:
    values = parameters.getlist(name)
    return values[-1] if values else ""


def _query(text: str) -> str:
    # Cut before cleaning, so that a 100 KB query costs nothing.
    words = clean(text[: LONGEST_QUERY * 4]).split()[:MOST_WORDS]
    return " ".join(words)[:LONGEST_QUERY].rstrip()


def _codes(values: list[str], valid: Collection[str] | None) -> tuple[str, ...]:
    codes: set[str] = set()
    for value in values[:200]:
        fits = _CODE.fullmatch(value) if valid is None else value in valid
        if fits and len(codes) < MOST_CODES:
            codes.add(value)
    return tuple(sorted(codes))


def _choice(value: str, choices: Collection[str], default: str) -> str:
    return value if value in choices else default


def _page(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= 9):
        return 1
    return min(max(int(value), 1), LAST_PAGE)
