"""The page policy by itself: whose rights, from where, at how many queries."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page
from wagtail.permissions import policy_registry

from site_core.organisations.branches import branch_paths, organisation_for_path
from site_core.organisations.models import Organisation
from site_core.organisations.policies import MembershipPagePolicy
from tests.factories.organisations import PersonFactory
from tests.organisations.conftest import add_service, memberships_in

pytestmark = [pytest.mark.django_db, pytest.mark.permission]


def policy():
    return policy_registry.get_by_type(Page)


def fresh(person):
    """The person as a new request loads her, with nothing remembered."""
    return get_user_model().objects.get(pk=person.pk)


def titles(queryset):
    return set(queryset.values_list("title", flat=True))


def test_ours_is_the_policy_of_every_page_type(world):
    for page in Page.objects.specific():
        assert isinstance(policy_registry.get(page), MembershipPagePolicy)


@pytest.mark.parametrize(
    ("who", "changes"),
    [
        ("stranger", set()),
        ("ended", set()),
        ("suspended", set()),
        ("moderator", set()),
        ("member_a", {"Alpha", "Alpha opened", "Alpha secret"}),
        ("member_b", {"Beta", "Beta opened", "Beta secret"}),
        (
            "member_ab",
            {"Alpha", "Alpha opened", "Alpha secret", "Beta", "Beta opened", "Beta secret"},
        ),
    ],
)
def test_who_may_change_which_pages(world, who, changes):
    person = fresh(world.people[who])
    assert titles(policy().instances_user_has_permission_for(person, "change")) == changes
    by_page = {
        page.title
        for page in Page.objects.all()
        if policy().user_has_permission_for_instance(person, "change", page)
    }
    assert by_page == changes
    swedish = policy().user_has_permission_for_instance(person, "change", world.a.swedish_home)
    assert swedish is ("Alpha" in changes)


@pytest.mark.parametrize("action", ["publish", "lock", "unlock", "bulk_delete"])
def test_a_member_never_gets_more_than_add_and_change(world, action):
    person = fresh(world.a.author)
    assert not policy().user_has_permission(person, action)
    assert not policy().instances_user_has_permission_for(person, action).exists()
    assert not policy().user_has_permission_for_instance(person, action, world.a.home)


def test_staff_rows_are_united_with_membership(world):
    group = Group.objects.create(name="Proof-readers")
    change = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=group, page=world.b.home, permission=change)
    world.a.author.groups.add(group)
    person = fresh(world.a.author)
    assert titles(policy().instances_user_has_permission_for(person, "change")) == {
        "Alpha",
        "Alpha opened",
        "Alpha secret",
        "Beta",
        "Beta opened",
        "Beta secret",
    }
    assert not policy().user_has_permission_for_instance(person, "add", world.b.home)


def test_add_alone_lets_staff_change_only_their_own(world):
    person = PersonFactory()
    group = Group.objects.create(name="Helpers")
    person.groups.add(group)
    add = Permission.objects.get(codename="add_page")
    GroupPagePermission.objects.create(group=group, page=world.b.home, permission=add)
    own = add_service(world.b.home, "Helper's page", live=False, owner=person)
    assert titles(policy().instances_user_has_permission_for(fresh(person), "change")) == {
        "Helper's page"
    }
    assert policy().user_has_permission_for_instance(fresh(person), "change", own)
    assert not policy().user_has_permission_for_instance(fresh(person), "change", world.b.draft)


def test_a_member_explores_her_branches_and_the_way_to_them(world):
    seen = titles(policy().explorable_instances(fresh(world.a.author)))
    assert {"Root", "Alpha", "Alpha secret"} <= seen
    assert not {title for title in seen if title.startswith("Beta")}


def test_a_person_with_one_branch_starts_there(world):
    world.a.swedish_home.delete()
    assert policy().explorable_root_instance(fresh(world.a.author)).pk == world.a.home.pk


def test_a_reviewer_sees_what_is_in_her_turn_and_no_other_draft(world, in_review):
    moderator = fresh(world.people["moderator"])
    assert policy().user_has_permission(moderator, "change")
    assert policy().explorable_root_instance(moderator).depth == 1
    seen = titles(policy().explorable_instances(moderator))
    assert "Beta secret" in seen
    assert "Alpha secret" not in seen
    assert not policy().user_has_permission_for_instance(moderator, "change", world.b.draft)


def test_suspending_takes_the_rights_and_restoring_gives_them_back(world):
    organisation = world.a.organisation
    organisation.state = Organisation.State.SUSPENDED
    organisation.save()
    assert not policy().user_has_any_permission(fresh(world.a.author), {"add", "change"})
    organisation.state = Organisation.State.ACTIVE
    organisation.save()
    assert policy().user_has_any_permission(fresh(world.a.author), {"add", "change"})


def test_who_may_change_a_page_is_answered_the_other_way_round_too(world):
    users = policy().users_with_permission_for_instance("change", world.b.draft)
    names = set(users.values_list("username", flat=True))
    assert names == {"author-beta", "both", "editor", "root"}
    publishers = policy().users_with_permission_for_instance("publish", world.b.draft)
    assert set(publishers.values_list("username", flat=True)) == {"editor", "root"}


def test_an_inactive_person_has_no_rights(world):
    person = fresh(world.a.author)
    person.is_active = False
    assert not policy().user_has_any_permission(person, {"add", "change"})
    assert not policy().explorable_instances(person).exists()


def test_reading_rights_costs_the_same_for_1_and_20_organisations(tree, django_assert_num_queries):
    # Branches of the memberships, permission rows of groups, whether a reviewer, then the pages.
    for count in (1, 20):
        person = fresh(memberships_in(count))
        with django_assert_num_queries(4):
            pages = list(policy().instances_user_has_permission_for(person, "change"))
        assert len(pages) == 2 * count


def test_branches_are_found_by_path_both_ways(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        paths = branch_paths([world.a.organisation.pk])
    assert set(paths) == {world.a.home.path, world.a.swedish_home.path}
    with django_assert_num_queries(1):
        assert organisation_for_path(world.a.draft.path) == world.a.organisation
    assert organisation_for_path(Page.get_first_root_node().path) is None
