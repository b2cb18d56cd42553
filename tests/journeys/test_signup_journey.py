"""A course from its two places to nothing left of its people: opened at the trainer's desk, signed
up for in two languages by mail of a real server, one cancels and one is promoted, a session moves,
attendance is kept and taken home, and when its time is over everybody is forgotten."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from django.utils.translation import override
from icalendar import Calendar
from playwright.sync_api import expect

from site_core.languages.fallback import say
from site_core.organisations.actions import add_member
from site_core.organisations.models import Membership
from tests.factories.organisations import OrganisationFactory
from tests.factories.pages import OrganisationPageFactory, TrainingPageFactory, translate
from tests.factories.training import CourseFactory, OfferingFactory
from tests.journeys.admin import sign_up
from tests.journeys.desk import Desk
from tests.journeys.letters import Letters
from tests.support.database import all_rows

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]

TITLE, TITLE_SV = "Puhelin tutuksi", "Bli vän med telefonen"
ANNI, BIRGIT, CHARLES = "anni@example.org", "birgit@example.org", "charles@example.org"
NAMES = {ANNI: "Anni Aslakintytär", BIRGIT: "Birgit Bäckdotter", CHARLES: "Charles Cavén"}
NOW = "You can join at %(time)s"
LINK = "https://huone.example.org/salainen-ovi"


def in_words(msgid: str, language: str = "fi", **values: object) -> str:
    """A message of the portal as its readers see it."""
    with override(language):
        return say(msgid, **values).text


@dataclass
class Story:
    """The people at their screens, the mail between them, and the clock on the wall."""

    trainer: Desk
    resident: Callable[[], Desk]
    letters: Letters
    pages: dict[str, str]
    pass_time: Callable[[timedelta], None]
    desks: dict[str, Desk] = field(default_factory=dict)
    course: str = ""

    def subject(self, who: str, msgid: str) -> str:
        language = self.letters.languages[who]
        title = TITLE_SV if language == "sv" else TITLE
        return in_words(f"{msgid}: %(course)s", language, course=title, time="13.00")

    def mailed(self, *expected: tuple[str, str]) -> None:
        """The worker does a round; just these mails came, by address and message."""
        self.letters.bring(*((who, self.subject(who, msgid)) for who, msgid in expected))

    def link(self, who: str, msgid: str) -> str:
        return self.letters.link(who, self.subject(who, msgid))

    def calendar(self, who: str, msgid: str) -> Calendar:
        """The calendar that goes with a mail."""
        mails = self.letters.sink.to(who)
        mail = next(m for m in reversed(mails) if m["Subject"] == self.subject(who, msgid))
        return calendar_of(mail)


def calendar_of(mail: EmailMessage) -> Calendar:
    (part,) = (part for part in mail.walk() if part.get_content_type() == "text/calendar")
    found = Calendar.from_ical(part.get_content())
    assert part.get_param("method") == found["METHOD"]
    return found


@pytest.fixture
def story(portal, visitor, sink, settings, live_server, monkeypatch) -> Story:
    monkeypatch.setattr("site_core.throttle.forms.GuardedForm.shortest", timedelta(0))
    settings.BASE_URL = settings.WAGTAILADMIN_BASE_URL = live_server.url
    organisation = OrganisationFactory()
    home = OrganisationPageFactory(organisation=organisation)
    course = CourseFactory(organisation=organisation, title=TITLE, offerings=None)
    OfferingFactory(course=course, sessions=None)
    page = TrainingPageFactory(parent=home, title=TITLE, course=course)
    swedish = translate(page, "sv", title=TITLE_SV)
    trainer = sign_up("tuula")
    add_member(organisation, trainer, Membership.Role.TRAINER)
    letters = Letters(
        sink,
        live_server.url,
        languages={ANNI: "fi", BIRGIT: "sv", CHARLES: "fi"},
        private=[*NAMES.values(), LINK, "salainen"],
        most_links=2,
    )
    passed = timedelta(0)
    real = timezone.now

    def pass_time(span: timedelta) -> None:
        nonlocal passed
        passed += span

    monkeypatch.setattr("django.utils.timezone.now", lambda: real() + passed)
    desk = Desk(visitor())
    pages = {"fi": page.url, "sv": swedish.url}
    return Story(desk, lambda: Desk(visitor()), letters, pages, pass_time)


def test_a_course_fills_changes_is_held_and_is_forgotten(story):
    the_trainer_opens_two_places(story)
    three_sign_up_one_from_the_swedish_page(story)
    they_confirm_from_their_mails(story)
    the_first_cancels_and_the_third_is_promoted(story)
    a_session_moves_and_the_calendars_follow(story)
    the_link_to_join_is_theirs_alone(story)
    attendance_is_kept_and_taken_home(story)
    in_the_end_nobody_is_left(story)


def the_trainer_opens_two_places(story: Story) -> None:
    desk = story.trainer
    desk.open("/desk/courses/")
    desk.log_in("tuula")
    desk.open("/desk/courses/")
    desk.follow(TITLE)
    story.course = urlsplit(desk.page.url).path
    desk.page.get_by_role("link", name=in_words("Change the group")).first.click()
    desk.write(capacity="2")
    desk.press(in_words("Save"))
    desk.page.get_by_role("link", name=in_words("Add sessions")).first.click()
    day = timezone.localdate() + timedelta(days=30)
    desk.write(day_0=day.isoformat(), starts_0="12:00", ends_0="14:00")
    desk.tick("where", "remote")
    desk.press(in_words("Add sessions"))
    expect(desk.page.locator("main")).to_contain_text("12.00")
    story.letters.bring()


def three_sign_up_one_from_the_swedish_page(story: Story) -> None:
    for who in (ANNI, BIRGIT, CHARLES):
        language = story.letters.languages[who]
        desk = story.desks[who] = story.resident()
        desk.language = language
        desk.open(story.pages[language])
        desk.page.locator("main").get_by_role(
            "link", name=in_words("Sign up", language)
        ).first.click()
        expect(desk.page.locator("h1")).to_be_visible()
        button = "Join the waiting list" if who == CHARLES else "Sign up"
        desk.write(name=NAMES[who], email=who)
        desk.press(in_words(button, language))
        assert urlsplit(desk.page.url).path.endswith("/sign-up/sent/")
        assert desk.page.context.cookies() == []
    waits = "You are on the waiting list"
    confirm = "Confirm your sign-up"
    story.mailed((ANNI, confirm), (BIRGIT, confirm), (CHARLES, waits))


def they_confirm_from_their_mails(story: Story) -> None:
    for who, msgid in (
        (ANNI, "Confirm your sign-up"),
        (BIRGIT, "Confirm your sign-up"),
        (CHARLES, "You are on the waiting list"),
    ):
        desk = story.desks[who]
        desk.open(story.link(who, msgid))
        desk.press(in_words("Confirm", desk.language))
    seated = "You have a place"
    story.mailed((ANNI, seated), (BIRGIT, seated))
    for who in (ANNI, BIRGIT):
        invitation = story.calendar(who, seated)
        assert invitation["METHOD"] == "REQUEST"
        assert who in str(invitation.events[0]["ATTENDEE"])
    expect(story.desks[CHARLES].page.locator("main")).to_contain_text(
        in_words("You are number %(position)s in the queue.", position=1)
    )


def the_first_cancels_and_the_third_is_promoted(story: Story) -> None:
    desk = story.desks[ANNI]
    desk.open(story.link(ANNI, "You have a place"))
    desk.follow(in_words("Cancel the sign-up"))
    desk.press(in_words("Yes, cancel"))
    story.mailed((ANNI, "Your sign-up is cancelled"), (CHARLES, "There is a place for you"))
    assert story.calendar(ANNI, "Your sign-up is cancelled")["METHOD"] == "CANCEL"
    desk = story.desks[CHARLES]
    desk.open(story.link(CHARLES, "There is a place for you"))
    expect(desk.page.locator("main")).to_contain_text(in_words("You have a place."))


def a_session_moves_and_the_calendars_follow(story: Story) -> None:
    desk = story.trainer
    desk.open(story.course)
    desk.page.locator(".asks a[href*='/sessions/']").first.click()
    desk.write(starts="13:00", ends="15:00", note="Juna on myöhässä.")
    desk.press(in_words("Move it and tell them"))
    moved = "A session has moved"
    story.mailed((BIRGIT, moved), (CHARLES, moved))
    for who, before in ((BIRGIT, "You have a place"), (CHARLES, "There is a place for you")):
        (old,), (new,) = story.calendar(who, before).events, story.calendar(who, moved).events
        assert new["UID"] == old["UID"]
        assert new["SEQUENCE"] > old["SEQUENCE"]
        assert new["DTSTART"].dt - old["DTSTART"].dt == timedelta(hours=1)


def the_link_to_join_is_theirs_alone(story: Story) -> None:
    desk = story.trainer
    desk.open(story.course)
    desk.page.locator(".asks a[href*='/sessions/']").first.click()
    desk.page.get_by_role("link", name=in_words("Show or change the link")).click()
    desk.write(address=LINK, shown_before="60")
    desk.page.locator("main form button").first.click()
    mine = story.link(BIRGIT, "A session has moved")
    birgit, resident = story.desks[BIRGIT], story.resident()
    birgit.open(mine)
    assert LINK not in birgit.page.content()
    story.pass_time(start_of_session(story) - timedelta(minutes=30) - timezone.now())
    story.mailed((BIRGIT, NOW), (CHARLES, NOW))
    birgit.open(mine)
    assert LINK in birgit.page.content()
    resident.open(story.pages["fi"])
    assert LINK not in resident.page.content()


def start_of_session(story: Story) -> datetime:
    invitation = story.calendar(BIRGIT, "A session has moved")
    return invitation.events[0]["DTSTART"].dt


def attendance_is_kept_and_taken_home(story: Story) -> None:
    story.pass_time(timedelta(hours=1))
    desk = story.trainer
    people = f"{group_of(desk, story.course)}people/"
    if desk.page.locator("[name=password]").count():
        desk.log_in("tuula")
    desk.open(f"{people}attendance/")
    desk.page.locator("main a[href*='/attendance/']").last.click()
    birgit = desk.page.locator(".marks li", has_text=NAMES[BIRGIT])
    birgit.locator("input[value=absent]").check()
    desk.press(in_words("Save, and mark all others present"))
    desk.open(f"{people}files/")
    desk.tick("format", "csv")
    with desk.page.expect_download() as taken:
        desk.page.locator("main form button").first.click()
    text = io.StringIO(taken.value.path().read_text("utf-8-sig"))
    rows = list(csv.reader(text, delimiter=";"))
    said = {row[0]: row for row in rows}
    assert in_words("Absent") in said[NAMES[BIRGIT]]
    assert in_words("Present") in said[NAMES[CHARLES]]
    assert NAMES[ANNI] not in said


def group_of(desk: Desk, course: str) -> str:
    """Where the course's one group is."""
    desk.page.goto(course)
    if desk.page.locator("[name=password]").count():
        desk.log_in("tuula")
        desk.page.goto(course)
    link = desk.page.locator("main a[href*='/people/']").first.get_attribute("href")
    return link.removesuffix("people/")


def in_the_end_nobody_is_left(story: Story) -> None:
    story.pass_time(timedelta(days=400))
    story.mailed()
    everywhere = str(all_rows())
    for word in (*NAMES, *NAMES.values(), LINK):
        assert word not in everywhere, word
