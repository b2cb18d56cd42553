"""Prints what taking in an organisation costs, for one page and for five, and how it grows.

python -m tests.benchmarks.onboarding
"""

from tests.benchmarks.portal import portal, queries, tell  # first: it sets Django up

from statistics import median  # isort: skip
from time import perf_counter

from django.contrib.auth.models import Group, Permission
from django.db import reset_queries
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from site_core.desk.onboarding import actions
from site_core.desk.onboarding.models import Application
from site_core.languages.registry import CODES
from site_core.portal.actions import MODERATORS
from tests.factories.organisations import OrganisationFactory, PersonFactory

RUNS = 10
ORGANISATIONS = 200
RIGHTS_ROWS = (Group, Permission, Collection, GroupPagePermission, GroupCollectionPermission)


def applied(number: int, languages: list[str]) -> Application:
    """An application that waits for a moderator."""
    return Application.objects.create(
        name=f"Mittausväki {number}",
        kind="informal_group",
        languages=languages,
        first_name="Aino",
        last_name="Mittari",
        email=f"measured{number}@example.org",
        language="fi",
        state=Application.State.WAITING,
    )


def rights_rows() -> int:
    """How many rows of rights there are."""
    return sum(model.objects.count() for model in RIGHTS_ROWS)


def measure(moderator, languages: list[str], first: int) -> tuple[int, float]:
    """Queries of one approval and the median of its milliseconds."""
    counts, times = [], []
    for number in range(first, first + RUNS):
        application = applied(number, languages)
        reset_queries()  # Django keeps 9000 of them
        started = perf_counter()
        counts.append(
            queries(lambda: actions.approve(application, by=moderator, seen=1))  # noqa: B023
        )
        times.append((perf_counter() - started) * 1000)
    return round(median(counts)), median(times)


def main() -> None:
    with portal() as vendor:
        moderator = PersonFactory(username="moderator")
        moderator.groups.add(Group.objects.get(name=MODERATORS))
        tell(f"Approving an application, {vendor}, median of {RUNS}")
        before, first = rights_rows(), 0
        for size in (0, ORGANISATIONS):
            for _number in range(size):
                OrganisationFactory()
            for languages in (["fi"], list(CODES)):
                count, milliseconds = measure(moderator, languages, first)
                first += RUNS
                tell(
                    f"  {size:4} organisations more, {len(languages)} pages: "
                    f"{count} queries, {milliseconds:.0f} ms"
                )
        tell(f"  rows of rights added: {rights_rows() - before}")


if __name__ == "__main__":
    main()
