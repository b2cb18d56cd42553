"""Whose pictures and attachments a person may add, change and choose."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.permissions import policy_registry

from site_core.media.models import Attachment, Picture
from site_core.media.policies import OwnedFilePolicy
from site_core.organisations.models import Organisation
from tests.factories.media import AttachmentFactory, PictureFactory
from tests.factories.organisations import (
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.permission]

FACTORIES = {Picture: PictureFactory, Attachment: AttachmentFactory}
ALL = {"alpha", "beta", "gamma", "portal", "portal's"}
#: Whether each may add, and the titles each may change and choose.
TABLE = {
    "stranger": (False, set(), set()),
    "ended": (False, set(), set()),
    "suspended": (False, set(), set()),
    "member_a": (True, {"alpha"}, {"alpha", "portal", "portal's"}),
    "member_b": (True, {"beta"}, {"beta", "portal", "portal's"}),
    "member_ab": (True, {"alpha", "beta"}, {"alpha", "beta", "portal", "portal's"}),
    "chooser": (False, set(), ALL),
    "editor": (True, ALL, ALL),
    "superuser": (True, ALL, ALL),
}


def staff(model, *actions):
    group = Group.objects.create(name=f"Staff {actions}")
    for action in actions:
        codename = f"{action}_{model._meta.model_name}"
        group.permissions.add(Permission.objects.get(codename=codename))
    person = PersonFactory()
    person.groups.add(group)
    return person


@pytest.fixture(params=[Picture, Attachment], ids=["picture", "attachment"])
def scene(request):
    """The model, and people by name; one file of each owner, titled by the owner."""
    model, factory = request.param, FACTORIES[request.param]
    alpha, beta = OrganisationFactory(name="A"), OrganisationFactory(name="B")
    gamma = OrganisationFactory(name="G", state=Organisation.State.SUSPENDED)
    portal = OrganisationFactory(name="P", is_portal=True)
    for title, owner in (
        ("alpha", alpha),
        ("beta", beta),
        ("gamma", gamma),
        ("portal", None),
        ("portal's", portal),
    ):
        factory(title=title, organisation=owner)
    both = PersonFactory()
    for owner in (alpha, beta):
        MembershipFactory(user=both, organisation=owner)
    people = {
        "stranger": PersonFactory(),
        "ended": MembershipFactory(organisation=alpha, is_active=False).user,
        "suspended": MembershipFactory(organisation=gamma).user,
        "member_a": MembershipFactory(organisation=alpha).user,
        "member_b": MembershipFactory(organisation=beta).user,
        "member_ab": both,
        "chooser": staff(model, "choose"),
        "editor": staff(model, "add", "change", "delete", "choose"),
        "superuser": PersonFactory(is_superuser=True),
    }
    return model, people


def fresh(person):
    return get_user_model().objects.get(pk=person.pk)


@pytest.mark.parametrize("who", TABLE)
def test_who_may_do_what_with_which_files(scene, who):
    model, people = scene
    adds, changes, chooses = TABLE[who]
    policy, person = policy_registry.get_by_type(model), fresh(people[who])
    assert isinstance(policy, OwnedFilePolicy)
    assert policy.user_has_permission(person, "add") is adds
    for action, titles in (("change", changes), ("delete", changes), ("choose", chooses)):
        listed = policy.instances_user_has_permission_for(person, action)
        assert {file.title for file in listed} == titles, action
        each = {
            file.title
            for file in model.objects.all()
            if policy.user_has_permission_for_instance(person, action, file)
        }
        assert each == titles, action


def test_a_member_may_upload_into_the_root_collection_only(scene):
    model, people = scene
    policy = policy_registry.get_by_type(model)
    allowed = policy.collections_user_has_permission_for(fresh(people["member_a"]), "add")
    assert [collection.depth for collection in allowed] == [1]
    none = policy.collections_user_has_permission_for(fresh(people["stranger"]), "add")
    assert not none.exists()


def test_who_may_change_a_file_is_answered_the_other_way_round_too(scene):
    model, people = scene
    policy = policy_registry.get_by_type(model)
    users = policy.users_with_any_permission_for_instance(
        ["change"], model.objects.get(title="alpha")
    )
    assert set(users) == {people[w] for w in ("member_a", "member_ab", "editor", "superuser")}


def test_listings_can_be_searched(scene):
    """Wagtail's search accepts no joins from a policy (pitfall B27)."""
    model, people = scene
    policy, person = policy_registry.get_by_type(model), fresh(people["member_ab"])
    found = policy.instances_user_has_any_permission_for(person, ["choose"]).search("alpha")
    assert [file.title for file in found] == ["alpha"]


def test_queries_are_the_same_for_1_and_20_organisations(scene, django_assert_num_queries):
    model, _people = scene
    policy = policy_registry.get_by_type(model)
    for count in (1, 20):
        person = PersonFactory()
        for _number in range(count):
            MembershipFactory(user=person)
        person = fresh(person)
        # Permissions of person and groups, a membership, the organisations, the files.
        with django_assert_num_queries(5):
            list(policy.instances_user_has_any_permission_for(person, ["choose", "change"]))
