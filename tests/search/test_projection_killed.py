"""A process killed while it changes a page leaves page and entry in agreement."""

import os

import pytest

from search.entries.actions import find_disagreements
from search.entries.projector import EntryProjector
from search.models import Entry
from tests.factories.pages import ServicePageFactory
from tests.support.database import all_rows
from tests.support.killing import KILLED, MOMENTS, run_and_die
from tests.support.roads import RESTRICTING, ROADS, SILENT

pytestmark = [
    pytest.mark.fault,
    # Python 3.12 warns where other threads run; the child uses nothing of theirs.
    pytest.mark.filterwarnings("ignore:This process.*fork:DeprecationWarning"),
]

KINDS = (
    "publish_in_admin",
    "publish_on_schedule",
    "publish_original",
    "change_sessions",
    "change_slug",
    "move_with_descendants",
    "copy_live",
    "make_alias",
    "unpublish_with_descendants",
    "delete",
    "bulk_delete",
    "restrict",
    "lift_restriction",
    "suspend_organisation",
    "hide_for_age",
)
"""A road of each kind, killed on PostgreSQL too: every deed of the projector, saves and moves, in
the admin and by the clock, one page and many. The others take the same ways through the projector.
"""


def road(name):
    """A parameter, run `once` where another road of the kind is run on every database."""
    return pytest.param(name, marks=() if name in KINDS else pytest.mark.once)


@pytest.mark.parametrize("name", [road(name) for name in ROADS if name not in SILENT])
def test_page_and_entry_agree_whenever_the_process_dies(portal, transactional_db, name):
    """What dies is undone, so the same deed can die at the next moment.

    That all agrees before the deed is seen in test_projection_roads.py, and holds while no row of
    the database has changed.
    """
    road = ROADS[name]()
    next(road)
    before = all_rows()
    for moment in MOMENTS:
        assert run_and_die(lambda: next(road), moment) == KILLED
        found = find_disagreements() if all_rows() != before else []
        if name in RESTRICTING:
            shown = set(Entry.objects.public().values_list("page_id", flat=True))
            found = [disagreement for disagreement in found if disagreement.page_id in shown]
        assert (moment, found) == (moment, [])


def test_the_check_sees_an_entry_that_is_written_apart(portal, transactional_db):
    """The control: with the entry in a transaction of its own, a kill between is found."""
    page = ServicePageFactory(title="Vanha")
    page.title = "Uusi"

    def publish_and_die_before_the_entry():
        EntryProjector.project = lambda projector, page: None
        page.save_revision().publish()
        os._exit(KILLED)

    assert run_and_die(publish_and_die_before_the_entry, "midst") == KILLED
    assert [(found.page_id, "title" in found.what) for found in find_disagreements()] == [
        (page.pk, True)
    ]
