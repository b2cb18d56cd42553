"""A member of one organisation learns nothing of another's drafts on any road of the admin."""

import pytest
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction, TaskState

from site_core.organisations import actions
from tests.factories.media import AttachmentFactory, PictureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.leak]

SECRET = "Beta secret"
LISTINGS = [
    "/cms/",
    "/cms/pages/",
    "/cms/pages/{index}/",
    "/cms/pages/{index}/?ordering=ord",
    "/cms/pages/{index}/?q=secret&search_all=1",
    "/cms/pages/{index}/results/?q=Beta",
    "/cms/pages/{root}/?ordering=ord",
    "/cms/pages/search/?q=Beta",
    "/cms/pages/search/results/?q=secret",
    "/cms/pages/usage/services/servicepage/",
    "/cms/pages/usage/services/organisationpage/results/",
    "/cms/pages/create/news/newspage",
    "/cms/reports/page-types-usage/",
    "/cms/reports/page-types-usage/results/",
    "/cms/reports/site-history/",
    "/cms/reports/aging-pages/",
    "/cms/reports/locked/",
    "/cms/reports/workflow/",
    "/cms/reports/workflow_tasks/",
    "/cms/localize/reports/translations/",
    "/cms/localize/reports/translations/results/",
    "/cms/choose-page/",
    "/cms/choose-page/{index}/",
    "/cms/choose-page/{b_home}/",
    "/cms/choose-page/search/?q=Beta",
    "/cms/choose-page/search/?q=secret&page_type=services.servicepage",
    "/cms/api/main/pages/",
    "/cms/api/main/pages/?search=secret",
    "/cms/api/main/pages/?child_of={b_home}",
    "/cms/api/main/pages/?child_of={index}&for_explorer=1",
]
ABOUT_A_PAGE = [
    "/cms/pages/{page}/",
    "/cms/pages/{page}/results/",
    "/cms/pages/{page}/edit/",
    "/cms/pages/{page}/edit/preview/",
    "/cms/pages/{page}/view_draft/",
    "/cms/pages/{page}/add_subpage/",
    "/cms/pages/{page}/delete/",
    "/cms/pages/{page}/unpublish/",
    "/cms/pages/{page}/convert_alias/",
    "/cms/pages/{page}/move/",
    "/cms/pages/{page}/move/{own_home}/confirm/",
    "/cms/pages/{own}/move/{page}/confirm/",
    "/cms/pages/{page}/copy/",
    "/cms/pages/{page}/usage/",
    "/cms/pages/{page}/privacy/",
    "/cms/pages/{page}/history/",
    "/cms/pages/{page}/history/results/",
    "/cms/pages/{page}/workflow_history/",
    "/cms/pages/{page}/revisions/",
    "/cms/pages/{page}/revisions/{revision}/view/",
    "/cms/pages/{page}/revisions/{revision}/revert/",
    "/cms/pages/{page}/revisions/compare/earliest...latest/",
    "/cms/pages/workflow/confirm_cancellation/{page}/",
    "/cms/pages/workflow/preview/{page}/{task}/",
    "/cms/pages/workflow/action/{page}/approve/{task_state}/",
    "/cms/pages/workflow/collect_action_data/{page}/approve/{task_state}/",
    "/cms/choose-page/{page}/",
    "/cms/choose-page/?target_pages[]={page}&user_perms=move_to",
    "/cms/choose-page/chosen-multiple/?id={page}",
    "/cms/workflows/remove/{page}/",
    "/cms/bulk/wagtailcore/page/delete/?id={page}",
    "/cms/bulk/wagtailcore/page/publish/?id={page}",
    "/cms/bulk/wagtailcore/page/unpublish/?id={own}&id={page}",
    "/cms/bulk/wagtailcore/page/move/?id={page}",
    "/cms/bulk/wagtailcore/page/delete/?id=all",
    "/cms/bulk/wagtailcore/page/delete/?id=all&childOf={index}",
    "/cms/bulk/wagtailcore/page/delete/?id=all&childOf={b_home}",
    "/cms/bulk/wagtailcore/page/delete/?id=all&q=secret",
    "/cms/bulk/wagtailcore/page/delete/?id=x",
    "/cms/localize/submit/page/{page}/",
    "/cms/localize/page/{page}/convert_to_alias/",
    "/cms/api/main/pages/{page}/",
]


@pytest.fixture
def numbers(world, in_review):
    state = TaskState.objects.get()
    return {
        "root": Page.get_first_root_node().pk,
        "index": world.b.home.get_parent().pk,
        "b_home": world.b.home.pk,
        "page": in_review.pk,
        "own": world.a.draft.pk,
        "own_home": world.a.home.pk,
        "revision": in_review.latest_revision_id,
        "task": state.task_id,
        "task_state": state.pk,
    }


def test_no_listing_names_a_foreign_draft(world, numbers):
    client = world.client("member_a")
    for address in LISTINGS:
        answer = client.get(address.format(**numbers), follow=True)
        assert answer.status_code in (200, 400, 403, 404), address
        assert SECRET not in answer.content.decode(), address


def test_the_same_listings_name_it_to_its_own_members(world, numbers):
    """Else the test above could pass because nothing is listed at all."""
    client = world.client("member_b")
    naming = [a for a in LISTINGS if SECRET in client.get(a.format(**numbers)).content.decode()]
    assert "/cms/pages/search/?q=Beta" in naming
    assert "/cms/choose-page/{b_home}/" in naming
    assert "/cms/api/main/pages/" in naming
    assert len(naming) >= 8


@pytest.mark.parametrize("scripted", [False, True], ids=["browser", "script"])
def test_no_view_of_a_page_names_a_foreign_draft(world, numbers, scripted):
    client = world.client("member_a")
    headers = {"x-requested-with": "XMLHttpRequest"} if scripted else {}
    for address in ABOUT_A_PAGE:
        for method in (client.get, client.post):
            answer = method(address.format(**numbers), headers=headers, follow=True)
            text = answer.content.decode()
            assert answer.status_code in (200, 403, 404, 405), address
            assert SECRET not in text, (address, method)
    page = Page.objects.get(pk=numbers["page"])
    assert page.get_parent().pk == world.b.home.pk
    assert not page.live
    assert page.workflow_in_progress


def test_a_page_that_is_not_there_is_refused_like_a_foreign_one(world, numbers):
    client = world.client("member_a")
    missing = {**numbers, "page": 999_999}
    for address in ABOUT_A_PAGE[:10]:
        foreign = client.get(address.format(**numbers))
        absent = client.get(address.format(**missing))
        assert (foreign.status_code, foreign.headers.get("location")) == (
            absent.status_code,
            absent.headers.get("location"),
        ), address


def test_a_title_that_is_still_a_draft_stays_with_its_owners(world):
    page = world.b.live
    page.title = "Beta renamed"
    page.save_revision(user=world.b.author)
    for who, knows in (("member_a", False), ("member_b", True)):
        client = world.client(who)
        for address in (
            f"/cms/choose-page/{world.b.home.pk}/",
            "/cms/choose-page/search/?q=Beta",
            f"/cms/choose-page/chosen-multiple/?id={page.pk}",
        ):
            text = client.get(address).content.decode()
            assert knows or "Beta renamed" not in text, address
    chosen = world.client("member_b").get(f"/cms/choose-page/{world.b.home.pk}/")
    assert "Beta renamed" in chosen.content.decode()


def test_a_page_behind_a_login_is_not_offered_to_others(world):
    PageViewRestriction.objects.create(
        page=world.b.live, restriction_type=PageViewRestriction.LOGIN
    )
    for address in (f"/cms/choose-page/{world.b.home.pk}/", "/cms/choose-page/search/?q=Beta"):
        assert world.b.live.title not in world.client("member_a").get(address).content.decode()
        assert world.b.live.title in world.client("member_b").get(address).content.decode()


def test_a_public_page_of_another_can_be_linked_to(world):
    answer = world.client("member_a").get(f"/cms/choose-page/{world.b.home.pk}/")
    assert answer.status_code == 200
    assert world.b.live.title in answer.content.decode()
    assert world.b.draft.title not in answer.content.decode()


def test_who_leaves_an_organisation_no_longer_sees_its_drafts_on_the_dashboard(world, in_review):
    both = world.people["member_ab"]
    in_review.save_revision(user=both, log_action=True)
    in_review.current_workflow_state.requested_by = both
    in_review.current_workflow_state.save()
    assert SECRET in world.client("member_ab").get("/cms/").content.decode()
    actions.end_membership(both.memberships.get(organisation=world.b.organisation))
    answer = world.client("member_ab").get("/cms/")
    assert answer.status_code == 200
    assert SECRET not in answer.content.decode()


@pytest.mark.parametrize("model", ["picture", "attachment"])
def test_files_of_others_are_named_nowhere(world, model):
    factory = {"picture": PictureFactory, "attachment": AttachmentFactory}[model]
    foreign = factory(title="Beta file", organisation=world.b.organisation)
    own = factory(title="Alpha file", organisation=world.a.organisation)
    shared = factory(title="Portal file")
    area, api = ("images", "images") if model == "picture" else ("documents", "documents")
    one = (
        f"/cms/images/{foreign.pk}/" if model == "picture" else f"/cms/documents/edit/{foreign.pk}/"
    )
    addresses = [
        f"/cms/{area}/",
        f"/cms/{area}/?q=file",
        f"/cms/{area}/results/?q=Beta",
        f"/cms/{area}/chooser/",
        f"/cms/{area}/chooser/results/?q=file",
        f"/cms/{area}/chooser/{foreign.pk}/",
        f"/cms/{area}/chooser/chosen-multiple/?id={foreign.pk}&id={own.pk}",
        f"/cms/{area}/usage/{foreign.pk}/",
        f"/cms/bulk/media/{model}/delete/?id={foreign.pk}",
        f"/cms/bulk/media/{model}/add_tags/?id={own.pk}&id={foreign.pk}",
        f"/cms/bulk/media/{model}/add_to_collection/?id=all",
        f"/cms/api/main/{api}/",
        f"/cms/api/main/{api}/?search=file",
        f"/cms/api/main/{api}/{foreign.pk}/",
        one,
    ]
    if model == "picture":
        addresses += [
            f"/cms/images/{foreign.pk}/delete/",
            f"/cms/images/{foreign.pk}/preview/original/",
            f"/cms/images/chooser/{foreign.pk}/select_format/",
        ]
    else:
        addresses.append(f"/cms/documents/delete/{foreign.pk}/")
    client = world.client("member_a")
    for address in addresses:
        answer = client.get(address, follow=True)
        assert answer.status_code in (200, 403, 404), address
        assert "Beta file" not in answer.content.decode(), address
    assert "Alpha file" in client.get(f"/cms/{area}/").content.decode()
    chooser = client.get(f"/cms/{area}/chooser/").content.decode()
    assert "Alpha file" in chooser
    assert shared.title in chooser
    assert shared.title not in client.get(f"/cms/{area}/").content.decode()


def test_the_api_of_the_admin_has_no_actions(world):
    page = world.b.draft
    for who in ("member_b", "editor"):
        for action in ("publish", "copy", "delete", "unpublish", "create_alias"):
            address = f"/cms/api/main/pages/{page.pk}/action/{action}/"
            assert world.client(who).post(address).status_code in (403, 404), (who, action)
    assert Page.objects.filter(pk=page.pk, live=False).exists()


def test_reports_over_the_whole_tree_are_for_staff_with_a_right_over_it(world):
    address = reverse("wagtailadmin_reports:page_types_usage")
    for who, status in (("editor", 200), ("superuser", 200), ("member_b", 302), ("moderator", 302)):
        assert world.client(who).get(address).status_code == status, who
    menu = world.client("member_b").get("/cms/").content.decode()
    assert address not in menu
    assert address in world.client("editor").get("/cms/").content.decode()
