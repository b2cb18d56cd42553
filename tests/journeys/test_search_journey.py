"""A resident who needs an interpreter finds one in her own words, in five languages, on the search
engine, without it, and on it again."""

import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from elasticsearch import Elasticsearch
from playwright.sync_api import Page, expect

from search.engines import database_engine
from search.models import Entry
from search.sync.indices import EngineError
from search.sync.pushing import push_waiting
from search.sync.rebuilding import tend
from services.models import OrganisationPage, ServicePage
from site_core.portal.actions import EDITORS
from tests.factories.pages import ServicePageFactory, translate
from tests.journeys.admin import Admin, sign_up
from tests.support.elasticsearch import Server, client_of, server

pytestmark = [pytest.mark.journey, pytest.mark.engine, pytest.mark.timeout(900)]

INARI, KEMI, UTSJOKI = "148", "240", "890"
PHONE = {
    "type": "phone",
    "value": {"number": "016 123 4567", "languages": [{"code": "fi", "note": ""}]},
}
VIDEO = {
    "type": "video",
    "value": {"url": "https://example.org/", "languages": [{"code": "fi", "note": ""}]},
}
TITLES = {
    "fi": "Tulkkauspalvelu Inarissa",
    "sv": "Tolkning i Enare",
    "se": "Dulkon",
    "smn": "Tulkkum",
    "sms": "Tuʹlǩǩõs",
}
ASKED = [
    ("fi", "tulkkauspalvelu inari", ["Tulkkauspalvelu", "Inarissa"]),
    ("fi", "tulkkauspalveluista", ["Tulkkauspalvelu"]),
    ("sv", "tolkning", ["Tolkning"]),
    ("se", "dulkon", ["Dulkon"]),
    ("smn", "tulkkum", ["Tulkkum"]),
    ("sms", "tu´lǩǩõs", ["Tuʹlǩǩõs"]),
    ("sms", "tulkkos", ["Tuʹlǩǩõs"]),
]
"""What is typed in which language, and what is marked in the title."""


@pytest.fixture
def engine(settings) -> Iterator[Server]:
    """A search engine of this journey's own: it will be killed."""
    with server() as own:
        own.point_to(settings)
        settings.SEARCH_TIMEOUT = 30  # a busy machine is no engine that fails
        yield own


@pytest.fixture
def wanted(portal) -> ServicePage:
    """A service in five languages, beside others that miss a word, a place or a way each."""
    found = ServicePageFactory(
        title=TITLES["fi"],
        summary="Tulkki auttaa, kun asioit viranomaisen luona.",
        channels=[PHONE, VIDEO],
        municipalities=[INARI],
    )
    for language in ("sv", "se", "smn", "sms"):
        translate(found, language, title=TITLES[language], summary="", short="", body=[])
    for title, municipality, channels in (
        ("Viittomakielen tulkkaus", UTSJOKI, [VIDEO]),
        ("Tulkkauspalvelu Kemissä", KEMI, [PHONE, VIDEO]),
        ("Tulkkauksen päivystys", INARI, [PHONE]),
        ("Velkaneuvonta", INARI, [VIDEO]),
    ):
        ServicePageFactory(title=title, municipalities=[municipality], channels=channels)
    return found


def ask(page: Page, language: str, words: str) -> None:
    """Type words into the search of the home page."""
    page.goto(f"/{language}/")
    page.fill("#q", words)
    page.locator("main form.seek button").click()
    page.wait_for_load_state()


def walk(page: Page, wanted: ServicePage) -> None:
    """Find the service in every language, each in its own; then among limits."""
    paths = dict(Entry.objects.filter(key=wanted.translation_key).values_list("language", "path"))
    for language, words, marked in ASKED:
        ask(page, language, words)
        first = page.locator("main .card").first
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(first.locator("h2")).to_have_text(TITLES[language])
        expect(first.locator("h2 a")).to_have_attribute("href", paths[language])
        assert first.locator("h2").get_attribute("lang") is None
        expect(first.locator("h2 mark")).to_have_text(marked)

        ask(page, "fi", words)
        expect(page.locator("main .card h2").first).to_have_text(TITLES["fi"])
        if language != "fi":
            met = page.locator("main .card").first.locator(f".excerpt[lang={language}]")
            expect(met).to_have_text(TITLES[language])
            expect(met.locator("mark")).to_have_text(marked)

    page.goto(f"/fi/search/?q=tulkkaus&municipality={INARI}&municipality={UTSJOKI}")
    titles = page.locator("main .card h2")
    expect(titles).to_have_count(3)
    page.locator("details.facets > summary").click()
    page.locator("[name=channel][value=video]").check()
    page.locator(".facets form button").click()
    page.wait_for_url("**channel=video*")
    assert set(titles.all_inner_texts()) == {TITLES["fi"], "Viittomakielen tulkkaus"}
    expect(page.locator(".chips a")).to_have_count(4)


def questions(client: Elasticsearch, index: str) -> int:
    """How many searches the engine has answered on our indices since it started."""
    told = client.indices.stats(index=f"{index}*", metric="search")
    return told["_all"]["primaries"]["search"]["query_total"]


def test_a_resident_finds_an_interpreter_with_the_engine_and_without(
    wanted, engine, page, nojs_page, settings
):
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0  # a robot can press Publish while it makes the page
    nojs_page.set_viewport_size({"width": 360, "height": 740})
    client = client_of(settings)
    tend()
    walk(nojs_page, wanted)
    assert questions(client, settings.SEARCH_INDEX) >= 2 * len(ASKED)

    engine.kill()
    walk(nojs_page, wanted)
    publish_in_the_admin(page)
    ask(nojs_page, "fi", "ystävätuvalla")
    expect(nojs_page.locator("main .card h2")).to_have_text(["Ystävätupa etänä"])

    engine.start()
    sync()
    published = Entry.objects.get(title="Ystävätupa etänä")
    database_engine().forget([published.pk])  # from now on, only the engine can find it
    found = nojs_page.locator("main .card h2", has_text="Ystävätupa etänä")
    for _second in range(60):
        ask(nojs_page, "fi", "ystävätuvalla")
        if found.count():
            break
        time.sleep(1)
    expect(found).to_have_count(1)
    expect(found.locator("mark")).to_have_text(["Ystävätupa"])
    walk(nojs_page, wanted)
    assert questions(client, settings.SEARCH_INDEX) >= 2 * len(ASKED)


def sync() -> None:
    """What the worker does every second: try until all that waits has arrived."""
    for _second in range(60):
        with suppress(EngineError):
            push_waiting()
        if not Entry.objects.waiting().exists():
            return
        time.sleep(1)
    raise AssertionError("The engine did not catch up.")


def publish_in_the_admin(page: Page) -> None:
    """An editor publishes one more service while the engine is down."""
    sign_up("toimittaja", group=EDITORS)
    parent = OrganisationPage.objects.get(organisation__is_portal=True)
    admin = Admin(page)
    admin.log_in("toimittaja")
    admin.add("services/servicepage", parent.pk)
    admin.write(
        title="Ystävätupa etänä",
        summary="Juttelet muiden kanssa kotoa käsin.",
        short="Soita arkisin.",
    )
    number = admin.add_block("channels", "Puhelin")
    admin.write(**{f"channels-{number}-value-number": "016 123 4567"})
    page.select_option("[name=coverage]", "all_lapland")
    admin.choose("Pidän huolta läheisestäni ja kaipaan tukea", "Vertaistuki", "Työikäiset")
    admin.publish()
