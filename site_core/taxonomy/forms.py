"""The form in which editors word a term: one text input per language."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from site_core.languages.registry import LANGUAGES
from site_core.taxonomy.icons import ICONS
from site_core.taxonomy.vocabulary_files import REQUIRED_LANGUAGES

LABEL_FIELDS = {code: f"label_{code}" for code in LANGUAGES}
LONGEST_LABEL = 120
OWN_SOURCE = {"source": "portal", "verified": True}


class BaseConceptForm(WagtailAdminModelForm):
    """Spreads the labels over one field per language and gathers them again.

    The code of an existing term is shown but not taken from the request. A label that the editor
    changes is the portal's own wording from then on, and loads of the data files leave it alone.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["code"].disabled = True
        for language, name in LABEL_FIELDS.items():
            self.initial[name] = self.instance.labels.get(language, "")
            self.fields[name].help_text = _origin(self.instance.label_sources.get(language))
        if "icon" in self.fields:
            self.fields["icon"] = forms.ChoiceField(
                label=self.fields["icon"].label, choices=list(ICONS.items())
            )

    def save(self, commit=True):
        for language, name in LABEL_FIELDS.items():
            text = self.cleaned_data[name]
            if text == self.instance.labels.get(language, ""):
                continue
            if text:
                self.instance.labels[language] = text
                self.instance.label_sources[language] = dict(OWN_SOURCE)
            else:
                self.instance.labels.pop(language, None)
                self.instance.label_sources.pop(language, None)
        return super().save(commit)


def _origin(source: dict | None) -> str:
    """Where a label comes from, in words for the editor; nothing for the portal's own."""
    if not source or source["source"] == OWN_SOURCE["source"]:
        return ""
    if source["verified"]:
        return _("Source: %(source)s.") % {"source": source["source"]}
    return _("Source: %(source)s. Nobody has confirmed this word yet.") % {
        "source": source["source"]
    }


def _label_field(code: str) -> forms.CharField:
    language = LANGUAGES[code]
    return forms.CharField(
        label=language.own_name,
        max_length=LONGEST_LABEL,
        required=code in REQUIRED_LANGUAGES,
        widget=forms.TextInput(attrs={"lang": code}),
    )


# A form class collects its fields when it is made, so the languages' fields go to its maker.
ConceptForm = type(BaseConceptForm)(
    "ConceptForm",
    (BaseConceptForm,),
    {name: _label_field(code) for code, name in LABEL_FIELDS.items()}
    | {"__module__": __name__, "__doc__": BaseConceptForm.__doc__},
)
