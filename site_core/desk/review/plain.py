"""Rich text as plain text that hides nothing: a link tells where it leads."""

from collections.abc import Callable, Mapping
from html.parser import HTMLParser

BLOCKS = frozenset({"p", "li", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "hr", "br"})

Target = Callable[[str, str], str]
"""Names what a link inside the portal leads to, from its type ("page", "document") and id."""


def plain_text(html: str, target: Target) -> str:
    """The words of rich text, a line for each paragraph and a dash before each point of a list.

    Formatting is lost, addresses are not: `Kela (https://www.kela.fi)`.
    """
    reader = _Reader(target)
    reader.feed(html or "")
    reader.close()
    lines = "".join(reader.pieces).split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


class _Reader(HTMLParser):
    def __init__(self, target: Target):
        super().__init__(convert_charrefs=True)
        self.target = target
        self.pieces: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in BLOCKS:
            self.pieces.append("\n– " if tag == "li" else "\n")
        elif tag == "a":
            self.links.append(self._address(values))
        elif tag == "embed":
            kind = values.get("embedtype", "")
            self.pieces.append(f" ({values.get('url') or self.target(kind, values.get('id', ''))})")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.pieces.append("\n")
        elif tag == "a" and self.links and (address := self.links.pop()):
            self.pieces.append(f" ({address})")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def _address(self, values: Mapping[str, str]) -> str:
        if values.get("linktype"):
            return self.target(values["linktype"], values.get("id", ""))
        return values.get("href", "")
