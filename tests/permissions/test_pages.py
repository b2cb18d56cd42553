"""Roles x states of a page x deeds: nobody may more than is written in `expected.py`, or less."""

import pytest

from site_core.organisations import policies
from site_core.organisations.rights import PageRights, Place
from tests.permissions.deeds import DEEDS, RIGHTS, SIGHTS, VERBS
from tests.permissions.expected import EXPECTED
from tests.permissions.world import ROLES, STATES, World, build

pytestmark = [pytest.mark.django_db, pytest.mark.permission, pytest.mark.timeout(600)]
CELLS = [(deed, state, role) for deed in DEEDS for state in STATES for role in ROLES]
LEAST_CELLS = 800


@pytest.fixture
def world(portal) -> World:
    return build()


def wrong_cells(world: World, deeds) -> list[str]:
    """The cells that differ from the expectation, in words."""
    wrong = []
    for deed, state, role in CELLS:
        if deed in deeds:
            may = DEEDS[deed](world, role, world.pages[state])
            if may is not (role in EXPECTED[deed][state]):
                wrong.append(f"{role} {'may' if may else 'may not'} {deed}: {state}")
    return wrong


def test_the_matrix_is_whole():
    assert set(EXPECTED) == set(DEEDS)
    assert all(set(by_state) == set(STATES) for by_state in EXPECTED.values())
    assert len(CELLS) >= LEAST_CELLS


@pytest.mark.parametrize("deeds", [RIGHTS, VERBS, SIGHTS], ids=["rights", "verbs", "sights"])
def test_no_cell_is_wrong(world, deeds):
    assert wrong_cells(world, deeds) == []


def test_without_the_policy_hundreds_are_wrong(world, monkeypatch):
    """The control: the matrix sees what the policy does."""

    def everything(user) -> PageRights:
        rights = PageRights(is_reviewer=True)
        rights.grant(Place(1, "0001"), policies.EXPLORE_ACTIONS)
        return rights

    monkeypatch.setattr(policies, "rights_of", everything)
    assert len(wrong_cells(world, [*RIGHTS, "submit", "withdraw", "confirm", "hide"])) > 300
