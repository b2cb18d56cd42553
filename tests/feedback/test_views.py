"""The public roads of feedback: nothing typed is lost, nothing of a person is kept."""

import re
import uuid
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from site_core.feedback import views
from site_core.feedback.models import TEXT_LENGTH, Feedback, HelpfulCount
from site_core.languages.registry import LANGUAGES
from site_core.throttle.models import Attempt
from tests.search.making import make_entry
from tests.support.pages import save_page

from .making import filled, opened

pytestmark = pytest.mark.django_db
FORM = "/fi/feedback/"
SENT = "/fi/feedback/sent/"


@pytest.fixture
def entry():
    return make_entry("Velkaneuvonta")


@pytest.fixture
def visitor(client):
    """A visitor whose requests Django checks as strictly as in production."""
    client.handler.enforce_csrf_checks = True
    return client


def text_of(response) -> str:
    return unescape(response.content.decode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_opens_in_every_language_and_sets_no_cookie(visitor, language, entry):
    for query in (
        "",
        f"?about={entry.key}",
        "?kind=accessibility",
        f"?about={entry.key}&kind=helpful",
    ):
        response = visitor.get(f"/{language}/feedback/{query}")
        assert response.status_code == 200
        assert not response.cookies
        assert 'content="noindex"' in text_of(response)
        save_page(f"feedback-{language}-{query}", response.content)


@pytest.mark.parametrize(
    ("query", "kind", "heading"),
    [
        ("", "general", "Anna palautetta"),
        ("?about={key}", "wrong_information", "Ilmoita virheestä"),
        ("?about={key}&kind=helpful", "helpful", "Kiitos vastauksesta"),
        ("?kind=accessibility", "accessibility", "Kerro, mikä ei toiminut"),
        ("?kind=nonsense", "general", "Anna palautetta"),
    ],
)
def test_the_address_decides_what_is_asked(visitor, entry, query, kind, heading):
    html = text_of(visitor.get(FORM + query.format(key=entry.key)))
    assert f'name="kind" value="{kind}"' in html
    assert f"<h1>{heading}</h1>" in html
    assert ("Velkaneuvonta" in html) is ("key" in query)


def test_a_message_is_kept_and_answered_with_its_number_and_date(visitor, entry):
    fields = filled(kind="wrong_information", about=str(entry.key), email="a@example.org")
    response = visitor.post(FORM, fields)
    assert (response.status_code, response.url.startswith(SENT)) == (303, True)
    kept = Feedback.objects.get()
    assert (kept.kind, kept.text, kept.email, kept.language, kept.about) == (
        "wrong_information",
        "Numero on väärä.",
        "a@example.org",
        "fi",
        "Velkaneuvonta",
    )
    thanks = visitor.get(response.url)
    html = text_of(thanks)
    due = timezone.localdate(kept.received_at) + timedelta(days=14)
    for words in (kept.reference, f"{due.day}.{due.month}.{due.year}", kept.text, entry.path):
        assert words in html
    assert "no-store" in thanks["Cache-Control"]
    assert not response.cookies
    assert not thanks.cookies
    save_page("feedback-sent", thanks.content)


def test_nothing_in_the_database_tells_who_sent_it(visitor):
    visitor.post(FORM, filled(), REMOTE_ADDR="192.0.2.77", HTTP_USER_AGENT="Kanarialintu")
    rows = f"{Feedback.objects.values().get()} {list(Attempt.objects.values())}"
    assert "192.0.2.77" not in rows
    assert "Kanarialintu" not in rows


@pytest.mark.parametrize(
    "trap",
    [{"homepage": "https://example.org"}, {"opened": "quick"}],
    ids=["filled what nobody sees", "too quick"],
)
def test_a_machine_gets_thanks_and_nothing_is_kept(visitor, trap):
    if trap.get("opened"):
        trap = {"opened": opened(timedelta(seconds=1))}
    response = visitor.post(FORM, filled(**trap))
    assert (response.status_code, response.url) == (303, SENT)
    assert "Kiitos" in text_of(visitor.get(response.url))
    assert not Feedback.objects.exists()


def test_a_form_that_was_open_too_long_comes_back_with_its_text(visitor):
    late = filled(opened=opened(timedelta(days=2)), place="Etusivu", email="a@example.org")
    response = visitor.post(FORM, late)
    html = text_of(response)
    assert "<title>Virhe: " in html
    for typed in (late["text"], late["place"], late["email"]):
        assert typed in html
    assert not Feedback.objects.exists()
    again = re.search(r'name="opened" value="([^"]+)"', html)[1]
    assert again != late["opened"]


def test_faults_are_listed_first_and_lead_to_their_fields(visitor):
    response = visitor.post(FORM, filled(text="", email="ei osoite", place="Etusivu"))
    html = text_of(response)
    assert "<title>Virhe: Anna palautetta" in html
    alert = re.search(r'<div class="errors flow" role="alert">.*?</div>', html, re.DOTALL)[0]
    assert re.findall(r'href="#(\w+)"', alert) == ["text", "email"]
    for field in ("text", "email"):
        assert re.search(rf'id="{field}"[^>]*aria-invalid="true"', html)
        assert re.search(rf'id="{field}"[^>]*aria-describedby="[^"]*{field}-fault"', html)
        assert f'id="{field}-fault"' in html
    assert 'value="ei osoite"' in html
    assert 'value="Etusivu"' in html
    save_page("feedback-faults", response.content)


def test_faults_in_swedish_begin_with_the_swedish_word(visitor):
    assert "<title>Fel: " in text_of(visitor.post("/sv/feedback/", filled(text="")))


def test_faults_in_a_sami_interface_carry_the_language_they_are_in(visitor):
    html = text_of(visitor.post("/se/feedback/", filled(text="")))
    assert re.search(r'<a href="#text"><span lang="fi">', html)


def test_a_form_that_comes_back_is_not_taken_for_a_machine_s(visitor):
    """Who mends a fault within seconds sends the sign the form came with first."""
    first = visitor.post(FORM, filled(text=""))
    sign = re.search(r'name="opened" value="([^"]+)"', text_of(first))[1]
    visitor.post(FORM, filled(opened=sign))
    assert Feedback.objects.count() == 1


def test_too_many_messages_from_one_network_come_back_with_their_text(visitor, monkeypatch):
    monkeypatch.setattr(views, "MESSAGES_AN_HOUR", 2)
    for number in range(2):
        assert visitor.post(FORM, filled(text=f"Viesti {number}")).status_code == 303
    response = visitor.post(FORM, filled(text="Viesti kolme"))
    assert response.status_code == 429
    assert "Viesti kolme" in text_of(response)
    assert visitor.post(FORM, filled(), REMOTE_ADDR="192.0.2.9").status_code == 303


BAD = {
    "NUL": {"text": "Teksti\x00 jatkuu", "email": "", "place": "\x00"},
    "100 KB": {"text": "ä" * 100_000},
    "surrogates": {"text": "Teksti \udcff\ud800"},
    "markup": {"text": "<script>alert(1)</script>", "place": '"><img src=x>'},
    "template": {"text": "{{ 7 }} {% now %} %(x)s %s"},
    "right to left": {"text": "\u202eteksti"},
    "header injection": {"email": "a@example.org\nBcc: b@example.org"},
    "NUL in address": {"email": "a\x00@example.org"},
    "long address": {"email": "a" * 300 + "@example.org"},
    "long place": {"place": "x" * 300},
    "unknown key": {"about": str(uuid.uuid4()), "kind": "wrong_information"},
    "no key": {"about": "no-key\x00", "kind": "\x00"},
    "list for a field": {"text": ["yksi", "kaksi"], "kind": ["general", "helpful"]},
    "spaces only": {"text": " \n\t "},
    "sign of another kind": {"opened": "\x00:\x00:\x00"},
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
@pytest.mark.parametrize("language", ["fi", "sms"])
def test_nonsense_never_breaks_and_nothing_typed_is_lost(visitor, bad, language):
    pairs = [
        (name, value.encode("utf-8", "surrogatepass"))
        for name, given in (filled() | bad).items()
        for value in (given if isinstance(given, list) else [given])
    ]
    response = visitor.post(
        f"/{language}/feedback/", urlencode(pairs), "application/x-www-form-urlencoded"
    )
    assert response.status_code in (200, 303)
    if response.status_code == 303:
        assert Feedback.objects.count() == 1
    else:
        typed = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", text_of(response), re.DOTALL)[1]
        sent = bad.get("text", "Numero on väärä.")
        assert typed.strip() == str(sent).strip()
    assert "\x00" not in text_of(response)


def test_what_no_database_stores_is_left_out_and_the_rest_kept(visitor):
    visitor.post(FORM, filled(text="Teksti\x00 jatkuu\r\nalas", place="\x00Etusivu"))
    kept = Feedback.objects.get()
    assert (kept.text, kept.about) == ("Teksti jatkuu\nalas", "Etusivu")


@pytest.mark.parametrize(("length", "status"), [(TEXT_LENGTH, 303), (TEXT_LENGTH + 1, 200)])
def test_the_longest_text_is_measured_in_characters(visitor, length, status):
    assert visitor.post(FORM, filled(text="ǩ" * length)).status_code == status


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{]", "application/json"),
        (b"text=%FF%FE&opened=%00", "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"text=a", "application/x-www-form-urlencoded; charset=utf-16"),
        (b"&".join([b"field=1"] * 2000), "application/x-www-form-urlencoded"),
        (b"text=" + b"a" * 3_000_000, "application/x-www-form-urlencoded"),
        (b"\xff" * 50, "nonsense"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("address", [FORM, "/fi/feedback/helpful/"])
def test_a_body_that_is_no_form_never_breaks(visitor, address, body, content_type):
    response = visitor.generic("POST", address, body, content_type)
    assert response.status_code < 500
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    "query",
    ["?about=%00", "?about=x&kind=%00", "?about[]=1", "?kind=helpful&about=", "?about=" + "9" * 99],
)  # fmt: skip
def test_a_nonsense_address_opens_the_form(visitor, query):
    assert visitor.get(FORM + query).status_code == 200


@pytest.mark.parametrize("receipt", ["", "x", "%00", "1:2:3", "MQ:1v:forged"])
def test_a_receipt_that_is_none_shows_thanks_and_no_message(visitor, receipt):
    visitor.post(FORM, filled(text="Salaisuus"))
    html = text_of(visitor.get(f"{SENT}?receipt={receipt}"))
    assert "Kiitos" in html
    assert "Salaisuus" not in html


def test_a_yes_is_counted_and_more_may_be_told(visitor, entry):
    response = visitor.post("/fi/feedback/helpful/", {"about": str(entry.key), "answer": "yes"})
    assert response.status_code == 303
    assert not response.cookies
    count = HelpfulCount.objects.get()
    assert (count.entry_key, count.yes, count.no) == (entry.key, 1, 0)
    html = text_of(visitor.get(response.url))
    assert "<h1>Kiitos vastauksesta</h1>" in html
    assert "Velkaneuvonta" in html


def test_one_network_is_counted_a_few_times_a_day_for_each_page(visitor, entry):
    other = make_entry("Toinen")
    for _ in range(views.ANSWERS_A_DAY + 2):
        for key in (entry.key, other.key):
            answer = {"about": str(key), "answer": "no"}
            assert visitor.post("/fi/feedback/helpful/", answer).status_code == 303
    assert {row.no for row in HelpfulCount.objects.all()} == {views.ANSWERS_A_DAY}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"answer": "yes"},
        {"about": "\x00", "answer": "yes"},
        {"about": str(uuid.uuid4()), "answer": "yes"},
        {"about": "public", "answer": "perhaps\x00"},
        {"about": "hidden", "answer": "yes"},
    ],
)
def test_only_a_yes_or_no_about_a_public_page_is_counted(visitor, entry, fields):
    keys = {"public": str(entry.key), "hidden": str(make_entry("Piilossa", is_public=False).key)}
    if fields.get("about") in keys:
        fields = fields | {"about": keys[fields["about"]]}
    assert visitor.post("/fi/feedback/helpful/", fields).url == FORM
    assert not HelpfulCount.objects.exists()


def test_yes_and_no_are_not_counted_by_following_a_link(visitor, entry):
    assert visitor.get(f"/fi/feedback/helpful/?about={entry.key}&answer=yes").status_code == 405


def test_queries_of_the_form(visitor, entry, django_assert_num_queries):
    with django_assert_num_queries(1):
        visitor.get(f"{FORM}?about={entry.key}")
    with django_assert_num_queries(1):  # whether there is a finished page at this address
        visitor.get(FORM)
