"""The fixtures that all other tests rest on."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from wagtail.models import Locale, Page, Site

from tests.support.axe import violations
from tests.support.browser import Watch

TWICE = pytest.mark.parametrize("time", ["first", "second"])


def assert_as_migrated() -> None:
    assert Page.objects.filter(depth=1).exists()
    assert Locale.objects.exists()
    assert Site.objects.exists()
    assert not Group.objects.filter(name="left-behind").exists()
    assert cache.get("left-behind") is None


def leave_something_behind() -> None:
    Group.objects.create(name="left-behind")
    cache.set("left-behind", True)


@TWICE
def test_a_test_starts_from_the_migrated_state(db, time):
    assert_as_migrated()
    leave_something_behind()


@TWICE
def test_so_does_a_test_that_commits(transactional_db, time):
    assert_as_migrated()
    leave_something_behind()
    (settings.ORIGINALS_ROOT / "left.txt").parent.mkdir(exist_ok=True)
    (settings.ORIGINALS_ROOT / "left.txt").touch()


@TWICE
def test_files_of_a_test_that_commits_are_gone(transactional_db, time):
    assert not (settings.ORIGINALS_ROOT / "left.txt").exists()
    (settings.ORIGINALS_ROOT).mkdir(exist_ok=True)
    (settings.ORIGINALS_ROOT / "left.txt").touch()


def test_the_database_is_this_workers_own(db, test_database):
    assert connection.settings_dict["NAME"] == test_database.engine.name("migrated")


def test_the_portal_is_set_up(portal):
    assert Page.objects.live().filter(depth=2).count() == len(settings.LANGUAGES)


def test_a_portal_in_a_test_that_commits(portal, transactional_db):
    assert Page.objects.live().filter(depth=2).count() == len(settings.LANGUAGES)
    Page.objects.filter(depth=2).delete()


@pytest.mark.journey
def test_the_browser_sees_what_the_test_wrote(page):
    page.goto("/fi/no-such-page/")
    assert page.locator("html").get_attribute("lang") == "fi"


@pytest.mark.journey
def test_without_scripts_nothing_runs(nojs_page):
    nojs_page.set_content("<title>before</title><script>document.title = 'after'</script>")
    assert nojs_page.title() == "before"


@pytest.mark.journey
@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ("fetch('http://127.0.0.1:9/').catch(() => 0)", "third party: http://127.0.0.1:9/"),
        ("setTimeout(() => { throw new Error('broken') })", "script: broken"),
    ],
)
def test_the_watch_sees_faults(browser, script, fault):
    watch = Watch("localhost")
    context = browser.new_context()
    watch.over(context)
    page = context.new_page()
    page.evaluate(script)
    page.wait_for_timeout(200)
    context.close()
    assert watch.faults == [fault]


@pytest.mark.a11y
@pytest.mark.parametrize(("text", "found"), [("", True), ("A title", False)])
def test_axe_finds_a_missing_title(browser, text, found):
    page = browser.new_page()
    page.set_content(f"<html lang='en'><title>{text}</title><main><h1>Heading</h1></main></html>")
    assert ("document-title" in violations(page)) == found
    page.close()
