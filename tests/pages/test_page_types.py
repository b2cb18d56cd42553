"""Which page may lie where, and what the admin says of each type."""

from itertools import product

import pytest
from django.urls import reverse
from wagtail.models import Page, get_page_models

from news.models import NewsIndexPage, NewsPage
from services.models import OrganisationPage, ServicePage, ServicePointPage
from site_core.pages.models import BasePage
from site_core.portal.models import (
    HomePage,
    ListingPage,
    MunicipalityIndexPage,
    MunicipalityPage,
    OrganisationIndexPage,
    StandardPage,
    StatementPage,
    TopicIndexPage,
    TopicPage,
)
from tests.factories.pages import (
    NewsPageFactory,
    OrganisationPageFactory,
    ServicePageFactory,
    TrainingPageFactory,
)
from training.models import TrainingPage

OURS = [
    HomePage,
    OrganisationIndexPage,
    ListingPage,
    OrganisationPage,
    ServicePage,
    ServicePointPage,
    NewsIndexPage,
    NewsPage,
    TrainingPage,
    MunicipalityIndexPage,
    MunicipalityPage,
    TopicIndexPage,
    TopicPage,
    StandardPage,
    StatementPage,
]
MAY_LIE_BELOW = {
    (OrganisationIndexPage, HomePage),
    (ListingPage, HomePage),
    (OrganisationPage, OrganisationIndexPage),
    (ServicePage, OrganisationPage),
    (ServicePointPage, OrganisationPage),
    (TrainingPage, OrganisationPage),
    (NewsPage, OrganisationPage),
    (NewsIndexPage, OrganisationPage),
    (NewsPage, NewsIndexPage),
    (MunicipalityIndexPage, HomePage),
    (MunicipalityPage, MunicipalityIndexPage),
    (TopicIndexPage, HomePage),
    (TopicPage, TopicIndexPage),
    (StandardPage, HomePage),
    (StandardPage, StandardPage),
    (StatementPage, HomePage),
}
MADE_BY_CODE = {
    HomePage,
    OrganisationIndexPage,
    OrganisationPage,
    MunicipalityIndexPage,
    MunicipalityPage,
    TopicIndexPage,
    TopicPage,
    StatementPage,
}


def test_the_table_knows_every_page_type():
    assert {model for model in get_page_models() if issubclass(model, BasePage)} == set(OURS)


@pytest.mark.parametrize(
    ("child", "parent"), [*product(OURS, OURS)], ids=lambda model: model.__name__
)
def test_a_page_lies_only_where_it_belongs(child, parent):
    belongs = (child, parent) in MAY_LIE_BELOW
    assert (parent in child.allowed_parent_page_models()) == belongs
    assert (child in parent.creatable_subpage_models()) == (belongs and child not in MADE_BY_CODE)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_only_a_home_page_lies_below_the_root(model):
    assert (Page in model.allowed_parent_page_models()) == (model is HomePage)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_each_type_says_what_it_is_for(model):
    assert str(model.page_description).strip()
    assert model.entry_kind


def test_an_organisation_has_one_index_of_its_news(portal):
    home = OrganisationPageFactory()
    assert NewsIndexPage.can_create_at(home)
    home.add_child(instance=NewsIndexPage(title="Uutiset"))
    assert not NewsIndexPage.can_create_at(OrganisationPage.objects.get(pk=home.pk))


@pytest.mark.parametrize("slug", ["search", "e"])
def test_a_page_never_takes_the_address_of_a_view(portal, slug):
    page = ListingPage.objects.first()
    page.slug = slug
    form = (
        type(page)
        .get_edit_handler()
        .get_form_class()(
            {"title": page.title, "slug": slug, "lists": page.lists, "summary": ""},
            instance=page,
            parent_page=page.get_parent(),
        )
    )
    assert set(form.errors) == {"slug"}


@pytest.mark.parametrize(
    "factory",
    [OrganisationPageFactory, ServicePageFactory, NewsPageFactory, TrainingPageFactory],
    ids=lambda factory: factory.__name__,
)
def test_form_history_and_comparison_of_each_type_open(portal, admin_client, factory):
    page = factory()
    page.title = f"{page.title} toisin"
    page.save_revision()
    for path in (
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_pages:history", args=[page.pk]),
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"]),
    ):
        assert admin_client.get(path).status_code == 200, path


def test_a_copy_of_a_service_keeps_its_terms_and_channels(portal, admin_client):
    service = ServicePageFactory(themes=["violence"], municipalities=["148", "732"])
    parent = service.get_parent()
    admin_client.post(
        reverse("wagtailadmin_pages:copy", args=[service.pk]),
        {"new_title": "Toinen", "new_slug": "toinen", "new_parent_page": parent.pk},
    )
    copied = ServicePage.objects.get(slug="toinen")
    assert not copied.live
    assert copied.translation_key != service.translation_key
    assert [row.municipality.code for row in copied.municipality_links.all()] == ["148", "732"]
    assert [row.theme.code for row in copied.theme_links.all()] == ["violence"]
    assert copied.channels.get_prep_value() == service.channels.get_prep_value()
