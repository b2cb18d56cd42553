"""What has to stand above a page before it can be copied into another language.

The organisations' pages belong to a layer above, which registers how to make one.
"""

from collections.abc import Callable

from wagtail.models import Page

ParentMaker = Callable[[Page, str], None]

_makers: list[ParentMaker] = []


def register_parent_maker(maker: ParentMaker) -> None:
    """Have a function called with the page and the language code; harmless when repeated."""
    if maker not in _makers:
        _makers.append(maker)


def make_parents(page: Page, language: str) -> None:
    """Let every registered maker see to the parents of a page in a language."""
    for maker in _makers:
        maker(page, language)
