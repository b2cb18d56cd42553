"""Finds every msgid in our Python and templates; needs no gettext tools and no set-up Django.

Python is read as a syntax tree, so implicit joins and keyword arguments come out right; templates
by Django's own lexer. Only literal msgids count, as with any gettext.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.template.base import Lexer, TokenType
from django.utils.text import smart_split

from .registry import LANGUAGES

PROJECT = Path(__file__).resolve().parents[2]
PACKAGES = ("site_core", "services", "news", "training", "search")
TEMPLATE_ROOTS = ("templates", *PACKAGES)
TEMPLATE_ENDINGS = (".html", ".txt", ".svg", ".xml")
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

# Positions of context, msgid and plural among the arguments of each function.
_PLAIN, _PLURAL, _CONTEXT, _CONTEXT_PLURAL = (None, 0, None), (None, 0, 1), (0, 1, None), (0, 1, 2)
_FUNCTIONS = {
    "_": _PLAIN,
    "gettext": _PLAIN,
    "gettext_lazy": _PLAIN,
    "gettext_noop": _PLAIN,
    "ngettext": _PLURAL,
    "ngettext_lazy": _PLURAL,
    "pgettext": _CONTEXT,
    "pgettext_lazy": _CONTEXT,
    "npgettext": _CONTEXT_PLURAL,
    "npgettext_lazy": _CONTEXT_PLURAL,
}
# These take context and plural as the keywords `msgctxt` and `plural`.
_SAYING = frozenset({"say", "say_html", "say_text"})
_SAYING_TAGS = frozenset({"say", "say_text", "say_lang", "translate", "trans"})
_BLOCK_TAGS = frozenset({"blocktranslate", "blocktrans"})
_LITERAL = re.compile(r"""^(["'])(?P<text>(?:(?!\1).)*)\1""", re.DOTALL)
_UNDERSCORE = re.compile(r"""\b_\((["'])(?P<text>(?:(?!\1).)*)\1\)""")


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """A msgid with its plural and context, which are empty where there is none."""

    msgid: str
    context: str = ""
    plural: str = ""


class UnreadableTemplateError(ValueError):
    """A template uses a translation tag that we do not read."""


def fixed_messages() -> Iterator[Message]:
    """Msgids that no call names: languages, and the days and months Django lacks in Sámi.

    Months stand a second time under the context that Django's date format `E` asks for.
    """
    for language in LANGUAGES.values():
        yield Message(language.name)
    for day in _DAYS:
        yield Message(day)
    for month in _MONTHS:
        yield Message(month)
        yield Message(month, "alt. month")


def python_messages(source: str, filename: str = "<source>") -> Iterator[Message]:
    """Messages of a Python module."""
    for node in ast.walk(ast.parse(source, filename)):
        if isinstance(node, ast.Call):
            function = node.func
            name = str(getattr(function, "attr", getattr(function, "id", "")))
            message = _call_message(name, node)
            if message and message.msgid:
                yield message


def _call_message(name: str, call: ast.Call) -> Message | None:
    if name in _SAYING:
        named = {keyword.arg: _text(keyword.value) for keyword in call.keywords}
        msgid = _text(call.args[0]) if call.args else ""
        return Message(msgid, named.get("msgctxt", ""), named.get("plural", ""))
    if name in _FUNCTIONS:
        context, msgid, plural = (
            _text(call.args[place]) if place is not None and place < len(call.args) else ""
            for place in _FUNCTIONS[name]
        )
        return Message(msgid, context, plural)
    return None


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def template_messages(source: str, filename: str = "<template>") -> Iterator[Message]:
    """Messages of a template. Raises UnreadableTemplateError for `{% blocktranslate %}`."""
    for token in Lexer(source).tokenize():
        if token.token_type not in (TokenType.BLOCK, TokenType.VAR):
            continue
        for match in _UNDERSCORE.finditer(token.contents):
            yield Message(match["text"])
        if token.token_type != TokenType.BLOCK:
            continue
        tag, *bits = smart_split(token.contents) if token.contents else [""]
        if tag in _BLOCK_TAGS:
            raise UnreadableTemplateError(f"{filename}:{token.lineno}: use {{% say %}}, not {tag}")
        if tag in _SAYING_TAGS and bits:
            message = _tag_message(bits)
            if message.msgid:
                yield message


def _tag_message(bits: list[str]) -> Message:
    named = {}
    for number, bit in enumerate(bits):
        key, equals, value = bit.partition("=")
        if equals and key in ("plural", "msgctxt"):
            named[key] = _literal(value)
        elif bit == "context" and number + 1 < len(bits):  # Django's own {% translate %}
            named["msgctxt"] = _literal(bits[number + 1])
    return Message(_literal(bits[0]), named.get("msgctxt", ""), named.get("plural", ""))


def _literal(bit: str) -> str:
    match = _LITERAL.match(bit)
    return match["text"] if match else ""


def _files(root: Path, folders: Iterable[str], endings: tuple[str, ...]) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in endings and path.is_file():
                yield path


def all_messages(root: Path = PROJECT) -> list[Message]:
    """Every message of the project, sorted; one that is used with and without plural keeps it."""
    found: dict[tuple[str, str], Message] = {}
    for message in (*fixed_messages(), *_messages_in_files(root)):
        key = (message.msgid, message.context)
        if key not in found or message.plural:
            found[key] = message
    return sorted(found.values())


def _messages_in_files(root: Path) -> Iterator[Message]:
    for path in _files(root, PACKAGES, (".py",)):
        yield from python_messages(path.read_text("utf-8"), str(path))
    for path in _files(root, TEMPLATE_ROOTS, TEMPLATE_ENDINGS):
        yield from template_messages(path.read_text("utf-8"), str(path))
