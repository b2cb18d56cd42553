"""A course is a row, not a page: nothing done to a page can lose what hangs on the course."""

import pytest
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.models import Locale

from services.models import OrganisationPage
from tests.factories.training import SessionFactory
from tests.training.conftest import add_page
from training.courses import Course, Session
from training.models import TrainingPage


def organisation_page(people) -> OrganisationPage:
    add_page(people.own)
    return OrganisationPage.objects.get(organisation=people.own.organisation)


def test_a_new_page_makes_a_course_of_the_organisation_above_it(people):
    home = organisation_page(people)
    page = TrainingPage(title="Uusi kurssi", locale=home.locale, owner=people.author, live=False)
    home.add_child(instance=page)
    assert page.course.organisation == people.own.organisation
    assert page.course.offerings.count() == 1
    assert (page.course.text_language, page.course.languages) == ("fi", ["fi"])


def test_all_language_versions_share_the_course(people):
    page = add_page(people.own)
    swedish = page.copy_for_translation(Locale.objects.get(language_code="sv"), copy_parents=True)
    assert swedish.specific.course == people.own


def test_a_copy_gets_a_course_of_its_own(people):
    page = add_page(people.own)
    copy = page.copy(update_attrs={"title": "Toinen", "slug": "toinen"}, copy_revisions=False)
    assert copy.course != people.own
    assert copy.course.organisation == people.own.organisation


@pytest.mark.bypass
def test_no_revision_moves_a_page_to_another_course(people):
    page = add_page(people.own)
    content = {**page.latest_revision.content, "course": people.foreign.pk}
    assert page.with_content_json(content).course == people.own


def test_publishing_an_old_revision_or_deleting_a_page_loses_no_session(people):
    page = add_page(people.own)
    old = page.latest_revision
    SessionFactory(offering=people.own.offerings.get())
    page.title = "Uusi otsikko"
    page.save_revision().publish()
    old.publish()
    assert Session.objects.filter(offering__course=people.own).count() == 2
    swedish = page.copy_for_translation(Locale.objects.get(language_code="sv"), copy_parents=True)
    swedish.delete()
    TrainingPage.objects.get(pk=page.pk).delete()
    assert Session.objects.filter(offering__course=people.own).count() == 2
    assert Course.objects.filter(pk=people.own.pk).exists()


def test_a_course_with_a_page_cannot_be_deleted(people):
    add_page(people.own)
    people.own.offerings.get().sessions.all().delete()
    people.own.offerings.get().delete()
    with pytest.raises(ProtectedError):
        people.own.delete()


def test_the_editor_leads_to_the_course_whoever_may_run_it(people):
    page = add_page(people.own)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    course = reverse("desk_course", args=[people.own.pk])
    assert course in people.client("trainer").get(address).content.decode()
    assert course not in people.client("author").get(address).content.decode()
    new = people.client("trainer").get(
        reverse("wagtailadmin_pages:add", args=["training", "trainingpage", page.get_parent().pk])
    )
    assert new.status_code == 200
    assert "desk/courses/" not in new.context["form"].as_p()


@pytest.mark.permission
def test_the_admins_menu_leads_to_the_desk(people):
    for who, leads in (("trainer", True), ("editor", True), ("author", False)):
        home = people.client(who).get(reverse("wagtailadmin_home")).content.decode()
        assert (reverse("desk_courses") in home) is leads


@pytest.mark.bypass
def test_no_form_gives_a_page_another_course(people):
    page = add_page(people.own)
    form = page.get_edit_handler().get_form_class()
    assert "course" not in form.base_fields
