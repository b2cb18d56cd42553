"""Links in rich text that outlive the address they point to."""

from typing import Any

from django.urls import reverse
from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler


class KeyLinkHandler(PageLinkHandler):
    """Write a link to a page as its key.

    `/<lang>/e/<key>/` leads on to the page in the reader's language while one exists and shows the
    best other version otherwise; a stored path would break when the page moves.
    """

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, Any]) -> str:
        return cls.expand_db_attributes_many([attrs])[0]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        pks = [attrs.get("id") for attrs in attrs_list]
        keys = dict(Page.objects.filter(pk__in=pks).values_list("pk", "translation_key"))
        return [cls._open_tag(keys.get(int(pk)) if pk else None) for pk in pks]

    @staticmethod
    def _open_tag(key: Any) -> str:
        if key is None:
            return "<a>"
        return f'<a href="{escape(reverse("entry", args=[key]))}">'
