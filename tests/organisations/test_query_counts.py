"""The admin costs the same for a member of 1, 20 and 200 organisations.

Pages of the same number of rows are compared, so that rows cost what they cost and organisations
nothing. Each figure is the number of queries of the second request: the first fills caches of
content types and locales.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.organisations.conftest import add_service, memberships_in

pytestmark = [pytest.mark.django_db, pytest.mark.permission]

SIZES = (1, 20, 200)
ROWS = 5


@pytest.fixture
def members(tree):
    """A member of each number of organisations, with as many services in the first of them."""
    people = {}
    for size in SIZES:
        person = memberships_in(size)
        home = person.memberships.order_by("pk").first().organisation.pages.order_by("pk").first()
        for number in range(ROWS):
            add_service(home, f"Aurora {size} {number}", live=False)
        people[size] = (person, home)
    return people


def addresses(home):
    return {
        "explorer": reverse("wagtailadmin_explore", args=[home.pk]),
        "type listing": reverse("wagtailadmin_pages:type_use", args=["services", "servicepage"]),
        "search": reverse("wagtailadmin_pages:search") + "?q=Aurora",
        "chooser": reverse("wagtailadmin_choose_page_child", args=[home.pk]),
        "editor": reverse("wagtailadmin_pages:edit", args=[home.get_children().first().pk]),
        "choose parent": reverse("wagtailadmin_pages:choose_parent", args=["news", "newspage"]),
        "dashboard": reverse("wagtailadmin_home"),
    }


def test_queries_do_not_grow_with_memberships(members):
    counts: dict[str, dict[int, int]] = {}
    for size, (person, home) in members.items():
        client = Client()
        client.force_login(person)
        for name, address in addresses(home).items():
            if name == "choose parent" and size == 1:
                continue  # one possible parent: answered by a redirect to the form
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(address)
            assert answer.status_code == 200, (name, size)
            counts.setdefault(name, {})[size] = len(queries)
        listing = client.get(addresses(home)["explorer"]).content.decode()
        assert f"Aurora {size} {ROWS - 1}" in listing
    assert {name: len(set(by_size.values())) for name, by_size in counts.items()} == dict.fromkeys(
        counts, 1
    ), counts
    for name in ("explorer", "type listing", "search", "chooser", "choose parent"):
        assert counts[name][200] <= 45, (name, counts)
