"""BasePage: the abstract page all page types of the portal extend.

Not Wagtail's swappable base model: that is experimental, and wagtail-localize asks
`isinstance(page, Page)`.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Locale, Page

from site_core.languages.slugs import slug as make_slug
from site_core.moderation.kept import is_kept
from site_core.moderation.publication import is_current
from site_core.organisations.tester import MembershipPermissionTester

from .entry import EntryContent
from .forms import BasePageForm
from .pictures import picture_for_entry
from .projection import is_shown, projector
from .rendering import gone_response, render_page


class BasePage(Page):
    """A page with a published entry.

    `entry_kind` names what the page is among entries; a system check asks every page type for it.
    `required_texts` are fields an original must fill before it is published; a translation may
    leave them empty and then shows the original's, marked with its language. `description_limit`
    says how many characters the running text may have when it is submitted, None for any.
    """

    class Review(models.TextChoices):
        NOT_ASKED = "", _("Not needed")
        NO = "no", _("Not yet read by a speaker of the language")
        YES = "yes", _("Read and approved by a speaker of the language")

    entry_kind: ClassVar[str] = ""
    required_texts: ClassVar[tuple[str, ...]] = ("summary",)
    description_limit: ClassVar[int | None] = 2500

    summary = models.CharField(
        _("summary"),
        max_length=150,
        blank=True,
        help_text=_("One sentence for lists and search results: what it is and for whom."),
    )
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture_alt = models.CharField(
        _("what the picture shows"),
        max_length=250,
        blank=True,
        help_text=_("In this page's language. Left empty, the picture's own description is read."),
    )
    reviewed_by_speaker = models.CharField(
        _("read by a speaker"),
        max_length=3,
        choices=Review,
        default=Review.NOT_ASKED,
        blank=True,
        help_text=_("For a page in a Sámi language: has a speaker of it read the text?"),
    )

    base_form_class = BasePageForm
    picture_panel = MultiFieldPanel(
        [FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")
    )
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("reviewed_by_speaker")], heading=_("Address and review")
        )
    ]

    class Meta:
        abstract = True

    @property
    def language(self) -> str:
        """The code of the language the page is written in."""
        return self.locale.language_code

    @cached_property
    def original(self) -> Page:
        """The page this one is a translation of: the oldest of its group, maybe itself."""
        first = (
            Page.objects.filter(translation_key=self.translation_key, alias_of=None)
            .order_by("pk")
            .first()
        )
        return self if first is None or first.pk == self.pk else first.specific

    @property
    def is_translation(self) -> bool:
        """Whether another page of the group is the original."""
        return self.original is not self

    def entry_kind_now(self) -> str:
        """The kind this very page is; a type whose pages differ in kind overrides it."""
        return self.entry_kind

    def get_entry_content(self) -> EntryContent:
        """What the page's live fields say to the entry; page types extend it."""
        return EntryContent(
            texts={"title": self.title, "summary": self.summary}, picture=self.entry_picture()
        )

    def entry_picture(self) -> dict[str, Any] | None:
        """The picture as the entry keeps it; its copies are made now, not for the first reader."""
        if self.picture is None:
            return None
        return picture_for_entry(self.picture, alt=self.picture_alt, language=self.language)

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> Any:
        """Save the page and its entry in one transaction.

        After a save of named fields the entry is made from the database: `save_revision` makes one
        while the instance holds a draft's text, which must never reach the entry.
        """
        if not is_shown(update_fields):
            return super().save(*args, update_fields=update_fields, **kwargs)
        with transaction.atomic():
            stored = Page.objects.filter(pk=self.pk).values_list("url_path", flat=True).first()
            result = super().save(*args, update_fields=update_fields, **kwargs)
            projector().project(self if update_fields is None else Page.objects.get(pk=self.pk))
            if stored and stored != self.url_path:
                projector().move_paths(self, stored)
        return result

    def save_revision(self, *args: Any, overwrite_revision: Any = None, **kwargs: Any) -> Any:
        """Wagtail's; where a revision must stay as it is, what would overwrite it is a new one."""
        if overwrite_revision is not None and is_kept(self, overwrite_revision):
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    save_revision.alters_data = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Serve under the page's own language only, and only what the one predicate lets through.

        Residents read entries and never come here; editors who are logged in do, and so does
        everyone whom a view restriction has let pass.
        """
        if self.locale.language_code != get_language():
            raise Http404
        if not is_current(self):
            if projector().was_public(self):
                return gone_response(request)
            raise Http404
        return render_page(request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show a draft as the published page would look, in the page's own language.

        Under the public site's policy, but the editor beside it may frame it.
        """
        request.is_preview = True
        with translation.override(self.language):
            response = render_page(request, self)
        patch_cache_control(response, private=True)
        response._csp_replace = {"frame-ancestors": ["'self'"]}
        return response

    def copy_for_translation(
        self,
        locale: Locale,
        copy_parents: bool = False,
        alias: bool = False,
        exclude_fields: Any = None,
    ) -> Page:
        """Copy the page as a draft in another language, with the parents that lack there.

        Wagtail makes aliases of the parents: live pages of that language in the original's words.
        """
        return super().copy_for_translation(
            locale, copy_parents=copy_parents, alias=False, exclude_fields=exclude_fields
        )

    copy_for_translation.alters_data = True

    def permissions_for_user(self, user: Any) -> Any:
        """The tester that derives rights from membership (docs/rights.md)."""
        return MembershipPermissionTester(user, self)

    def _set_core_field_defaults(self) -> None:
        """Make the slug our way where none is given: Django's slugify drops Sámi letters."""
        if not self.slug and (self.path or getattr(self, "_cached_parent_obj", None)):
            slug = make_slug(self.title)
            if slug:
                self.slug = self._get_autogenerated_slug(slug)
        super()._set_core_field_defaults()
