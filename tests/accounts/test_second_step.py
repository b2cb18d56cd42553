"""The second step: nobody who owes it passes without, on any road."""

import base64
import re
import subprocess
import sys

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from site_core.accounts import second_factor
from site_core.accounts.models import AccountEvent
from site_core.encrypted import new_key
from tests.accounts.signing import KEY, code_of, give_device
from tests.factories.organisations import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.permission]
CODE, SET_UP = "/desk/sign-in/code/", "/desk/sign-in/set-up/"
GATED = (
    "/cms/",
    "/cms/pages/",
    "/cms/account/",
    "/cms/api/main/pages/",
    "/cms/users/",
    "/cms/nothing-here/",
    "/desk/",
    "/desk/sign-in/",
    "/desk/sign-in/recovery/",
    "/desk/accounts/",
    "/originals/original_images/x.jpg",
)


@pytest.fixture(autouse=True)
def _as_in_production(signing_in):
    """The step is owed here."""


@pytest.fixture
def admin(portal):
    return PersonFactory(username="root", is_superuser=True)


@pytest.mark.parametrize("address", GATED)
@pytest.mark.parametrize("set_up", [False, True])
def test_nothing_behind_the_log_in_opens_before_the_step(client, editor, address, set_up):
    if set_up:
        give_device(editor)
    client.force_login(editor)
    for response in (client.get(address), client.post(address)):
        assert response.status_code == 302
        assert response.url.split("?")[0] == (CODE if set_up else SET_UP)
        assert not response.content


@pytest.mark.parametrize("address", GATED[:4])
def test_without_the_gate_it_opens(client, editor, address, settings):
    """The control: it is this middleware that keeps the door."""
    gate = "site_core.accounts.middleware.SecondFactorMiddleware"
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != gate]
    client.force_login(editor)
    assert client.get(address).status_code == 200


def test_scripts_are_refused(client, editor):
    client.force_login(editor)
    answer = client.get("/cms/pages/", headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("who", "owes"), [("stranger", False), ("member", False), ("group", True), ("admin", True)]
)
def test_who_owes_it(client, portal, editor, member, admin, who, owes):
    person = {"stranger": PersonFactory(), "member": member, "group": editor, "admin": admin}[who]
    assert second_factor.owes(person) is owes
    client.force_login(person)
    assert (client.get("/desk/sign-in/").status_code == 302) is owes


def test_development_may_do_without_it_but_not_with_a_device(client, editor, settings):
    settings.OTP_REQUIRED = False
    client.force_login(editor)
    assert client.get("/cms/").status_code == 200
    give_device(editor)
    assert client.get("/cms/").url.startswith(CODE)


def test_production_insists_whatever_the_environment_says():
    environment = {
        "SECRET_KEY": "abcdefghij" * 6,
        "PERSONAL_DATA_KEYS": new_key(),
        "ALLOWED_HOSTS": "portal.example",
        "DATABASE_URL": "sqlite:////nowhere.sqlite3",
        "BASE_URL": "https://portal.example",
        "REGIONAL_PHONE": "+358 000 0010",
        "EMAIL_HOST": "mail.example",
        "DEFAULT_FROM_EMAIL": "portal@portal.example",
        "OTP_REQUIRED": "false",
        "AXES_ENABLED": "false",
    }
    code = "from site_core.settings import production as p; print(p.OTP_REQUIRED, p.AXES_ENABLED)"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "True"]


def test_the_code_opens_and_leads_to_where_one_came_from(client, editor):
    give_device(editor)
    client.force_login(editor)
    asked = client.get("/cms/pages/?ordering=title")
    before = client.session.session_key
    response = client.post(asked.url, {"code": code_of(), "next": "/cms/pages/?ordering=title"})
    assert response.url == "/cms/pages/?ordering=title"
    assert client.session.session_key != before
    assert client.get("/cms/pages/").status_code == 200
    assert client.get(CODE).status_code == 302


@pytest.mark.parametrize(
    "code", ["000000", "", "not a code", "1234567890123456789012345", "٣٣٣٣٣٣"]
)
def test_a_wrong_code_opens_nothing(client, editor, code):
    give_device(editor)
    client.force_login(editor)
    response = client.post(CODE, {"code": code})
    assert response.status_code == 200
    assert response.context["form"].errors
    assert client.get("/cms/").status_code == 302


def test_a_code_passes_once(client, editor):
    give_device(editor)
    code = code_of()
    client.force_login(editor)
    assert client.post(CODE, {"code": code}).status_code == 302
    client.post("/cms/logout/")
    client.force_login(editor)
    assert client.post(CODE, {"code": code}).status_code == 200
    assert client.get("/cms/").status_code == 302


def test_guesses_have_to_wait(client, editor):
    """After a wrong code even the right one is not looked at for a while."""
    give_device(editor)
    client.force_login(editor)
    client.post(CODE, {"code": "000000"})
    client.post(CODE, {"code": code_of()})
    assert client.get("/cms/").status_code == 302
    TOTPDevice.objects.update(throttling_failure_timestamp=None)
    client.post(CODE, {"code": code_of()})
    assert client.get("/cms/").status_code == 200
    assert AccountEvent.objects.filter(user=editor, kind="code_failed").count() == 2


def test_a_device_of_another_opens_nothing(client, editor, admin):
    device = give_device(admin)
    give_device(editor, "11" * 20)
    client.force_login(editor)
    session = client.session
    session["otp_device_id"] = device.persistent_id
    session.save()
    assert client.get("/cms/").status_code == 302


def set_up(client):
    """Set the step up as a person does: read the secret off the page, write the code."""
    page = client.get(SET_UP).content.decode()
    words = re.search(r'<b class="secret">([A-Z2-7 ]+)</b>', page)[1]
    key = base64.b32decode(words.replace(" ", "")).hex()
    return key, client.post(SET_UP, {"code": code_of(key)})


def test_setting_up_shows_a_secret_and_recovery_codes_once(client, editor):
    client.force_login(editor)
    page = client.get(SET_UP).content.decode()
    assert 'src="data:image/svg+xml' in page
    _key, response = set_up(client)
    assert response.url == "/desk/sign-in/recovery/"
    shown = client.get(response.url).content.decode()
    codes = list(StaticToken.objects.order_by("pk").values_list("token", flat=True))
    assert len(codes) == second_factor.RECOVERY_CODES
    assert all(code in shown for code in codes)
    assert client.get(response.url).status_code == 302
    assert client.get("/cms/").status_code == 200
    client.post("/cms/logout/")
    client.force_login(editor)
    assert client.post(CODE, {"code": codes[0].upper()}).status_code == 302
    assert client.get("/cms/").status_code == 200
    client.post("/cms/logout/")
    client.force_login(editor)
    assert client.post(CODE, {"code": codes[0]}).status_code == 200


def test_a_wrong_code_sets_nothing_up(client, editor):
    client.force_login(editor)
    client.get(SET_UP)
    client.post(SET_UP, {"code": "000000"})
    assert not TOTPDevice.objects.exists()
    assert client.get("/cms/").status_code == 302


def test_sent_twice_it_is_set_up_once(client, editor):
    client.force_login(editor)
    key, _response = set_up(client)
    second_factor.set_up(editor, key, code_of(key))
    assert TOTPDevice.objects.count() == 1


def test_a_stranger_with_the_password_cannot_replace_the_phone(client, editor):
    give_device(editor)
    client.force_login(editor)
    assert client.get(SET_UP).url.startswith(CODE)
    assert client.post(SET_UP, {"code": code_of()}).url.startswith(CODE)
    assert client.post("/desk/sign-in/recovery/new/").url.startswith(CODE)
    assert client.post("/desk/sign-in/off/").url.startswith(CODE)
    assert TOTPDevice.objects.get().key == KEY


def test_another_phone_takes_the_place_of_the_first(client, editor):
    give_device(editor)
    client.force_login(editor)
    client.post(CODE, {"code": code_of()})
    key, _response = set_up(client)
    assert TOTPDevice.objects.get().key == key
    assert client.get("/cms/").status_code == 200


def test_a_member_may_set_it_up_is_asked_and_may_take_it_off(client, member):
    client.force_login(member)
    key, _response = set_up(client)
    client.post("/cms/logout/")
    client.force_login(member)
    assert client.get("/desk/").url.startswith(CODE)
    client.post(CODE, {"code": code_of(key, steps=1)})
    assert client.post("/desk/sign-in/off/").url == "/desk/sign-in/"
    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()


class TestReset:
    """An administrator helps whoever has lost phone and codes."""

    def test_an_administrator_resets_it_and_it_is_written_down(self, client, editor, admin):
        give_device(editor)
        give_device(admin, "22" * 20)
        client.force_login(admin)
        client.post(CODE, {"code": code_of("22" * 20)})
        page = client.get(reverse("desk_accounts")).content.decode()
        assert "editor" in page
        client.post(reverse("desk_account_reset", args=[editor.pk]))
        client.post(reverse("desk_account_reset", args=[editor.pk]))
        assert not TOTPDevice.objects.filter(user=editor).exists()
        event = AccountEvent.objects.get(user=editor, kind="code_reset")
        assert event.by == admin

    def test_nobody_else_may(self, client, editor, member, admin):
        give_device(editor)
        give_device(admin, "22" * 20)
        for by, user in ((editor, editor), (member, editor), (editor, admin), (admin, admin)):
            with pytest.raises(PermissionDenied):
                second_factor.take_off(user, by=by)
        client.force_login(member)
        assert client.get(reverse("desk_accounts")).status_code == 404
        assert client.post(reverse("desk_account_reset", args=[editor.pk])).status_code == 404
        assert TOTPDevice.objects.count() == 2

    def test_an_open_session_ends_with_the_device(self, client, editor, admin):
        give_device(editor)
        client.force_login(editor)
        client.post(CODE, {"code": code_of()})
        second_factor.take_off(editor, by=admin)
        assert client.get("/cms/").url.startswith(SET_UP)


def test_the_gate_asks_no_query_of_its_own(client, member, settings):
    """The row of the session's user says whether she owes the step."""
    client.force_login(member)
    counts = []
    for gate in (True, False):
        if not gate:
            name = "site_core.accounts.middleware.SecondFactorMiddleware"
            settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if each != name]
        client.get("/cms/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/cms/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
