"""Suspending from the desk: all of it is hidden at once and comes back whole."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from services.actions import create_organisation_page
from site_core.organisations.models import Organisation
from site_core.outbox.models import Message
from tests.desk.onboarding.conftest import in_group
from tests.factories.organisations import MembershipFactory, PersonFactory
from tests.organisations.conftest import add_service
from tests.support.pages import save_page

pytestmark = pytest.mark.django_db
LANGUAGE_REVIEWERS, MODERATORS, EDITORS = "Language reviewers", "Moderators", "Editors"


@pytest.fixture
def member(portal):
    return MembershipFactory(role="lead", organisation__name="Tunturin väki")


@pytest.fixture
def branch(member) -> dict[str, Page]:
    """A live page, a draft and a live page behind a log-in, below a live page."""
    home = create_organisation_page(member.organisation, language="fi")
    home.save_revision().publish()
    found = {
        "home": home,
        "live": add_service(home, "Julkinen", live=True),
        "draft": add_service(home, "Luonnos", live=False),
        "restricted": add_service(home, "Suljettu", live=True),
    }
    PageViewRestriction.objects.create(page=found["restricted"], restriction_type="login")
    return found


def statuses(branch: dict[str, Page]) -> dict[str, int]:
    return {
        name: Client().get(Page.objects.get(pk=page.pk).specific.url).status_code
        for name, page in branch.items()
    }


def client_of(person, **options) -> Client:
    client = Client(**options)
    if person is not None:
        client.force_login(person)
    return client


def page_of(member) -> str:
    return reverse("desk_organisation", args=[member.organisation_id])


def text_of(response) -> str:
    return unescape(response.content.decode())


SUSPEND = {"deed": "suspend", "reason": "misuse", "text": "Joku muu kirjoitti."}


def test_all_is_hidden_at_once_and_comes_back_whole(member, branch):
    before = statuses(branch)
    assert before == {"home": 200, "live": 200, "draft": 404, "restricted": 302}
    client = client_of(in_group(MODERATORS))
    save_page("desk-organisation", client.get(page_of(member)).content)
    assert client.post(page_of(member), SUSPEND).url == page_of(member)
    assert statuses(branch) == {"home": 410, "live": 410, "draft": 404, "restricted": 302}
    assert client_of(member.user).get(reverse("desk_members")).status_code == 404
    shown = text_of(client.get(page_of(member)))
    assert "Joku muu kirjoitti." in shown
    assert client.post(page_of(member), {"deed": "restore"}).url == page_of(member)
    assert statuses(branch) == before
    assert client_of(member.user).get(reverse("desk_members")).status_code == 302
    kinds = list(Message.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["organisation_suspended", "organisation_restored"]


@pytest.mark.fault
def test_sent_twice_is_one_suspension_and_one_mail(member):
    client = client_of(in_group(EDITORS))
    for _time in range(2):
        client.post(page_of(member), SUSPEND)
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    "sent",
    [
        {**SUSPEND, "reason": ""},
        {**SUSPEND, "reason": "mood"},
        {**SUSPEND, "text": ""},
        {"deed": "delete"},
        {},
    ],
)
def test_without_a_reason_nothing_is_hidden(member, sent):
    response = client_of(in_group(MODERATORS)).post(page_of(member), sent)
    assert response.status_code == 200
    assert Organisation.objects.get(pk=member.organisation_id).is_active


@pytest.mark.permission
@pytest.mark.leak
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("moderator", 200),
        ("editor", 200),
        ("language reviewer", 404),
        ("own lead", 404),
        ("other lead", 404),
        ("stranger", 404),
        ("nobody", 302),
    ],
)
def test_who_suspends(member, who, status):
    person = {
        "moderator": lambda: in_group(MODERATORS),
        "editor": lambda: in_group(EDITORS),
        "language reviewer": lambda: in_group(LANGUAGE_REVIEWERS),
        "own lead": lambda: member.user,
        "other lead": lambda: MembershipFactory(role="lead").user,
        "stranger": PersonFactory,
        "nobody": lambda: None,
    }[who]()
    client = client_of(person)
    for address in (reverse("desk_organisations"), page_of(member)):
        response = client.get(address)
        assert response.status_code == status
        assert ("Tunturin väki" in text_of(response)) is (status == 200)
    client.post(page_of(member), SUSPEND)
    assert Organisation.objects.get(pk=member.organisation_id).is_active is (status != 200)


def test_the_portals_own_organisation_is_not_there(portal):
    own = Organisation.objects.portal().get()
    client = client_of(in_group(MODERATORS))
    assert client.get(reverse("desk_organisation", args=[own.pk])).status_code == 404
    assert own.name not in text_of(client.get(reverse("desk_organisations"))).split("<main", 1)[1]


def test_organisations_are_found_by_name_and_id(member):
    Organisation.objects.filter(pk=member.organisation_id).update(business_id="0737546-2")
    MembershipFactory(organisation__name="Aivan muu")
    client = client_of(in_group(MODERATORS))
    for asked in ("TUNTURIN", "0737546-2"):
        html = text_of(client.get(reverse("desk_organisations"), {"q": asked}))
        assert "Tunturin väki" in html
        assert "Aivan muu" not in html
    for odd in ("\x00", "%", "x" * 500):
        assert client.get(reverse("desk_organisations"), {"q": odd}).status_code == 200
