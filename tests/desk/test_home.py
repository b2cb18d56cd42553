"""`/desk/` and who may stand at which desk."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page

from site_core.desk.access import lead_required, member_required, roles_of, staff_required
from site_core.organisations.models import Membership, Organisation
from tests.factories.organisations import MembershipFactory, OrganisationFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.permission]


@pytest.fixture
def reviewer(db):
    group, _made = Group.objects.get_or_create(name="Readers")
    task = GroupApprovalTask.objects.create(name="Read")
    task.groups.add(group)
    person = PersonFactory(username="reader")
    person.groups.add(group)
    return person


def people():
    return {
        "author": MembershipFactory().user,
        "lead": MembershipFactory(role=Membership.Role.LEAD).user,
        "ended": MembershipFactory(is_active=False).user,
        "suspended": MembershipFactory(
            organisation=OrganisationFactory(state=Organisation.State.SUSPENDED)
        ).user,
        "nobody": PersonFactory(),
    }


@pytest.mark.parametrize(
    ("guard", "inside"),
    [
        (member_required, {"author", "lead"}),
        (lead_required, {"lead"}),
        (staff_required, {"reader"}),
    ],
)
def test_a_desk_that_is_not_hers_is_not_there(guard, inside, reviewer, rf: RequestFactory):
    view, found = guard(lambda request: HttpResponse("in")), set()
    for name, person in {**people(), "reader": reviewer}.items():
        request = rf.get("/desk/")
        request.user = person
        try:
            assert view(request).content == b"in"
            found.add(name)
        except Http404:
            pass
    assert found == inside


def test_a_visitor_is_led_to_the_log_in_and_back(client):
    answer = client.get("/desk/")
    assert answer.status_code == 302
    assert answer.url.endswith("?next=/desk/")


def test_no_copy_is_kept(client):
    client.force_login(PersonFactory())
    assert "no-store" in client.get("/desk/")["Cache-Control"]


def test_an_account_without_a_role_is_told_so(client):
    client.force_login(MembershipFactory(is_active=False).user)
    answer = client.get("/desk/", headers={"accept-language": "sv"})
    assert answer.status_code == 200
    assert '<html lang="sv">' in answer.content.decode()


def test_an_editor_is_led_to_the_admin(client):
    group = Group.objects.create(name="Writers")
    GroupPagePermission.objects.create(
        group=group,
        page=Page.get_first_root_node(),
        permission=Permission.objects.get(codename="change_page"),
    )
    person = PersonFactory()
    person.groups.add(group)
    client.force_login(person)
    assert client.get("/desk/").url == "/cms/"


def test_roles_are_read_once(django_assert_num_queries):
    person = MembershipFactory().user
    with django_assert_num_queries(4):
        assert roles_of(person).member
    with django_assert_num_queries(0):
        roles_of(person)
