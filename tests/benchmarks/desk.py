"""Prints queries and milliseconds of an author's pages for a member of 1, 20 and 200 organisations.

python -m tests.benchmarks.desk
"""

from tests.benchmarks.portal import portal, queries, tell  # first: it sets Django up

from functools import partial  # isort: skip
from statistics import median
from time import perf_counter

from django.test import Client
from django.urls import reverse

from services.models import OrganisationPage
from site_core.portal.models import OrganisationIndexPage
from tests.factories.organisations import MembershipFactory, PersonFactory
from tests.factories.pages import ServicePageFactory, stored

SIZES = (1, 20, 200)
ENTRIES = 10
ROUNDS = 7


def member_of(count: int):
    """A member of so many organisations with Finnish pages, and entries in the first of them."""
    person, index = PersonFactory(), OrganisationIndexPage.objects.get(locale__language_code="fi")
    homes = []
    for _number in range(count):
        organisation = MembershipFactory(user=person).organisation
        page = OrganisationPage(
            title=organisation.name,
            organisation=organisation,
            locale_id=index.locale_id,
            live=False,
        )
        homes.append(index.add_child(instance=page))
    for number in range(ENTRIES):
        home = stored(homes[number % len(homes)])
        entry = ServicePageFactory(parent=home, live=number % 2 == 0)
    return person, entry


def addresses(person, entry) -> dict[str, str]:
    """What is measured, by name."""
    organisation = person.memberships.first().organisation_id
    return {
        "list": reverse("desk_entries"),
        "form": reverse("desk_edit", args=[entry.pk]),
        "new form": reverse("desk_new", args=["service"]) + f"?organisation={organisation}",
        "preview": reverse("desk_preview", args=[entry.pk]),
        "explorer": reverse("wagtailadmin_explore", args=[entry.get_parent().pk]),
    }


def milliseconds(client: Client, address: str) -> float:
    """Median of a few warm requests."""
    spans = []
    for _round in range(ROUNDS):
        started = perf_counter()
        assert client.get(address).status_code == 200, address
        spans.append((perf_counter() - started) * 1000)
    return median(spans)


def main() -> None:
    with portal() as vendor:
        tell(f"An author's pages on {vendor}: queries, ms\n")
        tell(f"{'':<12}" + "".join(f"{size:>16}" for size in SIZES))
        rows: dict[str, list[str]] = {}
        for size in SIZES:
            person, entry = member_of(size)
            client = Client()
            client.force_login(person)
            for name, address in addresses(person, entry).items():
                assert client.get(address).status_code == 200, address
                count = queries(partial(client.get, address))
                spent = milliseconds(client, address)
                rows.setdefault(name, []).append(f"{count:>8}{spent:>8.0f}")
        for name, cells in rows.items():
            tell(f"{name:<12}" + "".join(cells))


if __name__ == "__main__":
    main()
