"""The accessibility statement in the form that Act 306/2019 asks for (Decision (EU) 2018/1523)."""

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import CharBlock, ChoiceBlock, DateBlock, StructBlock, TextBlock

from site_core.pages.entry import EntryContent, marked
from site_core.pages.fields import StreamField
from site_core.pages.models import BasePage
from site_core.pages.panels import text_panel

from .home_pages import TopPage

STATEMENT_KEY: Final = UUID("5a6f1e0c-7d0b-4c55-9a53-3b1f0e7d2c84")
"""The key of the one statement: every footer links to it without asking the database."""

REVIEW_EVERY: Final = timedelta(days=365)
REASONS: Final = (
    ("non_compliance", _("Does not yet meet the requirements")),
    ("burden", _("Would be a disproportionate burden")),
    ("out_of_scope", _("Outside the scope of the Act")),
)


class GapBlock(StructBlock):
    """One thing that is not accessible, and what one can do meanwhile."""

    what = TextBlock(label=_("What does not work"), max_length=500)
    criterion = CharBlock(
        label=_("WCAG criterion"),
        required=False,
        max_length=40,
        help_text=_("Its number, for example 1.3.1. Empty if the gap is not about one."),
    )
    reason = ChoiceBlock(label=_("Reason"), choices=REASONS, default="non_compliance")
    alternative = TextBlock(
        label=_("What to do instead"),
        required=False,
        max_length=500,
        help_text=_("How the same is available meanwhile, for example by telephone."),
    )
    mended_by = DateBlock(label=_("Mended by"), required=False)

    class Meta:
        icon = "warning"
        label = _("Gap")
        description = _("Something that is not accessible yet.")
        label_format = "{what}"
        preview_value = {
            "what": "Vanhoista videoista puuttuu tekstitys.",
            "criterion": "1.2.2",
            "reason": "non_compliance",
            "alternative": "Sama asia on tekstinä sivulla.",
            "mended_by": None,
        }


class StatementPage(TopPage):
    """What is accessible, what is not and why, and how to complain; one page for each language.

    Who supervises and how feedback is given stand in the template: they are the same for all.
    """

    class Status(models.TextChoices):
        FULL = "full", _("Fully compliant with the accessibility directive")
        PARTIAL = "partial", _("Partially compliant with the accessibility directive")
        NONE = "none", _("Not compliant with the accessibility directive")

    class Assessed(models.TextChoices):
        SELF = "self", _("Assessed by ourselves")
        EXPERT = "expert", _("Assessed by an outside expert")

    entry_kind = "portal"
    page_description = _("The statement on accessibility that the law asks for.")
    is_creatable = False

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PARTIAL)
    assessed = models.CharField(
        _("how it was assessed"), max_length=10, choices=Assessed, default=Assessed.SELF
    )
    made_on = models.DateField(_("statement made on"))
    reviewed_on = models.DateField(
        _("reviewed on"), help_text=_("Review the statement at least once a year.")
    )
    published_on = models.DateField(
        _("portal published on"), null=True, blank=True, help_text=_("Empty until it is public.")
    )
    provider = models.CharField(
        _("provider"), max_length=255, help_text=_("Who answers for the portal.")
    )
    unit = models.CharField(
        _("responsible unit"),
        max_length=255,
        blank=True,
        help_text=_("Who receives feedback on accessibility."),
    )
    tested = models.TextField(
        _("how it was tested"), blank=True, help_text=_("Say also what was not tested.")
    )
    gaps = StreamField([("gap", GapBlock())], verbose_name=_("gaps"), blank=True)

    parent_page_types = ["portal.HomePage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("status", "assessed", "made_on", "reviewed_on", "published_on")
            ],
            heading=_("Status"),
        ),
        MultiFieldPanel(
            [FieldPanel("provider"), FieldPanel("unit")], heading=_("Who provides the portal")
        ),
        text_panel("tested"),
        FieldPanel("gaps"),
    ]

    class Meta:
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")

    @property
    def review_due_on(self) -> date:
        """The day by which it has to be reviewed again."""
        return self.reviewed_on + REVIEW_EVERY

    def get_entry_content(self) -> EntryContent:
        base = super().get_entry_content()
        return EntryContent(
            texts={**base.texts, "tested": self.tested},
            facts={
                "view": "statement",
                "status": self.status,
                "assessed": self.assessed,
                "made_on": self.made_on.isoformat(),
                "reviewed_on": self.reviewed_on.isoformat(),
                "published_on": self.published_on.isoformat() if self.published_on else None,
                "provider": self.provider,
                "unit": marked(self.unit, self.language),
                "gaps": [self._gap(block.value) for block in self.gaps] or None,
            },
        )

    def _gap(self, gap: Any) -> dict[str, Any]:
        return {
            "what": marked(gap["what"], self.language),
            "criterion": gap["criterion"] or "",
            "reason": gap["reason"],
            "alternative": marked(gap["alternative"] or "", self.language),
            "mended_by": gap["mended_by"].isoformat() if gap["mended_by"] else None,
        }
