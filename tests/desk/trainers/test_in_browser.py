"""A trainer's courses in a real browser: on a phone, without scripts, and under axe."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, expect

from tests.desk.test_in_browser import PHONE, WIDE, WIDER, log_in
from tests.factories.organisations import MembershipFactory
from tests.factories.training import CourseFactory, OfferingFactory, SessionFactory
from tests.support.axe import violations
from tests.support.browser import WAIT_MS
from tests.training.conftest import add_page
from tests.training.signups.making import join
from training.courses import Course
from training.question_actions import save_question
from training.questions import Question
from training.signups.actions import change_capacity

pytestmark = [pytest.mark.timeout(600)]


@pytest.fixture
def trainer(portal):
    return MembershipFactory(role="trainer", organisation__name="Tunturin Tuki ry").user


@pytest.fixture
def course(trainer) -> Course:
    """Two groups, one with more people than places and a queue, one with too few."""
    soon = timezone.now() + timedelta(days=5)
    course = CourseFactory(
        organisation=trainer.memberships.get().organisation, price_note="Maksuton.", offerings=None
    )
    full = OfferingFactory(course=course, largest_group=3, sessions=None)
    few = OfferingFactory(course=course, minimum=4, capacity=8, sessions=None)
    for offering in (full, few):
        SessionFactory(offering=offering, starts_at=soon)
    change_capacity(full, 3, reserved={"Omaishoitajat": 1})
    for who in ("aino", "eero", "niila"):
        join(full, who, now=timezone.now())
    change_capacity(full, 1)
    save_question(Question(course=course, text="Mistä kuulit?"))
    add_page(course)
    return course


@pytest.mark.journey
def test_sessions_are_added_on_a_phone_without_scripts(course, trainer, nojs_page, live_server):
    page, group = nojs_page, course.offerings.last()
    page.set_viewport_size(PHONE)
    log_in(page, live_server.url, trainer)
    page.goto(reverse("desk_entries"))
    page.click(f"main a[href='{reverse('desk_course', args=[course.pk])}']")
    page.click(f"a[href='{reverse('desk_sessions_new', args=[course.pk, group.pk])}']")
    assert page.locator("#f-place").is_hidden()
    page.check("[name=where][value=place]")
    for number, ends in ((0, "05:00"), (1, "11:00")):
        page.fill(f"#f-day_{number}", "2027-03-28" if number == 0 else "2027-04-04")
        page.fill(f"#f-starts_{number}", "03:30" if number == 0 else "09:00")
        page.fill(f"#f-ends_{number}", ends)
    page.click("main form .btn")
    page.click(".errors a[href='#f-starts_0']")
    assert page.url.endswith("#f-starts_0")
    expect(page.locator(".errors a[href='#f-place']")).to_be_visible()
    page.fill("#f-starts_0", "04:00")
    page.fill("#f-place", "Kirjasto")
    page.click("main form .btn")
    expect(page.locator("[role=status]")).to_be_visible()
    assert group.sessions.filter(place="Kirjasto").count() == 2


@pytest.mark.a11y
@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_axe_finds_nothing(course, trainer, browser: Browser, live_server, size):
    context = browser.new_context(
        base_url=live_server.url, bypass_csp=True, service_workers="block", viewport=size
    )
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    log_in(page, live_server.url, trainer)
    full, few = course.offerings.all()
    session, question = full.sessions.get(), course.questions.get()
    findings = []

    def examine() -> None:
        findings.append(violations(page))
        if (wider := page.evaluate(WIDER)) > 0:
            findings.append(f"{page.url} is {wider} px too wide")

    page.goto(reverse("desk_courses"))
    examine()
    for name, *more in (
        ("desk_course",),
        ("desk_course_facts",),
        ("desk_question_new",),
        ("desk_question", question.pk),
        ("desk_group_new",),
        ("desk_group", full.pk),
        ("desk_group_stop", full.pk),
        ("desk_group_remove", few.pk),
        ("desk_sessions_new", full.pk),
        ("desk_session", session.pk),
        ("desk_session_cancel", session.pk),
        ("desk_join_link", session.pk),
    ):
        page.goto(reverse(name, args=[course.pk, *more]))
        examine()
        if name in ("desk_question_new", "desk_group_new", "desk_sessions_new", "desk_join_link"):
            page.click("main form .btn")
            expect(page.locator(".errors")).to_be_visible()
            examine()
    context.close()
    assert [each for each in findings if each] == []
