"""The sitemap lists what exists, with its versions in other languages, and nothing else."""

import xml.etree.ElementTree as ElementTree

import pytest
from wagtail.models import PageViewRestriction

from tests.factories.pages import ServicePageFactory, translate

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def listed(client) -> dict[str, dict[str, str]]:
    """Path of each page listed, with its alternates by language."""
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return {
        path_of(url.findtext(f"{SITEMAP}loc")): {
            link.get("hreflang"): path_of(link.get("href")) for link in url.iter(LINK)
        }
        for url in tree.iter(f"{SITEMAP}url")
    }


def path_of(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def test_versions_name_each_other(portal, client):
    page = ServicePageFactory()
    swedish = translate(page, "sv", title="Rådgivning")
    pages = listed(client)
    expected = {
        "fi": page.get_url(),
        "sv": swedish.get_url(),
        "x-default": page.get_url(),
    }
    assert pages[page.get_url()] == pages[swedish.get_url()] == expected
    assert {f"/{code}/" for code in ("fi", "sv", "se", "smn", "sms")} <= set(pages)


@pytest.mark.leak
def test_what_is_not_public_is_not_listed(portal, client):
    draft = ServicePageFactory(live=False)
    gone, restricted, shown = (ServicePageFactory() for _ in range(3))
    translate(shown, "sv", live=False)
    gone.unpublish()
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    pages = listed(client)
    assert shown.get_url() in pages
    assert set(pages[shown.get_url()]) == {"fi", "x-default"}
    for page in (draft, gone, restricted):
        assert page.get_url() not in pages
    assert not any("/e/" in path for path in pages)


def test_it_takes_one_query(portal, client, django_assert_num_queries):
    for _ in range(3):
        ServicePageFactory()
    client.get("/sitemap.xml")
    with django_assert_num_queries(1):
        client.get("/sitemap.xml")
