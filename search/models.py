"""The published entry: one row per public page per language.

Everything public reads entries and nothing public reads pages, drafts or revisions
(docs/published-entry.md). A row holds codes, never labels, so a renamed theme rewrites nothing.
"""

import uuid
from datetime import date, datetime

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from site_core.organisations.models import Organisation

from .entries.fields import Numbers
from .entries.querysets import EntryQuerySet


class Entry(models.Model):
    """What may be known in public about one page in one language.

    `key` is the page's translation key: the id that is the same in every language. `texts` maps a
    field to `[text, language]`, since a translation shows the original's text where it has none of
    its own. `version` rises with every change and `indexed_version` follows when a search engine
    has acknowledged it; where they differ the entry waits, since `waiting_since`. Rows are never
    deleted: one whose page is gone stays as a tombstone and answers 410.
    """

    class Coverage(models.TextChoices):
        MUNICIPAL = "municipal", _("Certain municipalities")
        ALL_LAPLAND = "all_lapland", _("The whole of Lapland")
        WHOLE_COUNTRY = "whole_country", _("The whole country")
        REMOTE = "remote", _("Remotely, wherever you are")

    class Audience(models.TextChoices):
        RESIDENTS = "residents", _("Residents")
        PROFESSIONALS = "professionals", _("Professionals")

    page = models.OneToOneField(Page, null=True, on_delete=models.SET_NULL, related_name="entry")
    key = models.UUIDField(default=uuid.uuid4)
    language = models.CharField(max_length=5)
    kind = models.CharField(max_length=20)
    path = models.CharField(max_length=800, db_index=True)

    is_public = models.BooleanField(default=False)
    was_public = models.BooleanField(default=False)
    visible_until = models.DateTimeField(null=True, blank=True)
    version = models.BigIntegerField(default=1)
    indexed_version = models.BigIntegerField(default=0)
    waiting_since = models.DateTimeField(db_default=Now(), editable=False)

    title = models.CharField(max_length=255)
    sort_key = models.CharField(max_length=1100, blank=True)
    texts = models.JSONField(default=dict)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.SET_NULL, related_name="entries"
    )
    organisation_name = models.CharField(max_length=255, blank=True)
    organisation_key = models.UUIDField(null=True)
    owner_is_public = True  # not stored: whoever shows the page alone looks (portal/reading.py)
    audience = models.CharField(max_length=15, choices=Audience, default=Audience.RESIDENTS)
    coverage = models.CharField(max_length=15, choices=Coverage, blank=True)
    channels = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    picture = models.JSONField(null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    last_confirmed = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("published entry")
        verbose_name_plural = _("published entries")
        indexes = [
            models.Index(fields=["key", "language"], name="entry_key"),
            models.Index(fields=["kind", "language", "sort_key"], name="entry_listing"),
            models.Index(
                fields=["version"],
                condition=~models.Q(version=models.F("indexed_version")),
                name="entry_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path} v{self.version}"

    def is_visible(self, now: datetime) -> bool:
        """Whether everyone may see it at `now`; what `EntryQuerySet.public` filters on."""
        return self.is_public and (self.visible_until is None or self.visible_until > now)

    @property
    def confirmed(self) -> date | None:
        """The day its owner last vouched for it, else the day it was updated."""
        return self.last_confirmed or (self.updated_at and self.updated_at.date())

    @property
    def municipalities(self) -> list[str]:
        """Codes of the municipalities an entry names itself; empty where coverage is wider."""
        return list(self.facts.get("municipalities") or [])


class EntryFacet(models.Model):
    """One code an entry can be filtered and counted by."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="facet_rows")
    facet = models.CharField(max_length=20)
    code = models.CharField(max_length=50)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "facet", "code"], name="entry_facet_once")
        ]
        indexes = [models.Index(fields=["facet", "code", "entry"], name="entry_facet_code")]

    def __str__(self) -> str:
        return f"{self.facet}={self.code}"


class Code(models.Model):
    """A code of a facet as a number, which is short to store and fast to count. Never deleted."""

    id = models.AutoField(primary_key=True)
    facet = models.CharField(max_length=20)
    code = models.CharField(max_length=50)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "facet"], name="code_once")]

    def __str__(self) -> str:
        return f"{self.facet}={self.code}"


class ListedEntry(models.Model):
    """What the database's search reads of a public entry: narrow, and one look for each.

    It repeats what `Entry` and `EntryFacet` say, and is written with them (`entries.listed`).
    `shown_for` names the languages of the readers who are shown this version of the page, each
    between spaces; `shown_later`, by language, from when on others are, in seconds, since what fits
    them better has expired by then. `confirmed` is the day its owner last vouched for it, else the
    day it was updated. `codes` are numbers of `Code`, `places` those of the facet that is not
    counted but tells near from far; NULL where it names none.
    """

    entry = models.OneToOneField(
        Entry, primary_key=True, on_delete=models.CASCADE, related_name="listed"
    )
    key = models.UUIDField()
    shown_for = models.CharField(max_length=100, blank=True)
    shown_later = models.JSONField(null=True)
    audience = models.CharField(max_length=15)
    coverage = models.CharField(max_length=15, blank=True)
    visible_until = models.DateTimeField(null=True)
    confirmed = models.DateField(null=True)
    starts_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    sort_key = models.CharField(max_length=1100, blank=True)
    codes = Numbers()
    places = Numbers(null=True)

    def __str__(self) -> str:
        return f"{self.entry_id} for{self.shown_for}"
