"""The admin as a person uses it in a browser, in Finnish."""

import re
from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.contrib.auth.models import Group
from playwright.sync_api import FrameLocator, Locator, Page, Response, expect
from wagtail.users.models import UserProfile

from tests.factories.organisations import PersonFactory

PASSWORD = "lumi-peittää-tunturin"


def sign_up(username: str, *, group: str | None = None) -> object:
    """A person who reads the admin in Finnish, in one of the staff groups or in none."""
    person = PersonFactory(username=username)
    person.set_password(PASSWORD)
    person.save()
    if group:
        person.groups.add(Group.objects.get(name=group))
    profile = UserProfile.get_for_user(person)
    profile.preferred_language = "fi"
    profile.save()
    return person


@dataclass
class Admin:
    """The admin in one browser."""

    page: Page

    def log_in(self, username: str) -> None:
        self.page.goto("/cms/login/?next=/cms/")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main form button")
        self.page.wait_for_url("**/cms/")

    def go(self, path: str) -> Response:
        response = self.page.goto(f"/cms/{path}")
        assert response.status < 500, f"{response.status} {response.url}"
        return response

    def add(self, page_type: str, parent_id: int) -> None:
        """Open the form of a new page, such as `services/servicepage`."""
        self.go(f"pages/add/{page_type}/{parent_id}/")
        expect(self.page.locator("[name=title]")).to_be_editable()

    def edit(self, page_id: int) -> None:
        self.go(f"pages/{page_id}/edit/")
        expect(self.page.locator("[name=title]")).to_be_editable()

    def write(self, **texts: str) -> None:
        for name, text in texts.items():
            self.page.fill(f"[name='{name}']", text)

    def choose(self, *labels: str) -> None:
        """Tick boxes by their words."""
        for label in labels:
            self.page.get_by_label(label, exact=True).check()

    def add_block(self, field: str, kind: str) -> int:
        """Add a block of a kind to the end of a stream; returns its number."""
        section = self.section(field)
        number = int(section.locator(f"[name='{field}-count']").input_value())
        section.get_by_title("Lisää lohko").last.click()
        self.page.get_by_role("option", name=kind, exact=True).click()
        expect(section.locator(f"[name='{field}-count']")).to_have_value(str(number + 1))
        return number

    def section(self, field: str) -> Locator:
        return self.page.locator(f"section[id$='-{field}-section']")

    def preview(self) -> FrameLocator:
        """Open the preview beside the form."""
        self.page.locator("[data-side-panel-toggle=preview]").click()
        return self.page.frame_locator("#w-preview-iframe")

    def save(self) -> None:
        """Keep the form as a draft."""
        with self._taken():
            self.page.get_by_role("button", name="Tallenna luonnos").click()
        self.page.wait_for_load_state()

    def publish(self) -> None:
        """Press Publish and see that it was done: only then the list of pages comes."""
        with self._taken():
            self.press("action-publish")
        self.page.wait_for_url(re.compile(r"/cms/pages/\d+/$"))

    def _taken(self) -> AbstractContextManager:
        """Until the form that is sent meanwhile is accepted; a faulty one comes back with 200.

        Not judged by Wagtail's message, which once in a while does not appear.
        """
        return self.page.expect_response(
            lambda response: response.request.method == "POST" and response.status == 302
        )

    def press(self, action: str) -> None:
        """Press a button of the form's foot, out of the menu where it lies in there."""
        button = self.page.locator(f"button[name='{action}'], button[value='{action}']").first
        if not button.is_visible():
            self.page.locator("footer [data-w-dropdown-target='toggle']").last.click()
        button.click()
        self.page.wait_for_load_state()

    def translate(self, page_id: int, *languages: str) -> None:
        """Make drafts of a page in other languages, named in Finnish."""
        self.go(f"localize/submit/page/{page_id}/")
        self.choose(*languages)
        self.page.locator("form").get_by_role("button", name="Lähetä").last.click()
        self.page.wait_for_load_state()
