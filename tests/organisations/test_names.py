"""Filters of the admin's lists name no people of other organisations."""

import pytest
from wagtail.log_actions import log
from wagtail.models import Page

pytestmark = [pytest.mark.django_db, pytest.mark.leak]

NAME = "Beata Betanen"


@pytest.fixture
def lists(world, in_review) -> list[str]:
    """Lists with a filter by person; somebody of B owns, edited and submitted a page."""
    world.b.author.first_name, world.b.author.last_name = NAME.split()
    world.b.author.username = NAME
    world.b.author.save()
    Page.objects.filter(pk=world.b.draft.pk).update(owner=world.b.author)
    log(instance=world.b.draft, action="wagtail.edit", user=world.b.author)
    return [
        f"/cms/pages/{world.a.home.get_parent().pk}/",
        "/cms/pages/usage/services/servicepage/",
        "/cms/reports/workflow/",
        "/cms/reports/site-history/",
    ]


def named(client, addresses: list[str]) -> list[str]:
    return [each for each in addresses if NAME in client.get(each).content.decode()]


def test_no_filter_names_people_of_others(world, lists):
    assert named(world.client("member_a"), lists) == []


@pytest.mark.parametrize("who", ["member_ab", "editor", "superuser"])
def test_colleagues_and_staff_are_offered_them(world, lists, who):
    """The control: the names are there for whom they are meant."""
    assert named(world.client(who), lists) == lists
