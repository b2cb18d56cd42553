"""All language versions are about one course: nothing done to a page loses a sign-up."""

from uuid import UUID

import pytest
from wagtail.models import Locale

from services.actions import create_organisation_page
from services.models import OrganisationPage
from tests.training.conftest import add_page
from tests.training.signups.making import join, seats, standing
from training.courses import Course, Offering
from training.models import TrainingPage
from training.signups.actions import change_capacity

EVERYBODY = {"aino": "confirmed", "maja": "confirmed", "niila": "waiting"}


def group_by(key: UUID, language: str) -> Offering:
    """The group whose sign-up stands on the page with this key in that language."""
    page = TrainingPage.objects.get(translation_key=key, locale__language_code=language)
    return page.course.offerings.get()


@pytest.fixture
def finnish(people) -> TrainingPage:
    """The Finnish page of a course with two places."""
    page = add_page(people.own)
    change_capacity(people.own.offerings.get(), 2)
    return page


@pytest.fixture
def swedish(finnish) -> TrainingPage:
    home = create_organisation_page(finnish.course.organisation, language="sv")
    home.save_revision().publish()
    locale = Locale.objects.get(language_code="sv")
    page = finnish.copy_for_translation(locale, copy_parents=True).specific
    page.save_revision().publish()
    return TrainingPage.objects.get(pk=page.pk)


@pytest.fixture
def signed_up(finnish, swedish) -> Offering:
    """One through the Finnish page, one through the Swedish, one who waits."""
    join(group_by(finnish.translation_key, "fi"), "aino")
    join(group_by(swedish.translation_key, "sv"), "maja", language="sv")
    join(group_by(finnish.translation_key, "fi"), "niila")
    return finnish.course.offerings.get()


def test_a_sign_up_through_the_swedish_page_takes_the_finnish_pages_seat(signed_up, swedish):
    assert standing(signed_up) == EVERYBODY
    assert seats(signed_up) == {"taken": 2}
    assert group_by(swedish.translation_key, "sv") == signed_up


def publish_old(page: TrainingPage) -> None:
    old = page.latest_revision
    page.title = "Uusi otsikko"
    page.save_revision().publish()
    old.publish()


def rename(page: TrainingPage) -> None:
    page.title, page.slug = "Aivan toinen", "aivan-toinen"
    page.save_revision().publish()


def move(page: TrainingPage) -> None:
    """Before another page below the same organisation's."""
    sibling = TrainingPage(title="Toinen", locale=page.locale, live=False)
    OrganisationPage.objects.get(pk=page.get_parent().pk).add_child(instance=sibling)
    page.move(sibling, pos="right")


def unpublish(page: TrainingPage) -> None:
    page.unpublish()


DEEDS = [publish_old, rename, move, unpublish]


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_nothing_done_to_a_page_loses_a_sign_up(signed_up, finnish, swedish, deed, language):
    deed(TrainingPage.objects.get(pk={"fi": finnish, "sv": swedish}[language].pk))
    assert standing(signed_up) == EVERYBODY
    assert seats(signed_up) == {"taken": 2}
    for page in TrainingPage.objects.filter(translation_key=finnish.translation_key):
        assert page.course_id == signed_up.course_id


def test_a_deleted_translation_leaves_the_other_page_and_all_sign_ups(signed_up, finnish, swedish):
    swedish.delete()
    assert standing(signed_up) == EVERYBODY
    assert group_by(finnish.translation_key, "fi") == signed_up


def test_with_its_last_page_gone_the_course_is_kept_and_found_at_the_desk(
    people, signed_up, finnish, swedish
):
    """Whoever has signed up stays so: the trainer tells them what happens now."""
    TrainingPage.objects.get(pk=swedish.pk).delete()
    TrainingPage.objects.get(pk=finnish.pk).delete()
    assert standing(signed_up) == EVERYBODY
    assert Course.objects.filter(pk=signed_up.course_id).exists()
    shown = people.client("trainer").get("/desk/courses/")
    (row,) = shown.context["rows"]
    assert (row.page, row.groups[0].standing.taken) == (None, 2)
