"""The vocabularies: one row per concept, with a stable code and a label per language.

Concepts are not translated page by page: wagtail-localize overwrites hand-made translations of
snippets and never syncs many-to-many additions, so pages of every language point to the same
row. Public addresses, entries and facets hold the code; labels may change freely.
"""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from site_core.languages.fallback import label_phrase

CODE_PATTERN = r"^[a-z0-9]+([_-][a-z0-9]+)*$"


class ConceptQuerySet(models.QuerySet):
    """Questions that every vocabulary answers."""

    def active(self):
        """Concepts that may be chosen and shown."""
        return self.filter(is_active=True)

    def with_codes(self, codes):
        """The concepts whose code is among the given ones; unknown codes are passed over."""
        return self.filter(code__in=list(codes))


class Concept(models.Model):
    """What all vocabularies share.

    ``labels`` maps a language code to the text. ``label_sources`` maps a language code to
    ``{"source": str, "verified": bool}``: where the label comes from and whether a second,
    independent source agrees. ``loaded`` holds all values as the data file last gave them, so that
    a later load can tell an editor's work from its own; it is empty for a concept that an editor
    added. ``national_codes`` maps the name of a national list to the codes in it that this
    concept answers to.
    """

    code = models.CharField(
        _("code"),
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(
                CODE_PATTERN, _("Use small letters a to z, digits, hyphens and underscores only.")
            )
        ],
        help_text=_("Stands in addresses and in other systems, so it cannot be changed later."),
    )
    labels = models.JSONField(_("labels"), default=dict)
    label_sources = models.JSONField(_("sources of the labels"), default=dict, blank=True)
    loaded = models.JSONField(default=dict, blank=True, editable=False)
    national_codes = models.JSONField(_("codes in national lists"), default=dict, blank=True)
    position = models.PositiveIntegerField(
        _("position"), default=0, help_text=_("Small numbers come first in lists.")
    )
    is_active = models.BooleanField(
        _("in use"),
        default=True,
        help_text=_("When this is off, the term can no longer be chosen or filtered by."),
    )

    objects = ConceptQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return label_phrase(self.labels).text or self.code


class Homeland(models.TextChoices):
    """Whether a municipality lies in the Sámi homeland (Act on the Sámi Parliament, section 4)."""

    YES = "yes", _("In the Sámi homeland")
    PARTLY = "partly", _("Partly in the Sámi homeland")
    NO = "no", _("Outside the Sámi homeland")


class MunicipalityQuerySet(ConceptQuerySet):
    """Questions about where places lie."""

    def neighbours_of(self, code: str):
        """The municipalities of Lapland that share a border with the given one."""
        return self.filter(code__in=self._neighbour_codes(code))

    def near(self, code: str):
        """The given municipality first, then those that share a border with it."""
        return self.filter(code__in=[code, *self._neighbour_codes(code)]).order_by(
            models.Case(models.When(code=code, then=0), default=1), "position", "code"
        )

    def _neighbour_codes(self, code: str) -> list[str]:
        neighbours = self.model._default_manager.filter(code=code).values_list(
            "neighbours", flat=True
        )
        return neighbours.first() or []


class Municipality(Concept):
    """A municipality of Lapland; the code is the three-digit one of Statistics Finland.

    ``seat_lat`` and ``seat_lon`` are WGS 84 degrees of the administrative centre;
    ``neighbours`` lists codes and was worked out from the borders by ``borders.neighbours``.
    """

    seat_name = models.CharField(_("administrative centre"), max_length=100)
    seat_lat = models.FloatField(_("latitude of the centre"))
    seat_lon = models.FloatField(_("longitude of the centre"))
    subregion = models.CharField(_("sub-region"), max_length=40)
    subregion_labels = models.JSONField(_("names of the sub-region"), default=dict, blank=True)
    homeland = models.CharField(
        _("Sámi homeland"), max_length=6, choices=Homeland, default=Homeland.NO
    )
    postal_codes = models.JSONField(_("postal codes"), default=list, blank=True)
    neighbours = models.JSONField(_("neighbouring municipalities"), default=list, blank=True)
    business_id = models.CharField(_("business ID"), max_length=9, blank=True)

    objects = MunicipalityQuerySet.as_manager()

    class Meta(Concept.Meta):
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")


class LifeSituation(Concept):
    """A situation in life in a resident's own words: the label is an everyday sentence."""

    icon = models.CharField(_("icon"), max_length=30, default="info")

    class Meta(Concept.Meta):
        verbose_name = _("life situation")
        verbose_name_plural = _("life situations")


class TargetGroup(Concept):
    """Whom a service is meant for."""

    class Meta(Concept.Meta):
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")


class Theme(Concept):
    """What a service is about."""

    icon = models.CharField(_("icon"), max_length=30, default="info")

    class Meta(Concept.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class ChannelAction(models.TextChoices):
    """What a person does first to use a channel; decides the button a page shows."""

    OPEN = "open", _("Opens a web address")
    CALL = "call", _("Calls a number")
    TEXT = "text", _("Sends a text message")
    WRITE = "write", _("Writes an e-mail")
    PRINT = "print", _("Downloads and prints a form")
    VISIT = "visit", _("Comes to a place")
    RECEIVE = "receive", _("Receives a visit at home")


class Channel(Concept):
    """A way to use a service. The codes are names of blocks, fixed in code; labels are not."""

    icon = models.CharField(_("icon"), max_length=30, default="info")
    action = models.CharField(
        _("kind of action"), max_length=8, choices=ChannelAction, default=ChannelAction.OPEN
    )

    class Meta(Concept.Meta):
        verbose_name = _("channel")
        verbose_name_plural = _("channels")


class ServiceLanguage(Concept):
    """A language in which people are served, sign language and interpreting among them.

    ``endonym`` is the language's name in itself; ``tag`` the BCP 47 tag for markup (empty for
    interpreting, which is no one language).
    """

    endonym = models.CharField(_("name in the language itself"), max_length=60, blank=True)
    tag = models.CharField(_("language tag"), max_length=12, blank=True)

    class Meta(Concept.Meta):
        verbose_name = _("language of service")
        verbose_name_plural = _("languages of service")
