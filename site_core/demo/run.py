"""One run of the seeding: what it knows, and the one road by which it publishes a page."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from wagtail.models import Locale, Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from site_core.demo.content import SAMI, page_keys
from site_core.pages.models import BasePage
from site_core.taxonomy.models import LifeSituation, Municipality, TargetGroup, Theme

VOCABULARIES = {
    "municipality": Municipality,
    "life_situation": LifeSituation,
    "target_group": TargetGroup,
    "theme": Theme,
}


class Run:
    """The day of seeding, the pages that exist, and the vocabularies by code."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.made = 0
        self.concepts = {
            name: dict(model.objects.values_list("code", "pk"))
            for name, model in VOCABULARIES.items()
        }
        self._locales = {each.language_code: each for each in Locale.objects.all()}
        pages = Page.objects.filter(translation_key__in=page_keys())
        self._existing = set(pages.values_list("translation_key", "locale__language_code"))

    def lacks(self, key: UUID, language: str) -> bool:
        """Whether there is no page of this key in the language."""
        return (key, language) not in self._existing

    def publish(self, parent: Page, page: BasePage, *, key: UUID, language: str) -> None:
        """Add a page below its parent and publish it."""
        self.add(parent, page, key=key, language=language)
        self.publish_draft(page)

    def add(self, parent: Page, page: BasePage, *, key: UUID, language: str) -> None:
        """Add a page below its parent, as a draft."""
        page.locale, page.translation_key, page.live = self._locales[language], key, False
        if language in SAMI:
            page.reviewed_by_speaker = BasePage.Review.NO
        with disable_reference_index_auto_update():
            parent.add_child(instance=page)

    def publish_draft(self, page: BasePage) -> None:
        """Publish a page that is in the tree already, by a revision as an editor does.

        Wagtail would index the page's references again after each of its rows; once is enough.
        """
        with disable_reference_index_auto_update():
            page.save_revision().publish()
        ReferenceIndex.create_or_update_for_object(page)
        self.made += 1

    def link(self, page: BasePage, relation: str, codes: Iterable[str]) -> None:
        """Link concepts to a page through its child rows. KeyError for a code that is unknown."""
        manager = getattr(page, f"{relation}_links")
        pks = self.concepts[relation]
        manager.set(
            [
                manager.model(**{f"{relation}_id": pks[code]}, sort_order=order)
                for order, code in enumerate(codes)
            ]
        )
