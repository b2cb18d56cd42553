"""Signing in with a real browser on a phone-width screen: it works, and axe finds nothing."""

import base64

import pytest

from tests.accounts.conftest import PASSWORD
from tests.accounts.signing import code_of
from tests.factories.organisations import PersonFactory
from tests.support.axe import violations

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]


def test_an_administrator_sets_up_the_second_step(portal, nojs_page, settings):
    """Without JavaScript; what a browser sends itself, such as its origin, is part of it."""
    settings.OTP_REQUIRED = True
    person = PersonFactory(username="pekka", is_superuser=True)
    person.set_password(PASSWORD)
    person.save()
    page = nojs_page
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/cms/login/?next=/desk/accounts/")
    page.fill("#id_username", "pekka")
    page.fill("#id_password", PASSWORD)
    page.click("main form button")
    page.wait_for_url("**/desk/sign-in/set-up/**")
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(width) <= 0
    words = page.locator("main b.secret").first.inner_text()
    key = base64.b32decode(words.replace(" ", "")).hex()
    page.fill("#id_code", code_of(key))
    page.click("main form button")
    page.wait_for_url("**/desk/sign-in/recovery/**")
    assert page.locator("main .codes li").count() == 8
    page.click("main a.btn")
    page.wait_for_url("**/desk/accounts/")


@pytest.mark.a11y
def test_axe_finds_nothing(portal, page, settings):
    settings.OTP_REQUIRED = True
    person = PersonFactory(username="pekka", is_superuser=True, language="sv")
    person.set_password(PASSWORD)
    person.save()
    found = []

    def look(address: str = "") -> None:
        if address:
            page.goto(address)
        found.append(violations(page))

    look("/cms/password_reset/")
    look("/cms/password_reset/done/")
    look("/cms/login/")
    page.fill("#id_username", "pekka")
    page.fill("#id_password", "wrong")
    page.click("main form button")
    look()
    page.fill("#id_password", PASSWORD)
    page.click("main form button")
    look()
    words = page.locator("main b.secret").first.inner_text()
    page.fill("#id_code", code_of(base64.b32decode(words.replace(" ", "")).hex()))
    page.click("main form button")
    look()
    look("/desk/sign-in/")
    look("/desk/accounts/")
    assert "".join(found) == ""
