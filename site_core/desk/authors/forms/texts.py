"""Name, sentence, what one gets, and the longer text."""

import re
from html import escape, unescape
from typing import Any

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from site_core.desk.authors.forms.base import Piece
from site_core.desk.authors.forms.fields import OneLiner, TextLine, TextLines
from site_core.desk.authors.kinds import EXAMPLES
from site_core.languages.registry import LANGUAGES

TITLE_STORED = 255
MORE = 6000
_PLAIN = re.compile(r"(?:<p[^>]*>(?:[^<]|<br\s*/?>)*</p>\s*)*")
_PARAGRAPH = re.compile(r"<p[^>]*>(.*?)</p>", re.DOTALL)


class Texts(Piece):
    title = TextLine(max_length=100)
    summary = OneLiner(label=_("The same in one sentence"), max_length=150)
    short = OneLiner(label=_("What does a person get, and how does she begin?"), max_length=300)
    more = TextLines(label=_("More about it"), max_length=MORE)

    def load(self, page: Any) -> dict[str, Any]:
        found = super().load(page)
        text = plain_text(page.body)
        if text is None:
            self.elsewhere.add("more")
        title = "" if page.title in untitled() else page.title
        return found | {
            "title": title,
            "summary": page.summary,
            "short": getattr(page, "short", ""),
            "more": text or "",
        }

    def prepare(self) -> None:
        super().prepare()
        self.fields["title"].label = _(self.kind.question)
        if not hasattr(self.page, "short"):
            self.remove("short")
        if "more" in self.elsewhere:
            self.remove("more")
        for name, example in EXAMPLES[self.kind.code].items():
            if name in self.fields:
                self.fields[name].help_text = _(example)
        for name in ("summary", "short"):
            if name in self.fields:
                self.fields[name].widget.attrs = {"rows": 3, "class": "short"}
        if "more" in self.fields:
            self.fields["more"].widget.attrs = {"rows": 8}

    def store(self, page: Any) -> None:
        super().store(page)
        page.title = self.text("title")[:TITLE_STORED] or untitled_in(page.language)
        page.summary = self.text("summary")
        if "short" in self.fields:
            page.short = self.text("short")
        if "more" in self.fields and self.text("more") != (plain_text(page.body) or ""):
            page.body = _body(self.text("more"), page.body)

    def missing(self) -> list[str]:
        wanted = ["title", "summary", "short"] if "short" in self.fields else ["title", "summary"]
        if self.kind.code == "news":
            wanted.append("more")
        return super().missing() + [
            name for name in wanted if name in self.fields and not self.text(name)
        ]

    def clean_title(self) -> str:
        """A name that has been given in no letters is none."""
        title = self.cleaned_data["title"]
        return "" if title in untitled() else title


def untitled_in(language: str) -> str:
    """What a draft is called until it has a name, in the page's language."""
    with override(language):
        return gettext("Untitled")


def untitled() -> set[str]:
    """That name in every language."""
    return {untitled_in(code) for code in LANGUAGES}


def plain_text(body: Any) -> str | None:
    """The body as plain paragraphs, or None where it holds more than these can show."""
    blocks = body.get_prep_value() if body else []
    if not blocks:
        return ""
    if len(blocks) > 1 or blocks[0]["type"] != "paragraph":
        return None
    html = str(blocks[0]["value"] or "")
    if not _PLAIN.fullmatch(html):
        return None
    paragraphs = (re.sub(r"<br\s*/?>", "\n", found) for found in _PARAGRAPH.findall(html))
    return "\n\n".join(unescape(text).strip() for text in paragraphs)


def _body(text: str, before: Any) -> list[dict[str, Any]]:
    """A body of plain paragraphs; the block keeps its id."""
    paragraphs = [each.strip() for each in re.split(r"\n\s*\n", text) if each.strip()]
    if not paragraphs:
        return []
    html = "".join(
        "<p>" + escape(each, quote=False).replace("\n", "<br/>") + "</p>" for each in paragraphs
    )
    blocks = before.get_prep_value() if before else []
    block = {"type": "paragraph", "value": html}
    if blocks and blocks[0].get("id"):
        block["id"] = blocks[0]["id"]
    return [block]
