"""Every address of the resolver x roles: who gets in stands in `addresses.txt`."""

import pytest

from site_core.accounts.middleware import BEFORE_CODE
from site_core.organisations import policies
from site_core.organisations.rights import PageRights, Place
from tests.accounts.signing import give_device
from tests.permissions.answers import ABSENT, FAULT, LOG_IN, OPEN, ask
from tests.permissions.audiences import FAULTS, expectations
from tests.permissions.objects import Objects
from tests.permissions.routes import Route, routes
from tests.permissions.world import ROLES, World, build

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.permission,
    pytest.mark.once,
    pytest.mark.timeout(600),
    # a report of localize pages through rows without an order
    pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results"),
]
BEHIND = ("cms/", "desk/", "originals/")


@pytest.fixture
def world(portal) -> World:
    return build()


@pytest.fixture
def addresses(world) -> dict[Route, str]:
    """An address of each route, with something behind it."""
    objects = Objects(world)
    return {route: route.path(objects.values(route)) for route in routes()}


def wrong_cells(world: World, role: str, addresses: dict[Route, str]) -> list[str]:
    """Where a role gets in and should not, or the other way round, in words."""
    expected, client, wrong = expectations(), world.client(role), []
    for route, address in addresses.items():
        answer = ask(client, address)
        if answer == FAULT and route.text in FAULTS:
            answer = OPEN
        good = answer == OPEN if role in expected[route.text] else answer in closed(role)
        if not good:
            wrong.append(f"{role}: {route.text} is {answer}")
    return wrong


def closed(role: str) -> set[str]:
    """How a role is kept out; a visitor never learns more than that there is a log-in."""
    return {LOG_IN, ABSENT} if role == "anonymous" else {LOG_IN, ABSENT, "refused"}


def test_every_address_has_an_expectation_and_every_expectation_an_address():
    there, known = {route.text for route in routes()}, set(expectations())
    assert sorted(there - known) == []
    assert sorted(known - there) == []


@pytest.mark.parametrize("role", ROLES)
def test_no_cell_is_wrong(world, addresses, role):
    assert wrong_cells(world, role, addresses) == []


def test_whoever_owes_the_second_step_gets_in_nowhere(world, addresses, settings):
    """Every address behind the log-in leads an administrator without a code to the second step."""
    settings.OTP_REQUIRED = True
    admin = world.people["admin"]
    give_device(admin)
    client = world.client("admin")
    passed = []
    for route, address in addresses.items():
        if route.text.startswith(BEHIND) and route.name not in BEFORE_CODE:
            response = client.get(address)
            if response.status_code != 302 or "/desk/sign-in/code/" not in response.url:
                passed.append(route.text)
    assert passed == []


def test_without_the_policy_a_foreign_member_gets_in(world, addresses, monkeypatch):
    """The control, on the addresses that are about A's pages."""

    def everything(user) -> PageRights:
        rights = PageRights(is_reviewer=True)
        rights.grant(Place(1, "0001"), policies.EXPLORE_ACTIONS)
        return rights

    monkeypatch.setattr(policies, "rights_of", everything)
    pages = {route: path for route, path in addresses.items() if route.text.startswith("cms/pages")}
    assert len(wrong_cells(world, "author_b", pages)) > 20
