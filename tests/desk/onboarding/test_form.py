"""The public form: everyone is thanked alike, nothing typed is lost, no name leaks."""

import re
from html import unescape

import pytest

from site_core.desk.onboarding import actions, views
from site_core.desk.onboarding.models import Application
from site_core.languages.registry import LANGUAGES
from site_core.organisations.models import Organisation
from site_core.outbox.models import Message
from tests.desk.onboarding.joining import (
    FORM,
    GOOD_ID,
    OTHER_ID,
    application,
    filled,
    kinds_sent,
    opened,
    organisation,
    visitor,
    waiting,
)
from tests.factories.taxonomy import MunicipalityFactory
from tests.search.making import make_entry
from tests.support.pages import save_page

pytestmark = pytest.mark.django_db
SENT = "/fi/join/sent/"


def text_of(response) -> str:
    return unescape(response.content.decode())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["", "sent/", "privacy/", "confirmed/", "accepted/"])
def test_the_pages_open_in_every_language_and_set_no_cookie(language, page):
    response = visitor().get(f"/{language}/join/{page}")
    assert response.status_code == 200
    assert not response.cookies
    save_page(f"join-{language}-{page}", response.content)


def test_words_that_fall_back_are_marked(portal):
    html = text_of(visitor().get("/se/join/"))
    assert re.search(r'<h1 lang="[a-z]+">', html)
    assert re.search(r'<label for="id_name"><span lang="[a-z]+">', html)


def test_an_application_is_kept_and_its_address_asked_to_be_confirmed():
    response = visitor().post(FORM, filled())
    assert (response.status_code, response.url) == (303, SENT)
    kept = Application.objects.get()
    assert (kept.state, kept.name, kept.business_id, kept.languages, kept.language) == (
        "unconfirmed",
        "Jokivarren Väki ry",
        GOOD_ID,
        ["fi", "se"],
        "fi",
    )
    assert kinds_sent() == ["join_confirm"]
    assert Message.objects.get().to == "aino@example.org"
    assert not response.cookies


def test_a_home_municipality_may_be_chosen():
    MunicipalityFactory(code="148", labels={"fi": "Inari"})
    form = visitor().get(FORM).content.decode()
    assert '<option value="148">Inari</option>' in form
    visitor().post(FORM, filled(municipality="148"))
    assert Application.objects.get().municipality.code == "148"


def test_an_informal_group_needs_no_id():
    visitor().post(FORM, filled(kind="informal_group", business_id=""))
    visitor().post(FORM, filled(name="Toinen", kind="informal_group", business_id="roskaa"))
    assert list(Application.objects.values_list("business_id", flat=True)) == ["", ""]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 256),
        ("kind", "circus"),
        ("business_id", ""),
        ("business_id", "0737546-3"),
        ("municipality", "000"),
        ("languages", []),
        ("languages", ["xx"]),
        ("first_name", ""),
        ("last_name", ""),
        ("email", "aino"),
        ("email", "a@example.org\x00"),
        ("phone", "soita"),
        ("plans", "x" * 2001),
    ],
)
def test_what_is_wrong_is_told_at_the_field_and_nothing_typed_is_lost(field, value):
    response = visitor().post(FORM, filled(**{"plans": "Kudontaa", field: value}))
    html = text_of(response)
    assert response.status_code == 200
    assert f'href="#id_{field}"' in html
    assert f'id="id_{field}-fault"' in html
    assert 'value="Joki"' in html or field == "last_name"
    assert not Application.objects.exists()
    assert not Message.objects.exists()


def test_an_id_that_is_here_already_is_refused():
    organisation("Aivan muu", business_id=GOOD_ID)
    html = text_of(visitor().post(FORM, filled()))
    assert 'id="id_business_id-fault"' in html
    assert "Aivan muu" not in html
    assert not Application.objects.exists()


def test_a_like_name_is_asked_about_once_and_blocks_nothing():
    there = organisation("Jokivarren Väki rf")
    make_entry("Jokivarren Väki rf", kind="organisation", organisation=there)
    html = text_of(visitor().post(FORM, filled()))
    assert "Jokivarren Väki rf" in html
    assert 'name="another"' in html
    assert not Application.objects.exists()
    assert visitor().post(FORM, filled(another="on")).status_code == 303
    assert Application.objects.count() == 1


@pytest.mark.leak
@pytest.mark.parametrize("state", Organisation.State.values)
def test_a_like_name_that_is_not_public_is_not_told(state):
    there = organisation("Jokivarren Väki rf", state=state)
    make_entry("Jokivarren Väki rf", kind="organisation", organisation=there, is_public=False)
    response = visitor().post(FORM, filled())
    assert response.status_code == 303
    assert "Jokivarren Väki rf" not in text_of(response)


@pytest.mark.parametrize("trap", [{"homepage": "x"}, {"opened": "quick"}], ids=["field", "quick"])
def test_a_machine_is_thanked_and_nothing_kept(trap):
    if "opened" in trap:
        from datetime import timedelta

        trap = {"opened": opened(timedelta(0))}
    response = visitor().post(FORM, filled(**trap))
    assert (response.status_code, response.url) == (303, SENT)
    assert not Application.objects.exists()


def test_a_form_open_for_too_long_comes_back_whole():
    response = visitor().post(FORM, filled(opened=""))
    assert 'value="aino@example.org"' in text_of(response)
    assert not Application.objects.exists()


def test_one_household_sends_ten_an_hour(monkeypatch):
    monkeypatch.setattr(views, "APPLICATIONS_AN_HOUR", 1)
    visitor().post(FORM, filled())
    response = visitor().post(FORM, filled(name="Toinen väki", email="b@example.org"))
    assert response.status_code == 429
    assert "Toinen väki" in text_of(response)
    assert Application.objects.count() == 1


def test_nobody_is_buried_in_mail(monkeypatch):
    monkeypatch.setattr(views, "MAILS_A_DAY", 1)
    visitor().post(FORM, filled())
    response = visitor().post(FORM, filled(name="Toinen väki", email="AINO@example.org"))
    assert (response.status_code, response.url) == (303, SENT)
    assert Application.objects.count() == 1


@pytest.mark.leak
def test_the_same_address_twice_is_answered_alike():
    first = visitor().post(FORM, filled())
    again = visitor().post(FORM, filled())
    sent = Application.objects.get()
    actions.confirm_address(sent, version=sent.version)
    waits = visitor().post(FORM, filled())
    assert {(r.status_code, r.url) for r in (first, again, waits)} == {(303, SENT)}
    assert Application.objects.count() == 1
    assert kinds_sent() == ["join_confirm", "join_received", "join_received"]


def test_a_forgotten_link_is_sent_anew_and_the_old_one_is_void():
    sent = application()
    Application.objects.update(created_at=sent.created_at - actions.SAME_WITHIN)
    application(plans="Muuta")
    assert (Application.objects.get().version, Application.objects.get().plans) == (2, "Muuta")
    with pytest.raises(actions.LinkUsedError):
        actions.confirm_address(sent, version=1)


def test_one_address_may_apply_for_two_organisations():
    waiting()
    waiting(name="Toinen väki", business_id=OTHER_ID)
    assert Application.objects.waiting().count() == 2


def test_slugs_of_pages_leave_the_address_alone(portal):
    from django.core.exceptions import ValidationError

    from site_core.portal.models import HomePage, StandardPage

    home = HomePage.objects.get(locale__language_code="fi")
    with pytest.raises(ValidationError):
        home.add_child(instance=StandardPage(title="Liity", slug="join", locale=home.locale))


def test_mail_to_any_address_holds_no_link_of_the_senders(db):
    """Whoever fills the form may name a stranger's address and an organisation like this."""
    application(name="Voitit! https://huijaus.example tai www.huijaus.example")
    mail = Message.objects.get(kind="join_confirm")
    for text in (mail.text, mail.html):
        assert "Voitit!" in text
        assert "://huijaus" not in text
        assert "huijaus.example" not in text
