"""The vocabularies in the admin."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from site_core.languages.registry import LANGUAGES
from site_core.taxonomy.forms import LABEL_FIELDS, ConceptForm
from site_core.taxonomy.models import (
    Channel,
    Concept,
    LifeSituation,
    Municipality,
    ServiceLanguage,
    TargetGroup,
    Theme,
)


def _languages(term: Concept) -> str:
    """Codes of the languages that have a label, in the portal's order on every database."""
    return ", ".join(code for code in LANGUAGES if code in term.labels)


class ConceptViewSet(SnippetViewSet):
    """List and form of one vocabulary. ``own_fields`` may be edited, ``fixed_fields`` only read."""

    own_fields: tuple[str, ...] = ()
    fixed_fields: tuple[str, ...] = ()
    icon = "tag"
    copy_view_enabled = False
    list_display = [
        "__str__",
        Column("code", label=_("code")),
        Column("labels", label=_("Languages"), accessor=_languages),
        BooleanColumn("is_active", label=_("in use")),
    ]
    list_filter = ["is_active"]
    ordering = ["position", "code"]

    @cached_property
    def edit_handler(self):
        """The code, one input per language, then the other fields."""
        return ObjectList(
            [
                FieldPanel("code"),
                MultiFieldPanel(
                    [FieldPanel(name) for name in LABEL_FIELDS.values()],
                    heading=_("Wording in each language"),
                    help_text=_(
                        "Leave a language empty if you do not know the word: readers then see "
                        "the best other language, marked as such."
                    ),
                ),
                *(FieldPanel(name) for name in self.own_fields),
                *(FieldPanel(name, read_only=True) for name in self.fixed_fields),
            ],
            base_form_class=ConceptForm,
        )


class MunicipalityViewSet(ConceptViewSet):
    model = Municipality
    fixed_fields = ("seat_name", "homeland", "business_id")


class LifeSituationViewSet(ConceptViewSet):
    model = LifeSituation
    own_fields = ("icon", "position", "is_active")


class TargetGroupViewSet(ConceptViewSet):
    model = TargetGroup
    own_fields = ("position", "is_active")


class ThemeViewSet(ConceptViewSet):
    model = Theme
    own_fields = ("icon", "position", "is_active")


class ChannelViewSet(ConceptViewSet):
    model = Channel
    fixed_fields = ("action",)


class ServiceLanguageViewSet(ConceptViewSet):
    model = ServiceLanguage
    fixed_fields = ("endonym", "tag")


class VocabularyGroup(SnippetViewSetGroup):
    """One menu entry for all vocabularies; people see those they may change."""

    items = (
        LifeSituationViewSet,
        ThemeViewSet,
        TargetGroupViewSet,
        MunicipalityViewSet,
        ChannelViewSet,
        ServiceLanguageViewSet,
    )
    menu_label = _("Vocabularies")
    menu_icon = "tag"
    menu_order = 600
