"""A search view as Wagtail's documentation shows it, of the same entries on the same engine.

Wagtail's own backend does the work: a client for each search, eight requests a page (the count, the
page, one for each of six facets). Only its index settings differ, for the test distribution knows
no edge n-grams, which nothing here uses.
"""

from __future__ import annotations

from collections import defaultdict
from urllib.parse import urlencode

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from modelsearch import index
from modelsearch.backends.elasticsearch9 import SearchBackend

from search.models import Entry, EntryFacet
from search.urlstate import FACETS
from site_core.urls import handler403, handler404  # noqa: F401
from site_core.urls import urlpatterns as ours

COUNTED = ("municipality", "theme", "situation", "group", "channel", "language")
PAGE = """{% extends "base.html" %}
{% block main %}
  <h1>Search</h1>
  <form action="" method="get"><input name="q" value="{{ query }}"><button>Search</button></form>
  {% for name, counts in facets.items %}
    <h2>{{ name }}</h2>
    <ul>{% for code, count in counts.items %}
      <li><a href="{{ here }}&amp;{{ name }}={{ code }}">{{ code }} ({{ count }})</a></li>
    {% endfor %}</ul>
  {% endfor %}
  <p>{{ page.paginator.count }}</p>
  <ul>{% for entry in page %}
    <li><h4><a href="{{ entry.path }}">{{ entry.title }}</a></h4>{{ entry.summary }}</li>
  {% endfor %}</ul>
  {% if page.has_previous %}
    <a href="{{ here }}&amp;page={{ page.previous_page_number }}">Previous</a>
  {% endif %}
  {% if page.has_next %}
    <a href="{{ here }}&amp;page={{ page.next_page_number }}">Next</a>
  {% endif %}
{% endblock %}
"""


class StockEntry(index.Indexed, Entry):
    """An entry as Wagtail indexes things: one field of text, a filter for each facet."""

    search_fields = [
        index.SearchField("title", boost=2),
        index.SearchField("summary"),
        index.SearchField("body"),
        index.FilterField("language"),
        index.FilterField("is_public"),
        *(index.FilterField(f"facet_{facet}") for facet in FACETS),
    ]

    class Meta:
        proxy = True
        app_label = "search"

    @property
    def summary(self) -> str:
        return self.texts.get("summary", [""])[0]

    @property
    def body(self) -> str:
        return " ".join(text for text, _ in self.texts.values())


for _facet in FACETS:
    _codes = property(lambda entry, facet=_facet: entry.codes.get(facet, []))
    setattr(StockEntry, f"facet_{_facet}", _codes)


class Backend(SearchBackend):
    """Wagtail's, without the analysers that the test distribution lacks."""

    settings = {
        "settings": {"analysis": {"analyzer": {"edgengram_analyzer": {"type": "standard"}}}}
    }


def backend() -> Backend:
    """A backend as `get_search_backend` makes one for each search."""
    prefix = f"{settings.SEARCH_INDEX}-stock-"
    return Backend({"URLS": [settings.SEARCH_URL], "INDEX_PREFIX": prefix, "TIMEOUT": 60})


def fill(chunk: int = 1_000) -> None:
    """Build the stock index of all entries anew."""
    target = backend().get_index_for_model(StockEntry)
    target.reset()
    target.add_model(StockEntry)
    ids = list(Entry.objects.values_list("pk", flat=True))
    for start in range(0, len(ids), chunk):
        rows = StockEntry.objects.in_bulk(ids[start : start + chunk])
        codes: dict[int, dict[str, list[str]]] = {pk: defaultdict(list) for pk in rows}
        for facet in EntryFacet.objects.filter(entry__in=rows):
            codes[facet.entry_id][facet.facet].append(facet.code)
        for pk, entry in rows.items():
            entry.codes = codes[pk]
        target.add_items(StockEntry, rows.values())
    target.refresh()


def search(request: HttpRequest) -> HttpResponse:
    """The whole view."""
    query = request.GET.get("q", "")
    entries = StockEntry.objects.filter(is_public=True, language="fi")
    results = backend().search(query, entries, operator="or")
    facets = {facet: results.facet(f"facet_{facet}") for facet in COUNTED}
    page = Paginator(results, 20).get_page(request.GET.get("page"))
    context = {
        "query": query,
        "here": f"?{urlencode({'q': query})}",
        "facets": facets,
        "page": page,
        "page_title": "Search",
    }
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


urlpatterns = [*i18n_patterns(path("stock-search/", search)), *ours]
