"""Staff keep organisations and memberships in the admin; the deeds are the actions."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from search.models import Entry
from site_core.organisations.models import Membership, Organisation
from tests.organisations.conftest import undone

pytestmark = [pytest.mark.django_db, pytest.mark.permission]

STAFF = {"editor", "superuser"}
OUTSIDERS = ["stranger", "ended", "member_a", "member_ab", "moderator"]


def facts(organisation, **fields):
    return {
        "name": organisation.name,
        "kind": organisation.kind,
        "business_id": organisation.business_id,
        "email": "",
        "phone": "",
        "website": "",
        "state": organisation.state,
        **fields,
    }


def edit(world, who, **fields):
    organisation = world.b.organisation
    world.client(who).post(
        reverse("organisation:edit", args=[organisation.pk]), facts(organisation, **fields)
    )
    return Organisation.objects.get(pk=organisation.pk)


def test_who_lists_and_who_adds(world):
    for name, allowed in (
        ("organisation:index", STAFF | {"moderator"}),
        ("membership:index", STAFF | {"moderator"}),
        ("organisation:add", STAFF),
        ("membership:add", STAFF),
    ):
        for who in [*OUTSIDERS, *STAFF]:
            answer = world.client(who).get(reverse(name))
            assert (answer.status_code == 200) is (who in allowed), (name, who)
            assert who in allowed or world.b.organisation.name not in answer.content.decode()


def test_renaming_reaches_the_entries(world):
    assert edit(world, "editor", name="Beta anew").name == "Beta anew"
    entry = Entry.objects.get(title=world.b.live.title, language="fi")
    assert entry.organisation_name == "Beta anew"
    assert ModelLogEntry.objects.filter(action="organisations.rename").count() == 1


def test_suspending_hides_the_entries_and_restoring_shows_them(world):
    entries = Entry.objects.filter(organisation=world.b.organisation, is_public=True)
    before = set(entries.values_list("path", flat=True))
    assert before
    assert edit(world, "editor", state="suspended").state == Organisation.State.SUSPENDED
    assert not entries.exists()
    assert world.client("member_b").get("/cms/").status_code == 302
    edit(world, "editor", state="active")
    assert set(entries.values_list("path", flat=True)) == before


def test_outsiders_change_nothing(world):
    for who in OUTSIDERS:
        with undone():
            changed = edit(world, who, name="Mine", state="suspended")
            assert (changed.name, changed.state) == ("Beta", Organisation.State.ACTIVE), who
            world.client(who).post(
                reverse("membership:add"),
                {
                    "user": world.people[who].pk,
                    "organisation": world.b.organisation.pk,
                    "role": "lead",
                },
            )
            leads = Membership.objects.filter(user=world.people[who], role="lead")
            assert not leads.exists(), who


def test_a_wrong_business_id_is_told_in_the_form(world):
    answer = world.client("editor").post(
        reverse("organisation:add"),
        {"name": "New", "kind": "firm", "business_id": "0246246-1"},
    )
    assert answer.status_code == 200
    assert not Organisation.objects.filter(name="New").exists()


def test_the_portals_own_organisation_cannot_be_suspended_in_the_form(world):
    Organisation.objects.filter(pk=world.b.organisation.pk).update(is_portal=True)
    assert edit(world, "editor", state="suspended").is_active


def test_a_member_comes_and_goes(world):
    client = world.client("editor")
    stranger = world.people["stranger"]
    client.post(
        reverse("membership:add"),
        {"user": stranger.pk, "organisation": world.b.organisation.pk, "role": "author"},
    )
    membership = Membership.objects.get(user=stranger)
    assert world.client("stranger").get("/cms/").status_code == 200
    client.post(reverse("membership:edit", args=[membership.pk]), {"role": "author"})
    assert world.client("stranger").get("/cms/").status_code == 302
    deeds = ModelLogEntry.objects.for_instance(membership).order_by("pk")
    assert list(deeds.values_list("action", flat=True)) == [
        "organisations.add_member",
        "organisations.end_membership",
    ]


@pytest.mark.bypass
def test_editing_a_membership_moves_it_to_no_other_organisation(world):
    membership = world.a.author.memberships.get()
    world.client("editor").post(
        reverse("membership:edit", args=[membership.pk]),
        {"role": "lead", "is_active": "on", "organisation": world.b.organisation.pk},
    )
    membership.refresh_from_db()
    assert membership.role == Membership.Role.LEAD
    assert membership.organisation == world.a.organisation


def test_the_last_lead_stays_in_the_form_too(world):
    membership = world.a.author.memberships.get()
    client, address = world.client("editor"), reverse("membership:edit", args=[membership.pk])
    client.post(address, {"role": "lead", "is_active": "on"})
    for sent in ({"role": "author", "is_active": "on"}, {"role": "lead"}):
        assert client.post(address, sent).status_code == 200
        membership.refresh_from_db()
        assert (membership.role, membership.is_active) == ("lead", True)
