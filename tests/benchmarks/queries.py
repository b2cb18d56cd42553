"""Prints the queries of each kind of page, alone and with much around it.

python -m tests.benchmarks.queries
"""

from tests.benchmarks.portal import portal, queries, tell  # first: it sets Django up

from collections.abc import Callable  # isort: skip

from django.test import Client

from site_core.languages.registry import LANGUAGES
from tests.factories.pages import (
    NewsPageFactory,
    OrganisationPageFactory,
    ServicePageFactory,
    TrainingPageFactory,
    stored,
    translate,
)

DETAIL = {
    "service": ServicePageFactory,
    "training": TrainingPageFactory,
    "news": NewsPageFactory,
    "organisation": OrganisationPageFactory,
}
MANY = 20


def reading(url: str) -> int:
    """Queries of one warm request that is not answered from a stored page."""
    client, address = Client(), url + ("&" if "?" in url else "?") + "road=long"
    assert client.get(address).status_code == 200, url
    return queries(lambda: client.get(address))


def reading_stored(url: str) -> int:
    """Queries of the request after the one that stored the page."""
    client = Client()
    assert client.get(url).status_code == 200, url
    return queries(lambda: client.get(url))


def in_five_languages(page) -> None:
    for language in LANGUAGES:
        if language != "fi":
            translate(page, language)


def below_two_more(page) -> None:
    """Put the page's branch below another organisation's: two levels further down."""
    branch = page if type(page).__name__ == "OrganisationPage" else stored(page.get_parent())
    outer, inner = OrganisationPageFactory(), OrganisationPageFactory()
    inner.move(outer, pos="last-child")
    branch.move(stored(inner), pos="last-child")


def with_many_beside(page) -> None:
    branch = page if type(page).__name__ == "OrganisationPage" else page.get_parent()
    for _ in range(MANY):
        ServicePageFactory(parent=stored(branch))


SURROUNDINGS: dict[str, Callable] = {
    "alone": lambda page: None,
    f"{MANY} beside": with_many_beside,
    "5 languages": in_five_languages,
    "2 levels down": below_two_more,
}


def main() -> None:
    with portal() as vendor:
        tell(f"Queries on {vendor}\n")
        tell(f"{'':<14}" + "".join(f"{name:>15}" for name in SURROUNDINGS))
        for kind, make in DETAIL.items():
            counts = []
            for surround in SURROUNDINGS.values():
                page = make()
                surround(page)
                counts.append(reading(stored(page).entry.path))
            tell(f"{kind:<14}" + "".join(f"{count:>15}" for count in counts))
        tell(f"{'stored':<14}{reading_stored(ServicePageFactory().entry.path):>15}\n")
        for name, url in {
            "home": "/fi/",
            "listing": "/fi/search/",
            "filtered": "/fi/search/?municipality=732&kind=service",
            "words": "/fi/search/?q=neuvontaa",
            "sitemap": "/sitemap.xml",
        }.items():
            tell(f"{name:<14}{reading(url):>15}")


if __name__ == "__main__":
    main()
