"""Logging in and out: where to, in which language, how often, and what is written down."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from site_core.accounts.models import AccountEvent
from site_core.desk.signin import clock, log_in
from site_core.desk.signin.log_in import TRIES_OF_AN_ADDRESS
from tests.accounts.conftest import PASSWORD
from tests.accounts.signing import code_of, give_device

pytestmark = pytest.mark.django_db
LOG_IN = "/cms/login/"


def try_in(client, name="author", password=PASSWORD, **more):
    return client.post(LOG_IN, {"username": name, "password": password, **more})


def kinds(person=None):
    return list(AccountEvent.objects.filter(user=person).order_by("pk").values_list("kind", flat=1))


@pytest.fixture(autouse=True)
def _as_in_production(signing_in):
    """Everything here counts and asks as production does."""


def test_one_address_of_the_log_in():
    assert reverse("wagtailadmin_login") == LOG_IN
    assert reverse("wagtailadmin_password_reset") == "/cms/password_reset/"


def test_a_member_logs_in_by_name_or_by_address(client, member):
    for name in ("author", "AUTHOR@example.org"):
        response = try_in(client, name)
        assert response.status_code == 302
        assert response.url == "/desk/"
        assert client.session["_auth_user_id"] == str(member.pk)
        client.logout()


def test_a_fault_is_told_where_its_field_says(client):
    text = try_in(client, "", "").content.decode()
    told = re.findall(r'aria-describedby="([^"]+)"', text)
    assert told == ["id_username-fault", "id_password-fault"]
    assert all(f'id="{each}"' in text for each in told)


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/desk/sign-in/", "/desk/sign-in/"),
        ("/cms/pages/", "/cms/pages/"),
        ("https://elsewhere.example/", "/desk/"),
        ("//elsewhere.example/", "/desk/"),
        ("javascript:alert(1)", "/desk/"),
    ],
)
def test_only_places_of_the_portal_are_led_to(client, member, asked, leads_to):
    assert try_in(client, next=asked).url == leads_to


@pytest.mark.bypass
def test_nobody_takes_another_address_as_her_own(client, member):
    """Invitations and approvals go by the address: whoever wrote it in would get what they give."""
    client.force_login(member)
    fields = {"first_name": "New", "last_name": "Name", "email": "victim@example.org"}
    response = client.post("/cms/account/", {f"name_email-{n}": v for n, v in fields.items()})
    assert response.status_code in (200, 302)
    member.refresh_from_db()
    assert member.email == "author@example.org"


def test_who_may_not_enter_the_admin_is_not_sent_round_in_circles(client, member):
    member.memberships.update(is_active=False)
    response = client.post(
        LOG_IN, {"username": "author", "password": PASSWORD, "next": "/cms/"}, follow=True
    )
    assert response.status_code == 200
    assert len(response.redirect_chain) <= 2


def test_wrong_name_and_wrong_password_look_alike(client, member):
    """Only the token against forgery and the typed name differ."""
    pages = []
    for name in ("author", "nobody"):
        text = try_in(client, name, "wrong").content.decode()
        pages.append(
            re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text.replace(name, ""))
        )
    assert pages[0] == pages[1]


def test_a_closed_account_looks_like_a_wrong_password(client, member):
    wrong = try_in(client, password="wrong").context["form"].non_field_errors()
    member.is_active = False
    member.save()
    assert try_in(client).context["form"].non_field_errors() == wrong


@pytest.mark.parametrize(
    ("browser", "language"), [("sv", "sv"), ("fi", "fi"), ("se", "fi"), ("en", "fi")]
)
def test_the_log_in_speaks_finnish_or_swedish(client, browser, language):
    page = client.get(LOG_IN, headers={"accept-language": browser}).content.decode()
    assert f'<html lang="{language}">' in page


def test_the_other_language_is_one_link_away(client):
    page = client.get(f"{LOG_IN}?language=sv").content.decode()
    assert '<html lang="sv">' in page
    assert "?language=fi" in page


def test_the_page_keeps_the_strict_policy_and_its_address_to_itself(client, db):
    response = client.get(LOG_IN)
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]
    assert "sessionid" not in response.cookies


class TestLimit:
    """Six tries at a name from a household, then a pause."""

    def test_too_many_tries_are_refused_whatever_the_password(self, client, member, settings):
        for _number in range(settings.AXES_FAILURE_LIMIT):
            last = try_in(client, password="wrong")
        assert last.status_code == 429
        refused = try_in(client)
        assert refused.status_code == 429
        assert "30" in refused.content.decode()
        assert "_auth_user_id" not in client.session
        assert AccountEvent.Kind.LOCKED in kinds(member)

    def test_without_the_limit_they_pass(self, client, member, settings):
        """The control: nothing else stops guessing."""
        settings.AXES_ENABLED = False
        for _number in range(settings.AXES_FAILURE_LIMIT + 2):
            try_in(client, password="wrong")
        assert try_in(client).status_code == 302

    def test_another_household_is_not_locked(self, client, member, settings):
        for _number in range(settings.AXES_FAILURE_LIMIT):
            try_in(client, password="wrong")
        assert try_in(Client(REMOTE_ADDR="198.51.100.7")).status_code == 302

    def test_behind_a_proxy_the_address_it_saw_counts(self, client, member, settings):
        settings.PROXIES = 1
        for number in range(settings.AXES_FAILURE_LIMIT):
            forged = {"x-forwarded-for": f"203.0.113.{number}, 198.51.100.7"}
            client.post(LOG_IN, {"username": "author", "password": "wrong"}, headers=forged)
        same, other = {"x-forwarded-for": "198.51.100.7"}, {"x-forwarded-for": "198.51.100.8"}
        body = {"username": "author", "password": PASSWORD}
        assert client.post(LOG_IN, body, headers=same).status_code == 429
        assert client.post(LOG_IN, body, headers=other).status_code == 302

    def test_the_lock_ends_by_itself(self, client, member, settings):
        for _number in range(settings.AXES_FAILURE_LIMIT):
            try_in(client, password="wrong")
        AccessAttempt.objects.update(attempt_time=timezone.now() - settings.AXES_COOLOFF_TIME)
        assert try_in(client).status_code == 302

    def test_one_address_may_not_try_name_after_name(self, client, portal, settings):
        settings.AXES_ENABLED = False
        codes = {
            try_in(client, f"name{n}", "wrong").status_code for n in range(TRIES_OF_AN_ADDRESS)
        }
        assert codes == {200}
        assert try_in(client, "another", "wrong").status_code == 429

    def test_nor_by_the_log_in_of_restricted_pages(self, client, portal, settings, monkeypatch):
        settings.AXES_ENABLED = False
        monkeypatch.setattr(log_in, "TRIES_OF_AN_ADDRESS", 1)
        codes = [
            client.post("/fi/_util/login/", {"username": name, "password": "wrong"}).status_code
            for name in ("one", "another")
        ]
        assert codes == [200, 429]

    def test_no_address_is_stored_and_tries_are_forgotten(self, client, member, settings):
        client.post(
            LOG_IN, {"username": "author", "password": "wrong"}, REMOTE_ADDR="198.51.100.77"
        )
        row = AccessAttempt.objects.get()
        stored = " ".join(str(getattr(row, field.attname)) for field in row._meta.fields)
        assert "198.51.100" not in stored
        assert "wrong" not in stored
        assert row.ip_address.startswith("fd")
        clock.forget(timezone.now() + settings.AXES_COOLOFF_TIME + timedelta(seconds=1))
        assert not AccessAttempt.objects.exists()


class TestRecord:
    """What is written down, and for how long."""

    def test_log_in_failed_out(self, client, member):
        AccountEvent.objects.all().delete()
        try_in(client, password="wrong")
        try_in(client)
        client.post("/cms/logout/")
        assert kinds(member) == ["log_in_failed", "logged_in", "logged_out"]

    def test_an_unknown_name_is_not_written_down(self, client, portal):
        try_in(client, "my-password-by-mistake", "x")
        event = AccountEvent.objects.get(kind="log_in_failed")
        assert event.user is None
        assert event.detail == ""

    def test_password_groups_and_rank(self, portal, member, editor):
        AccountEvent.objects.all().delete()
        group = editor.groups.get()
        member.set_password("another-word-of-mine")
        member.save()
        member.groups.add(group)
        group.user_set.remove(member)
        member.groups.set([group])
        member.groups.clear()
        member.is_superuser = True
        member.save()
        member.is_superuser = False
        member.is_active = False
        member.save()
        assert kinds(member) == [
            "password_changed",
            *["group_joined", "group_left"] * 2,
            "admin_made",
            "admin_ended",
            "closed",
        ]

    def test_a_group_that_is_deleted_was_left(self, portal, editor):
        AccountEvent.objects.all().delete()
        editor.groups.get().delete()
        event = AccountEvent.objects.get()
        assert (event.user, event.kind, event.detail) == (editor, "group_left", "Editors")

    def test_who_did_it_is_written_down(self, client, portal, member):
        admin = member.__class__.objects.create_superuser("root", "root@example.org", PASSWORD)
        give_device(admin)
        try_in(client, "root")
        client.post("/desk/sign-in/code/", {"code": code_of()})
        fields = {"username": "author", "email": "author@example.org", "first_name": "A"}
        fields |= {"last_name": "B", "is_superuser": "on", "is_active": "on"}
        client.post(reverse("wagtailusers_users:edit", args=[member.pk]), fields)
        event = AccountEvent.objects.get(user=member, kind="admin_made")
        assert event.by == admin

    @pytest.mark.parametrize(("active", "kind"), [(False, "closed"), (True, "opened")])
    def test_accounts_closed_or_opened_in_bulk_too(
        self, client, portal, member, editor, settings, active, kind
    ):
        settings.OTP_REQUIRED = False
        for person in (member, editor):
            person.is_active = not active
            person.save()
        admin = member.__class__.objects.create_superuser("root", "root@example.org", PASSWORD)
        client.force_login(admin)
        AccountEvent.objects.all().delete()
        address = reverse("wagtail_bulk_action", args=["accounts", "user", "set_active_state"])
        ids = "&".join(f"id={person.pk}" for person in (member, editor, admin))
        client.post(f"{address}?{ids}", {"mark_as_active": str(active)})
        for person in (member, editor):
            person.refresh_from_db()
            assert person.is_active is active
            assert AccountEvent.objects.get(user=person, kind=kind).by == admin
        admin.refresh_from_db()
        assert admin.is_active
        assert not kinds(admin)

    def test_events_are_kept_a_year(self, client, member):
        try_in(client)
        there = AccountEvent.objects.count()
        clock.forget(timezone.now() + timedelta(days=364))
        assert AccountEvent.objects.count() == there
        clock.forget(timezone.now() + timedelta(days=366))
        assert not AccountEvent.objects.exists()


class TestSession:
    """It ends after eight hours without work, and reading neither makes nor keeps one."""

    def test_it_ends_after_eight_hours(self, client, member):
        try_in(client)
        assert client.get("/desk/sign-in/").status_code == 200
        row = Session.objects.get(session_key=client.session.session_key)
        left = row.expire_date - timezone.now()
        assert timedelta(hours=7, minutes=54) < left <= timedelta(hours=8)
        Session.objects.update(expire_date=timezone.now())
        assert client.get("/desk/sign-in/").status_code == 302

    def test_work_renews_it_but_not_at_each_request(self, client, member):
        try_in(client)
        client.get("/desk/sign-in/")
        before = Session.objects.get(session_key=client.session.session_key).session_data
        client.get("/desk/sign-in/")
        assert Session.objects.get(session_key=client.session.session_key).session_data == before
        session = client.session
        session["seen"] -= 301
        session.save()
        aged = Session.objects.get(session_key=session.session_key)
        Session.objects.update(expire_date=timezone.now() + timedelta(minutes=5))
        response = client.get("/desk/sign-in/")
        renewed = Session.objects.get(session_key=session.session_key)
        assert renewed.session_data != aged.session_data
        assert renewed.expire_date > timezone.now() + timedelta(hours=7)
        assert response.cookies["sessionid"]["max-age"] == 8 * 3600

    def test_an_open_editor_alone_does_not_keep_it(self, client, member):
        try_in(client)
        session = client.session
        session["seen"] -= 301
        session.save()
        before = Session.objects.get(session_key=session.session_key).session_data
        ping = reverse("wagtailadmin_editing_sessions:ping", args=["wagtailcore", "page", "1", "1"])
        client.post(ping)
        client.get("/fi/")
        assert Session.objects.get(session_key=session.session_key).session_data == before

    def test_reading_sets_no_cookie(self, client, portal):
        response = client.get("/fi/")
        assert response.status_code == 200
        assert not response.cookies

    def test_logging_out_takes_the_cookie_away(self, client, member):
        try_in(client)
        key = client.session.session_key
        response = client.post("/cms/logout/")
        assert response.cookies["sessionid"].value == ""
        assert not Session.objects.filter(session_key=key).exists()
        assert client.get("/cms/logout/").status_code == 405


def test_language_is_one_whoever_changes_it(client, portal, member):
    profile = UserProfile.get_for_user(member)
    profile.preferred_language = "sv"
    profile.save()
    member.refresh_from_db()
    assert member.language == "sv"
    assert member.preferred_language == "sv"
    member.language = "fi"
    member.save()
    profile.refresh_from_db()
    assert profile.preferred_language == "fi"
    profile.preferred_language = "en"
    profile.save()
    member.refresh_from_db()
    assert member.language == "fi"
    member.save()
    profile.refresh_from_db()
    assert profile.preferred_language == "en"


def test_desk_and_admin_speak_the_language_of_the_account(client, portal, member):
    member.language = "sv"
    member.save()
    client.force_login(member)
    for address in ("/desk/sign-in/", "/cms/"):
        page = client.get(address, headers={"accept-language": "fi"}).content.decode()
        assert '<html lang="sv"' in page
