"""The style page: every component in every state, for whoever builds. Development only."""

from types import SimpleNamespace

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from site_core.languages.fallback import Phrase, say
from site_core.languages.registry import LANGUAGES
from site_core.languages.switcher import SwitcherItem
from site_core.pages import icons
from site_core.pages.detail import detail

from .look_samples import LONG, NOW, samples


@require_safe
def look(request: HttpRequest) -> HttpResponse:
    """All components with sample data in the language of the address; 404 unless `STYLE_PAGE`."""
    if not settings.STYLE_PAGE:
        raise Http404
    language = request.LANGUAGE_CODE
    shown = samples()
    options = [
        SimpleNamespace(code="one", label=Phrase("Inari", None), count=12, chosen=True),
        SimpleNamespace(code="two", label=Phrase(LONG, "fi"), count=1, chosen=False),
    ]
    name = Phrase("Kunta", "fi")
    context = {
        "now": NOW,
        "noindex": True,
        "page_title": "Look",
        "switcher": [
            SwitcherItem(code, known.own_name, f"/{code}/_look/", code == language)
            for code, known in LANGUAGES.items()
        ],
        "breadcrumbs": [(say("Home"), f"/{language}/")],
        "entries": [entry for _state, entry in shown],
        "details": [(state, detail(entry, language, NOW)) for state, entry in shown],
        "chips": [{"label": option.label, "url": "#"} for option in options],
        "facets": [
            SimpleNamespace(name="region", label=name, select=True, chosen=1, options=options),
            SimpleNamespace(name="theme", label=name, select=False, chosen=1, options=options),
        ],
        "numbered": [{"number": 1, "url": "#"}, {"number": None}, {"number": 9, "url": ""}],
        "tags": [Phrase(LONG, "fi"), say("Free of charge")],
        "icons": sorted(icons.ICONS),
    }
    return render(request, "portal/look.html", context)
