"""What the form of a page asks for, when, and what it makes of slugs and vocabularies."""

import pytest
from wagtail.models import Locale

from news.models import NewsPage
from services.models import OrganisationPage, ServicePage
from site_core.pages.panels import ConceptComparison
from site_core.taxonomy.models import Municipality, Theme
from tests.factories.pages import (
    NewsPageFactory,
    OrganisationPageFactory,
    ServicePageFactory,
    TrainingPageFactory,
)
from tests.pages.editing import form_of, service_form


@pytest.fixture
def home(portal) -> OrganisationPage:
    return OrganisationPageFactory()


@pytest.mark.parametrize(
    ("changes", "at_publishing", "as_draft"),
    [
        ({}, set(), set()),
        ({"summary": ""}, {"summary"}, set()),
        ({"short": ""}, {"short"}, set()),
        ({"summary": "  "}, {"summary"}, set()),
        ({"title": ""}, {"title"}, {"title"}),
        ({"summary": "a" * 151}, {"summary"}, {"summary"}),
        ({"short": "a" * 301}, {"short"}, {"short"}),
        ({"coverage": "municipal"}, {"municipalities"}, set()),
        ({"coverage": "municipal", "municipalities": ["732"]}, set(), set()),
        ({"coverage": "remote", "municipalities": ["732"]}, {"municipalities"}, set()),
        ({"coverage": "everywhere"}, {"coverage"}, {"coverage"}),
        ({"confidential": "on"}, set(), set()),
        ({"confidential": "on", "short": "Rovakatu 3 A 4"}, {"short"}, {"short"}),
        ({"slug": "search"}, set(), set()),
    ],
)
def test_what_publishing_asks_and_a_draft_does_not(home, changes, at_publishing, as_draft):
    assert set(service_form(home, **changes).errors) == at_publishing
    assert set(service_form(home, publish=False, **changes).errors) == as_draft


def test_a_translation_may_leave_texts_to_its_original(home):
    service = ServicePageFactory(parent=home)
    swedish = service.copy_for_translation(
        Locale.objects.get(language_code="sv"), copy_parents=True
    )
    empty = {"title": "Rådgivning", "summary": "", "short": ""}
    assert service_form(swedish.get_parent(), page=swedish, **empty).is_valid()
    assert set(service_form(home, page=service, **empty).errors) == {"summary", "short"}


@pytest.mark.parametrize(
    ("title", "sent", "slug"),
    [
        ("Ođđa bálvalus ŋ", "oa-balvalus", "odda-balvalus-ng"),
        ("Ođđa bálvalus ŋ", "", "odda-balvalus-ng"),
        ("Äänekäs yö", "aanekas-yo", "aanekas-yo"),
        ("Neuvonta", "oma-osoite", "oma-osoite"),
        ("Neuvonta", "neuvonta", "neuvonta-2"),
        ("!!!", "oma", "oma"),
        ("!!!", "", "page"),
    ],
)
def test_the_slug_follows_the_title_unless_a_person_typed_one(home, title, sent, slug):
    ServicePageFactory(parent=home, title="Neuvonta")
    form = service_form(home, title=title, slug=sent)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["slug"] == slug


def test_a_typed_slug_that_is_taken_is_refused(home):
    ServicePageFactory(parent=home, title="Neuvonta")
    assert set(service_form(home, title="Muu", slug="neuvonta").errors) == {"slug"}


def test_the_slug_follows_a_draft_and_stays_with_what_was_published(home):
    service = ServicePageFactory(parent=home, title="Vanha nimi", live=False)
    form = service_form(home, page=service, title="Uusi nimi", slug=service.slug)
    assert form.is_valid()
    assert form.cleaned_data["slug"] == "uusi-nimi"
    typed = service_form(home, page=service, title="Kolmas nimi", slug="oma")
    assert typed.is_valid()
    assert typed.cleaned_data["slug"] == "oma"
    published = ServicePageFactory(parent=home, title="Ođđa")
    published.slug = "oa"
    published.save()
    kept = service_form(home, page=published, title="Ođđa", slug="oa")
    assert kept.is_valid()
    assert kept.cleaned_data["slug"] == "oa"


@pytest.mark.parametrize("sent", ["neuvonta", "neuvonta-1", "radgivning", ""])
def test_a_translation_takes_its_slug_from_its_own_title(home, sent):
    service = ServicePageFactory(parent=home, title="Neuvonta")
    swedish = service.copy_for_translation(
        Locale.objects.get(language_code="sv"), copy_parents=True
    )
    form = service_form(swedish.get_parent(), page=swedish, title="Rådgivning", slug=sent)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["slug"] == "radgivning"


def test_the_form_stores_terms_and_leaves_rows_that_stay(home):
    form = service_form(home, coverage="municipal", municipalities=["732", "148"])
    assert form.is_valid(), form.errors
    page = home.add_child(instance=form.save(commit=False))
    page = ServicePage.objects.get(pk=page.pk)
    assert codes(page) == ["148", "732"]
    kept = page.municipality_links.get(municipality__code="732").pk
    form = service_form(home, page=page, coverage="municipal", municipalities=["732", "240"])
    assert form.initial["municipalities"] == form.fields["municipalities"].chosen(page)
    assert form.is_valid()
    form.save()
    page = ServicePage.objects.get(pk=page.pk)
    assert sorted(codes(page)) == ["240", "732"]
    assert page.municipality_links.get(municipality__code="732").pk == kept


def codes(page) -> list[str]:
    return [row.municipality.code for row in page.municipality_links.all()]


def test_a_term_out_of_use_is_offered_only_where_it_is_chosen(home):
    service = ServicePageFactory(parent=home, municipalities=["732"])
    Municipality.objects.filter(code__in=["732", "148"]).update(is_active=False)
    offered = service_form(home, page=service).fields["municipalities"].queryset
    assert "732" in offered.values_list("code", flat=True)
    assert "148" not in offered.values_list("code", flat=True)
    refused = service_form(home, coverage="municipal", municipalities=["148"])
    assert set(refused.errors) == {"municipalities"}


@pytest.mark.parametrize(
    ("factory", "fields"),
    [
        (ServicePageFactory, ["municipalities", "life_situations", "target_groups", "themes"]),
        (NewsPageFactory, ["themes", "municipalities"]),
        (TrainingPageFactory, ["themes", "target_groups"]),
    ],
)
def test_a_moderator_sees_which_terms_changed(home, factory, fields):
    page = factory(parent=home)
    panel = page.get_edit_handler().get_bound_panel(instance=page, request=None, form=None)
    compared = [part for part in panel.get_comparison() if part.func is ConceptComparison]
    assert len(compared) == len(fields)


def test_a_comparison_names_what_was_added_and_removed(home):
    before = ServicePageFactory(parent=home, themes=["violence"])
    after = ServicePageFactory(parent=home, themes=["health"])
    field = ServicePage.base_form_class.declared_fields["themes"]
    told = ConceptComparison(field, before, after)
    assert told.has_changed()
    removed, added = (str(Theme.objects.get(code=code)) for code in ("violence", "health"))
    assert f'<span class="deletion">{removed}</span>' in told.htmldiff()
    assert f'<span class="addition">{added}</span>' in told.htmldiff()
    assert not ConceptComparison(field, before, before).has_changed()


def test_a_news_item_needs_a_summary_when_it_is_published(home):
    news = {"title": "Uutinen", "slug": "", "date": "2026-11-25", "body": [], "summary": ""}
    assert set(form_of(NewsPage, home, **news).errors) == {"summary"}
    assert form_of(NewsPage, home, publish=False, **news).is_valid()
    assert form_of(NewsPage, home, **news | {"summary": "Näin kävi."}).is_valid()
