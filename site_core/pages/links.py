"""Link rows between a page and the concepts it is filed under.

Plain child rows, because wagtail-localize never syncs many-to-many additions to a translation.
Each page type makes its own concrete models with `page = ParentalKey(...)`.
"""

from django.db import models
from wagtail.models import Orderable

from site_core.taxonomy.models import LifeSituation, Municipality, TargetGroup, Theme


class MunicipalityLink(Orderable):
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")

    class Meta(Orderable.Meta):
        abstract = True


class ThemeLink(Orderable):
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")

    class Meta(Orderable.Meta):
        abstract = True


class LifeSituationLink(Orderable):
    life_situation = models.ForeignKey(LifeSituation, on_delete=models.PROTECT, related_name="+")

    class Meta(Orderable.Meta):
        abstract = True


class TargetGroupLink(Orderable):
    target_group = models.ForeignKey(TargetGroup, on_delete=models.PROTECT, related_name="+")

    class Meta(Orderable.Meta):
        abstract = True


def linked_codes(page: models.Model, relation: str, target: str) -> list[str]:
    """The codes a page is filed under, from its live rows or a draft's. At most two queries."""
    ids = [getattr(row, f"{target}_id") for row in getattr(page, relation).all()]
    if not ids:
        return []
    rows = page._meta.get_field(relation).related_model
    concepts = rows._meta.get_field(target).related_model
    codes = dict(concepts.objects.filter(pk__in=ids).values_list("pk", "code"))
    return [codes[pk] for pk in ids]
