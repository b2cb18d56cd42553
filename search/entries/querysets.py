"""Questions the published entries answer."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Value, When, Window
from django.db.models.functions import Now, RowNumber
from django.utils import timezone

from site_core.languages.registry import LANGUAGES
from site_core.pages.detail import REMOTE_KINDS
from site_core.taxonomy.places import neighbours

from .kinds import listed_kinds
from .prepared import Prepared


def languages_for(reader: str) -> list[str]:
    """All languages in the order that fits a reader: her own, then her fallbacks, then the rest."""
    return list(dict.fromkeys([reader, *LANGUAGES[reader].fallbacks, *LANGUAGES]))


def language_rank(reader: str) -> Case:
    """How well an entry's language fits a reader: its place among `languages_for` her."""
    chain = languages_for(reader)
    return Case(
        *(When(language=code, then=Value(rank)) for rank, code in enumerate(chain)),
        default=Value(len(chain)),
        output_field=IntegerField(),
    )


def filed_under(facet: str, codes: Iterable[str]) -> Exists:
    """Whether an entry is filed under any of the codes of a facet; a condition for filters."""
    rows = apps.get_model("search", "EntryFacet").objects
    return Exists(rows.filter(entry=OuterRef("pk"), facet=facet, code__in=list(codes)))


AT = Prepared(
    lambda entries, path: entries.filter(path=path).order_by("-is_public", "-pk")[:1],
    {"path": "/a/"},
)
VERSIONS = Prepared(
    lambda entries, visible_until, key, organisation_key: (
        entries.public(visible_until)
        .filter(key__in=[key, organisation_key])
        .only("key", "language", "path")
    ),
    {
        "visible_until": datetime(2001, 2, 3, tzinfo=UTC),
        "key": UUID(int=1),
        "organisation_key": UUID(int=2),
    },
)


class EntryQuerySet(models.QuerySet):
    """Chainable; every public read starts with `public()`."""

    def public(self, now: datetime | None = None) -> Self:
        """Entries everyone may see at `now` (an aware time; the clock's when not given)."""
        return self.filter(
            Q(visible_until=None) | Q(visible_until__gt=now or timezone.now()), is_public=True
        )

    def listed(self) -> Self:
        """Entries that lists and search offer; home and index pages are not among them."""
        return self.filter(kind__in=listed_kinds())

    def for_audience(self, audience: str = "residents") -> Self:
        """Entries meant for one audience; professionals' own are kept out unless asked for."""
        return self.filter(audience=audience)

    def shown_in(self, language: str, now: datetime | None = None) -> Self:
        """One entry of each translation group: the public one that fits the reader best."""
        better = (
            self.model.objects.public(now)
            .filter(key=OuterRef("key"))
            .annotate(rank=language_rank(language))
            .filter(rank__lt=OuterRef("rank"))
        )
        return self.annotate(rank=language_rank(language)).filter(
            Q(language=language) | ~Exists(better)
        )

    def best_first(self, language: str) -> Self:
        """The versions of a group in the order that fits the reader."""
        return self.annotate(rank=language_rank(language)).order_by("rank")

    def nearest_to(self, municipality: str) -> Self:
        """With `distance` from a municipality's people, by what serves them there.

        0 what is in it or comes to it, 1 what serves all Lapland, 2 a place in a neighbouring one,
        3 what serves the whole country, 4 a place farther off, 5 what does not serve it. A remote
        channel is always near, and so is what names no place. For no municipality ("") nothing is
        nearer than anything else.
        """
        if not municipality:
            return self.annotate(distance=Value(0, output_field=IntegerField()))
        coverage, rows = self.model.Coverage, apps.get_model("search", "EntryFacet").objects
        here = Q(filed_under("municipality", [municipality]))
        placed = Exists(rows.filter(entry=OuterRef("pk"), facet="place"))
        reaches = (
            ~Q(placed)
            | Q(filed_under("place", [municipality]))
            | Q(filed_under("channel", REMOTE_KINDS))
        )
        next_door = When(here & Q(filed_under("place", neighbours(municipality))), then=2)
        farther = When(here, then=4)
        # What reaches her is asked once: a database reads all places and channels to answer.
        within_reach = Case(
            When(here & Q(coverage=coverage.MUNICIPAL), then=0),
            When(coverage__in=(coverage.ALL_LAPLAND, coverage.REMOTE), then=1),
            next_door,
            When(coverage=coverage.WHOLE_COUNTRY, then=3),
            farther,
            default=5,
        )
        rank = Case(
            When(reaches, then=within_reach),
            next_door,
            farther,
            default=5,
            output_field=IntegerField(),
        )
        return self.annotate(distance=rank)

    def numbered(self, group: models.Expression, order: Iterable[Any]) -> Self:
        """With `group` and `number`, the place in its group in `order`; both can be filtered on.

        So the first few of several groups come in one statement.
        """
        grouped = self.annotate(group=group)
        window = Window(RowNumber(), partition_by=[F("group")], order_by=list(order))
        return grouped.annotate(number=window)

    def at(self, path: str) -> "models.Model | None":
        """The entry at an address: the visible one where a tombstone lies there too."""
        return next(iter(AT(self.model, path=path)), None)

    def versions_of(self, entry: "models.Model", now: datetime) -> list[Any]:
        """What `related_to` finds, with no more than key, language and address."""
        return VERSIONS(
            self.model,
            visible_until=now,
            key=entry.key,
            organisation_key=entry.organisation_key or entry.key,
        )

    def related_to(self, entry: "models.Model", now: datetime | None = None) -> Self:
        """Public versions of an entry's page and of its organisation's, in all languages."""
        keys = [key for key in (entry.key, entry.organisation_key) if key]
        return self.public(now).filter(key__in=keys)

    def waiting(self) -> Self:
        """Entries whose latest version no search engine has acknowledged."""
        return self.exclude(version=F("indexed_version"))

    def settled(self) -> Self:
        """Entries whose latest version a search engine has acknowledged."""
        return self.filter(version=F("indexed_version"))

    def acknowledge(self, version: int) -> int:
        """Note that a search engine holds this version, where it is still the latest."""
        sent = self.filter(version=version).exclude(indexed_version=version)
        return sent.update(indexed_version=version)

    def overtake(self, version: int) -> int:
        """Lift what lies behind a version above it, so that an engine that holds it listens."""
        return self.filter(version__lt=version).update(version=version + 1, waiting_since=Now())

    def wait_again(self) -> int:
        """Forget that a search engine had these entries."""
        return self.exclude(indexed_version=0).update(indexed_version=0, waiting_since=Now())

    def orphans(self) -> Self:
        """Entries that show what has no page any more; there should never be one."""
        return self.filter(page=None, is_public=True)

    def unlisted(self) -> Self:
        """Public entries that the database's search has no row of, and so does not show."""
        return self.filter(is_public=True, listed=None)

    def raise_version(self, **changes: object) -> int:
        """Write changes and raise the version in the same UPDATE, so that none can be missed.

        What was in step waits from now on.
        """
        since = Case(When(version=F("indexed_version"), then=Now()), default=F("waiting_since"))
        return self.update(version=F("version") + 1, waiting_since=since, **changes)
