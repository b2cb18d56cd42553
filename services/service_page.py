"""ServicePage: a service, a recurring activity, a one-off event or a volunteer task."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from services.blocks import ChannelsBlock
from services.channels import as_channels, confidential_faults
from services.forms import ServicePageForm
from site_core.pages.blocks import BodyBlock
from site_core.pages.body import render_body
from site_core.pages.entry import EntryContent, marked
from site_core.pages.faults import validate_recurrence
from site_core.pages.fields import StreamField
from site_core.pages.links import (
    LifeSituationLink,
    MunicipalityLink,
    TargetGroupLink,
    ThemeLink,
    linked_codes,
)
from site_core.pages.models import BasePage
from site_core.pages.panels import ConceptPanel, text_panel
from site_core.pages.recurrence import Recurrence, next_occurrence


class ServicePage(BasePage):
    """Something a resident or a professional can use, take part in or help with."""

    class Kind(models.TextChoices):
        SERVICE = "service", _("Service")
        ACTIVITY = "activity", _("Recurring activity")
        EVENT = "event", _("One-off event")
        VOLUNTEER = "volunteer", _("Volunteer task")

    class Coverage(models.TextChoices):
        MUNICIPAL = "municipal", _("Certain municipalities")
        ALL_LAPLAND = "all_lapland", _("The whole of Lapland")
        WHOLE_COUNTRY = "whole_country", _("The whole country")
        REMOTE = "remote", _("Remotely, wherever you are")

    class Audience(models.TextChoices):
        RESIDENTS = "residents", _("Residents")
        PROFESSIONALS = "professionals", _("Professionals")

    class Price(models.TextChoices):
        FREE = "free", _("Free of charge")
        PAID = "paid", _("Costs something")

    #: Kinds that happen at a time of their own.
    TIMED_KINDS = frozenset({Kind.ACTIVITY, Kind.EVENT})

    entry_kind = "service"
    required_texts = ("summary", "short")
    page_description = _("A service, an activity, an event or a task for volunteers.")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.SERVICE)
    short = models.CharField(
        _("in short"),
        max_length=300,
        blank=True,
        help_text=_("What a person gets here and how to start, in two or three plain sentences."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("more about it"))
    channels = StreamField(
        ChannelsBlock(),
        blank=True,
        verbose_name=_("ways to use it"),
        help_text=_("Each way with its own action: a number to call, a form to fill in, a link."),
    )
    coverage = models.CharField(
        _("where it is available"), max_length=15, choices=Coverage, default=Coverage.MUNICIPAL
    )
    price = models.CharField(_("price"), max_length=5, choices=Price, default=Price.FREE)
    price_note = models.CharField(
        _("more about the price"),
        max_length=150,
        blank=True,
        help_text=_("For example: a call costs what your own operator charges."),
    )
    service_voucher = models.BooleanField(_("service voucher accepted"), default=False)
    audience = models.CharField(
        _("for whom it is"), max_length=15, choices=Audience, default=Audience.RESIDENTS
    )
    referral_for = models.CharField(_("whom to refer"), max_length=300, blank=True)
    referral_how = models.CharField(_("how to refer"), max_length=300, blank=True)
    referral_reply = models.CharField(
        _("reply time"),
        max_length=100,
        blank=True,
        help_text=_("For example: within two working days."),
    )
    confidential = models.BooleanField(
        _("the place is confidential"),
        default=False,
        help_text=_("A shelter, for instance: no address is kept; say how to make contact."),
    )
    alert = models.CharField(
        _("passing notice"),
        max_length=200,
        blank=True,
        help_text=_("Shown on top for a while, for example: closed this week because of illness."),
    )

    base_form_class = ServicePageForm
    parent_page_types = ["services.OrganisationPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("kind"),
        FieldPanel("summary"),
        text_panel("short"),
        text_panel("alert"),
        FieldPanel("channels"),
        InlinePanel("occurrences", heading=_("Times"), label=_("time")),
        MultiFieldPanel(
            [FieldPanel("coverage"), ConceptPanel("municipalities"), FieldPanel("confidential")],
            heading=_("Where"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("audience"),
                ConceptPanel("life_situations"),
                ConceptPanel("target_groups"),
                ConceptPanel("themes"),
            ],
            heading=_("For whom and about what"),
        ),
        MultiFieldPanel(
            [FieldPanel("price"), FieldPanel("price_note"), FieldPanel("service_voucher")],
            heading=_("Price"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                text_panel("referral_for"),
                text_panel("referral_how"),
                FieldPanel("referral_reply"),
            ],
            heading=_("For professionals who refer clients"),
        ),
        BasePage.picture_panel,
    ]

    class Meta:
        verbose_name = _("service page")
        verbose_name_plural = _("service pages")

    def entry_kind_now(self) -> str:
        return self.kind

    def clean(self) -> None:
        """Refuse an address of a confidential place, in any field that could hold one."""
        super().clean()
        if self.confidential:
            faults = confidential_faults(self.channels, self.prose())
            if faults:
                raise ValidationError(faults)

    def prose(self) -> dict[str, str]:
        names = (
            *("title", "summary", "short", "alert", "price_note", "picture_alt"),
            *("referral_for", "referral_how", "referral_reply"),
        )
        return {**{name: getattr(self, name) for name in names}, "body": render_body(self.body)}

    def get_entry_content(self) -> EntryContent:
        base = super().get_entry_content()
        channels = as_channels(self.channels, self.language)
        municipalities = self.municipal_codes()
        groups = linked_codes(self, "target_group_links", "target_group")
        times = list(self.occurrences.all())
        return EntryContent(
            texts={**base.texts, "short": self.short, "body": render_body(self.body)},
            facets={
                "municipality": municipalities,
                "situation": linked_codes(self, "life_situation_links", "life_situation"),
                "group": groups,
                "theme": linked_codes(self, "theme_links", "theme"),
                "terms": self.terms(channels),
            },
            coverage=self.coverage,
            audience=self.audience,
            channels=channels,
            facts=self.facts(municipalities, groups, times),
            picture=base.picture,
            starts_at=next_start(times),
        )

    def municipal_codes(self) -> list[str]:
        """Codes of the municipalities named, where the coverage is by municipality."""
        if self.coverage != self.Coverage.MUNICIPAL:
            return []
        return linked_codes(self, "municipality_links", "municipality")

    def terms(self, channels: list[dict[str, Any]]) -> list[str]:
        """Conditions a reader filters by."""
        holds = {
            "free": self.price == self.Price.FREE,
            "voucher": self.service_voucher,
            "anonymous": any(channel["anonymous"] for channel in channels),
            "no_sign_in": any(channel["sign_in"] == "none" for channel in channels),
        }
        return [term for term, true in holds.items() if true]

    def facts(
        self, municipalities: list[str], groups: list[str], times: list["Occurrence"]
    ) -> dict[str, Any]:
        """What only a service has; texts carry their language."""
        language = self.language
        referral = {
            "for": marked(self.referral_for, language),
            "how": marked(self.referral_how, language),
            "reply": marked(self.referral_reply, language),
        }
        return {
            "price": self.price,
            "price_note": marked(self.price_note, language),
            "voucher": self.service_voucher,
            "confidential": self.confidential,
            "alert": marked(self.alert, language),
            "municipalities": municipalities,
            "groups": groups,
            "referral": referral if any(referral.values()) else None,
            "occurrences": [time.as_fact() for time in times] or None,
        }


def next_start(times: list["Occurrence"]) -> datetime | None:
    """When it happens next, or when it first happened if all is over; None without times."""
    now = timezone.now()
    coming = [found.starts for time in times if (found := next_occurrence(time.recurrence, now))]
    return min(coming or [time.starts_at for time in times], default=None)


class Occurrence(Orderable):
    """A time at which an activity or event takes place, once or by a rule."""

    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="occurrences")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    rule = models.CharField(
        _("repeats"),
        max_length=200,
        blank=True,
        help_text=_(
            "A recurrence rule with an end, for example FREQ=WEEKLY;BYDAY=WE;UNTIL=20270531. "
            "Empty: once."
        ),
    )

    panels = [FieldPanel("starts_at"), FieldPanel("ends_at"), FieldPanel("rule")]

    class Meta(Orderable.Meta):
        verbose_name = _("time")
        verbose_name_plural = _("times")

    def clean(self) -> None:
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end must come after the start.")})
        if self.rule and self.starts_at and self.ends_at:
            validate_recurrence(self.starts_at, self.ends_at, self.rule)

    @property
    def recurrence(self) -> Recurrence:
        """The times as the pure arithmetic takes them."""
        return Recurrence(self.starts_at, self.ends_at, self.rule)

    def as_fact(self) -> dict[str, Any]:
        """JSON for the entry: start and end in ISO 8601 with zone, and the rule."""
        return {
            "start": self.starts_at.isoformat(),
            "end": self.ends_at.isoformat(),
            "rule": self.rule,
        }


class ServiceMunicipality(MunicipalityLink):
    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="municipality_links")


class ServiceLifeSituation(LifeSituationLink):
    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="life_situation_links")


class ServiceTargetGroup(TargetGroupLink):
    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="target_group_links")


class ServiceTheme(ThemeLink):
    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="theme_links")
