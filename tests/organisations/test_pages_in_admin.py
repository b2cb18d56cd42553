"""Who may see and do what with a page, by the admin's real addresses.

The admin answers a refusal with a redirect to the dashboard (pitfall B14), so a refusal is judged
by the text of the answer and by what is stored.
"""

import pytest
from django.urls import reverse
from wagtail.models import Page

from services.models import ServicePage
from site_core.organisations.models import Organisation
from tests.organisations.conftest import posted, undone, with_address

pytestmark = [pytest.mark.django_db, pytest.mark.permission]

OWN = {"member_b", "member_ab", "editor", "superuser"}
STAFF = {"editor", "superuser"}
EVERYONE = [
    "visitor",
    "stranger",
    "ended",
    "suspended",
    "member_a",
    "member_b",
    "member_ab",
    "editor",
    "moderator",
    "superuser",
]


def bulk(action: str, page: Page) -> str:
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', action])}?id={page.pk}"


@pytest.mark.parametrize(
    ("view", "allowed"),
    [
        ("edit", OWN),
        ("history", OWN),
        ("usage", OWN),
        ("copy", OWN),
        ("move", OWN),
        ("delete", OWN),
        ("view_draft", OWN),
        ("workflow_history", OWN),
        ("set_privacy", STAFF),
    ],
)
def test_who_sees_a_view_of_organisation_bs_draft(world, view, allowed):
    page = world.b.draft
    address = reverse(f"wagtailadmin_pages:{view}", args=[page.pk])
    for who in EVERYONE:
        answer = world.client(who).get(address)
        assert (answer.status_code == 200) is (who in allowed), who
        assert who in allowed or page.title not in answer.content.decode(), who


def test_who_compares_versions_of_a_draft(world):
    page = world.b.draft
    page.save_revision()
    address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"])
    for who in EVERYONE:
        answer = world.client(who).get(address)
        assert (answer.status_code == 200) is (who in OWN), who
        assert who in OWN or page.title not in answer.content.decode(), who


def test_who_adds_below_an_organisation(world):
    parent = world.b.home
    for who in EVERYONE:
        client = world.client(who)
        choice = client.get(reverse("wagtailadmin_pages:add_subpage", args=[parent.pk]))
        form = client.get(
            reverse("wagtailadmin_pages:add", args=["services", "servicepage", parent.pk])
        )
        assert (choice.status_code == 200) is (who in OWN), who
        assert (form.status_code == 200) is (who in OWN), who


def test_who_deletes_a_draft(world):
    for who in EVERYONE:
        with undone():
            world.client(who).post(reverse("wagtailadmin_pages:delete", args=[world.b.draft.pk]))
            assert Page.objects.filter(pk=world.b.draft.pk).exists() is (who not in OWN), who
        with undone():
            world.client(who).post(bulk("delete", world.b.draft), {})
            assert Page.objects.filter(pk=world.b.draft.pk).exists() is (who not in OWN), who


def test_who_deletes_what_was_public_and_an_organisations_page(world):
    world.b.live.unpublish()
    for page in (world.b.live, world.b.swedish_home):
        for who in EVERYONE:
            with undone():
                world.client(who).post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
                assert Page.objects.filter(pk=page.pk).exists() is (who not in STAFF), who


def test_who_unpublishes(world):
    page = world.b.live
    for who in EVERYONE:
        for address in (
            reverse("wagtailadmin_pages:unpublish", args=[page.pk]),
            bulk("unpublish", page),
        ):
            with undone():
                world.client(who).post(address, {})
                assert Page.objects.get(pk=page.pk).live is (who not in STAFF), who


def test_who_locks(world):
    page = world.b.draft
    for who in EVERYONE:
        with undone():
            world.client(who).post(reverse("wagtailadmin_pages:lock", args=[page.pk]))
            assert Page.objects.get(pk=page.pk).locked is (who in STAFF), who


@pytest.mark.parametrize("own", [False, True], ids=["an organisation's", "the portal's own"])
def test_who_publishes_in_bulk(world, own):
    page = world.b.draft
    Organisation.objects.filter(pk=world.b.organisation.pk).update(is_portal=own)
    for who in EVERYONE:
        with undone():
            world.client(who).post(bulk("publish", page), {})
            assert Page.objects.get(pk=page.pk).live is (own and who in STAFF), who


@pytest.mark.parametrize("own", [False, True], ids=["an organisation's", "the portal's own"])
def test_who_publishes_with_the_editors_own_button(world, own):
    page = world.b.draft
    Organisation.objects.filter(pk=world.b.organisation.pk).update(is_portal=own)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for who in EVERYONE:
        with undone():
            data = posted(page, **{"short": "Changed", "action-publish": "1"})
            world.client(who).post(address, data)
            stored = ServicePage.objects.get(pk=page.pk)
            assert stored.live is (own and who in STAFF), who
            changed = stored.get_latest_revision_as_object().short == "Changed"
            assert changed is (who in OWN), who


def test_a_member_submits_and_her_reviewer_finds_it(world):
    page = world.b.draft
    world.client("member_b").post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        with_address(posted(page, **{"action-submit": "1"})),
    )
    assert Page.objects.get(pk=page.pk).workflow_in_progress
    assert page.title in world.client("moderator").get("/cms/").content.decode()


@pytest.mark.bypass
def test_a_member_of_two_moves_nothing_from_one_to_the_other(world):
    page, target = world.a.draft, world.b.home
    client = world.client("member_ab")
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk]))
    client.post(bulk("move", page), {"chooser": target.pk})
    assert Page.objects.get(pk=page.pk).is_child_of(world.a.home)


@pytest.mark.bypass
def test_nobody_copies_into_an_organisation_that_is_not_hers(world):
    source, target = world.a.live, world.b.swedish_home
    Page.objects.filter(pk=target.pk).update(title="Beta hidden", draft_title="Beta hidden")
    count = ServicePage.objects.count()
    for who in ("member_a", "stranger", "moderator"):
        answer = world.client(who).post(
            reverse("wagtailadmin_pages:copy", args=[source.pk]),
            {"new_title": "Copy", "new_slug": "copy", "new_parent_page": target.pk},
        )
        assert ServicePage.objects.count() == count, who
        assert "Beta hidden" not in answer.content.decode(), who


def test_the_reviewer_works_on_what_is_in_her_turn(world, in_review):
    client = world.client("moderator")
    for name in ("edit", "history", "view_draft", "workflow_history"):
        answer = client.get(reverse(f"wagtailadmin_pages:{name}", args=[in_review.pk]))
        assert answer.status_code == 200, name
    compare = reverse(
        "wagtailadmin_pages:revisions_compare", args=[in_review.pk, "earliest", "latest"]
    )
    assert client.get(compare).status_code == 200
    assert client.get(reverse("wagtailadmin_explore_root")).status_code == 200
    other = client.get(reverse("wagtailadmin_pages:edit", args=[world.a.draft.pk]))
    assert other.status_code == 302


def test_the_reviewer_lands_in_the_explorer_after_her_turn(world, in_review):
    client = world.client("moderator")
    state = in_review.current_workflow_task_state
    client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[in_review.pk, "reject", state.pk]),
        {"comment": "Please add a telephone number"},
    )
    state.refresh_from_db()
    assert state.status == "rejected"
    after = client.get(reverse("wagtailadmin_explore", args=[world.b.home.pk]))
    assert after.status_code == 302
    assert after.url == reverse("wagtailadmin_explore_root")


def test_who_enters_the_admin(world):
    outside = {"visitor", "stranger", "ended", "suspended"}
    for who in EVERYONE:
        answer = world.client(who).get(reverse("wagtailadmin_home"))
        assert (answer.status_code == 200) is (who not in outside), who
