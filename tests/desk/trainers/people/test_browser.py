"""The people of a group in a real browser: on a phone, without scripts, and under axe."""

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from tests.desk.test_in_browser import PHONE, WIDE, WIDER, log_in
from tests.factories.training import SessionFactory
from tests.support.axe import violations
from tests.support.browser import WAIT_MS
from training.sessions import Attendance
from training.signups.actions import cancel, change_capacity
from training.signups.models import SignUp

from .making import address, come, desk_of, full_group

pytestmark = [pytest.mark.timeout(600)]


@pytest.fixture
def desk(portal):
    """Everything there may be in a list."""
    group = full_group()
    come(group, "Uuno Uusi")
    cancel(SignUp.objects.get(email="uuno@example.org"))
    session = group.sessions.get()
    type(session).objects.update(starts_at=timezone.now())
    SessionFactory(offering=group)
    return desk_of(group)


@pytest.mark.journey
def test_attendance_is_marked_on_a_phone_without_scripts(desk, nojs_page, live_server):
    page = nojs_page
    page.set_viewport_size(PHONE)
    log_in(page, live_server.url, desk.person)
    page.goto(desk.at("people"))
    page.click(f"a[href='{desk.at('attendance')}']")
    page.click("main .asks a")
    page.locator("fieldset", has_text="Aino Aalto").locator("[value=absent]").check()
    page.click("[name=deed][value=rest]")
    expect(page.locator("[role=status]")).to_be_visible()
    marks = dict(Attendance.objects.values_list("attendee__name", "mark"))
    assert marks == {"Aino Aalto": "absent", "Ánde Áŋgil": "present"}


@pytest.mark.a11y
@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_axe_finds_nothing(desk, browser: Browser, live_server, size):
    context = browser.new_context(
        base_url=live_server.url, bypass_csp=True, service_workers="block", viewport=size
    )
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    log_in(page, live_server.url, desk.person)
    group, findings = desk.group, []
    waiting = SignUp.objects.queue().first()

    def examine() -> None:
        findings.append(violations(page))
        if (wider := page.evaluate(WIDER)) > 0:
            findings.append(f"{page.url} is {wider} px too wide")

    for name, *more in (
        ("people",),
        ("sign_up",),
        ("promote", waiting.pk),
        ("cancel", waiting.pk),
        ("needs",),
        ("attendance",),
        ("session_attendance", group.sessions.order_by("starts_at").first().pk),
        ("files",),
        ("list",),
        ("message",),
    ):
        page.goto(address(group, name, *more))
        examine()
        if name in ("sign_up", "promote"):
            page.click("main form .btn")
            examine()
        if name == "needs":
            page.click("main form .btn")
            examine()
        if name == "message":
            page.fill("[name=text]", "Tervetuloa!")
            page.click("main form .btn")
            assert "<blockquote" in page.content()
            examine()
    change_capacity(group, 1)
    page.goto(address(group, "people"))
    examine()
    context.close()
    assert [each for each in findings if each] == []
