"""The desks as people use them in a browser without JavaScript, in Finnish or Swedish."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.journeys.admin import PASSWORD

WORDS = {
    "fi": {"log in": "Kirjaudu sisään", "log out": "Kirjaudu ulos", "menu": "Valikko"},
    "sv": {"log in": "Logga in", "log out": "Logga ut", "menu": "Meny"},
}


@dataclass
class Desk:
    """One person's browser at the desks; `language` is hers."""

    page: Page
    language: str = "fi"

    def open(self, address: str) -> None:
        """Open an address and see that it is there and fits the screen."""
        response = self.page.goto(address)
        assert response.status == 200, f"{response.status} {response.url}"
        self.fits()

    def fits(self) -> None:
        self.page.wait_for_load_state()
        width = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width[0] <= width[1], f"{self.page.url} is wider than the screen: {width}"

    def press(self, name: str) -> None:
        """Press a button by its words, and see that what follows fits the screen."""
        self.page.locator("main").get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_load_state()
        self.fits()

    def follow(self, name: str) -> None:
        """Follow a link by its words."""
        self.page.locator("main").get_by_role("link", name=name, exact=True).click()
        self.page.wait_for_load_state()
        self.fits()

    def log_in(self, username: str) -> None:
        """Fill in the log-in that is open, in one's language once chosen or told by the browser."""
        other = self.page.get_by_role("link", name="På svenska")
        if self.language == "sv" and other.count():
            other.click()
        expect(self.page.locator("h1")).to_have_text(WORDS[self.language]["log in"])
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.press(WORDS[self.language]["log in"])

    def log_out(self) -> None:
        self.page.get_by_text(WORDS[self.language]["menu"], exact=True).click()
        self.page.get_by_role("button", name=WORDS[self.language]["log out"]).click()

    def tick(self, name: str, value: str) -> None:
        """Choose one of several, or tick a box."""
        self.page.check(f"[name='{name}'][value='{value}']")

    def write(self, **texts: str) -> None:
        """Fill in fields by name."""
        for name, text in texts.items():
            self.page.fill(f"main [name='{name}']", text)

    def told(self, words: str) -> None:
        """See what the desk says has been done."""
        expect(self.page.locator("main [role=status]").first).to_contain_text(words)
