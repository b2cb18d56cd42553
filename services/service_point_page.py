"""ServicePointPage: a place with devices and a helper, where remote services are used."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from services.blocks import ChannelsBlock
from services.channels import as_channels
from services.point_words import ACCESS, DEVICES, HELP
from site_core.pages.blocks import BodyBlock
from site_core.pages.body import render_body
from site_core.pages.codes import CodesField
from site_core.pages.entry import EntryContent, marked
from site_core.pages.fields import StreamField
from site_core.pages.models import BasePage
from site_core.pages.panels import text_panel
from site_core.taxonomy.models import Municipality


class ServicePointPage(BasePage):
    """A point that one visits to use remote services with help; always free of charge."""

    entry_kind = "service_point"
    required_texts = ("summary", "short")
    page_description = _("A point with devices and a helper, where remote services are used.")

    short = models.CharField(
        _("in short"),
        max_length=300,
        blank=True,
        help_text=_("What one can do here and how to start, in two or three plain sentences."),
    )
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("municipality"), on_delete=models.PROTECT, related_name="+"
    )
    channels = StreamField(
        ChannelsBlock(),
        blank=True,
        verbose_name=_("booking and visiting"),
        help_text=_("A number or form to book with; “In person” holds the address and the hours."),
    )
    how_to_book = models.CharField(
        _("how to book"),
        max_length=300,
        blank=True,
        help_text=_("For example: tell which day you come; or no booking is needed."),
    )
    pseudonym_enough = models.BooleanField(
        _("a made-up name is enough"),
        default=False,
        help_text=_("When booking and at the point nobody asks who you are."),
    )
    devices = CodesField(_("devices"), words=DEVICES)
    help_offered = CodesField(_("help offered"), words=HELP)
    access = CodesField(_("accessibility of the premises"), words=ACCESS)
    access_note = models.CharField(
        _("more about accessibility"),
        max_length=300,
        blank=True,
        help_text=_("For example which door to use, and what is difficult."),
    )
    contact_role = models.CharField(
        _("contact person by role"),
        max_length=100,
        blank=True,
        help_text=_("For example: digital adviser. Not a person's name."),
    )
    contact_email = models.EmailField(_("e-mail address"), blank=True)
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(59.0), MaxValueValidator(71.0)],
        help_text=_("WGS 84 degrees. Empty: the municipality's centre is used for distances."),
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(19.0), MaxValueValidator(32.0)],
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("more about it"))

    parent_page_types = ["services.OrganisationPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        text_panel("short"),
        FieldPanel("channels"),
        MultiFieldPanel(
            [text_panel("how_to_book"), FieldPanel("pseudonym_enough")], heading=_("Booking")
        ),
        FieldPanel("devices"),
        FieldPanel("help_offered"),
        MultiFieldPanel(
            [
                FieldPanel("municipality"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                FieldPanel("access"),
                text_panel("access_note"),
            ],
            heading=_("Where"),
        ),
        MultiFieldPanel(
            [FieldPanel("contact_role"), FieldPanel("contact_email")], heading=_("Contact")
        ),
        FieldPanel("body"),
        BasePage.picture_panel,
    ]

    class Meta:
        verbose_name = _("service point page")
        verbose_name_plural = _("service point pages")

    def clean(self) -> None:
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            raise ValidationError({missing: _("Give both coordinates, or neither.")})

    def get_entry_content(self) -> EntryContent:
        base = super().get_entry_content()
        channels = as_channels(self.channels, self.language)
        anonymous = self.pseudonym_enough or any(channel["anonymous"] for channel in channels)
        return EntryContent(
            texts={**base.texts, "short": self.short, "body": render_body(self.body)},
            facets={
                "municipality": [self.municipality.code],
                "channel": ["service_point"],
                "terms": ["free", "anonymous"] if anonymous else ["free"],
            },
            coverage="municipal",
            channels=channels,
            facts=self.facts(),
            picture=base.picture,
        )

    def facts(self) -> dict[str, Any]:
        """What only a service point has; texts carry their language."""
        language = self.language
        at = None if self.latitude is None else [self.latitude, self.longitude]
        return {
            "price": "free",
            "municipalities": [self.municipality.code],
            "at": at,
            "devices": self.devices,
            "help": self.help_offered,
            "booking": marked(self.how_to_book, language),
            "pseudonym": self.pseudonym_enough,
            "access": self.access,
            "access_note": marked(self.access_note, language),
            "contact_role": marked(self.contact_role, language),
            "contact_email": self.contact_email or None,
        }
