"""Feedback in the admin: rows filtered, forged ids 404, addresses for staff alone."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from site_core.feedback.models import Feedback
from site_core.outbox.models import Message

from .making import feedback

pytestmark = pytest.mark.django_db
INDEX = "feedback:index"
INSIDERS = ["member", "editor", "superuser"]
OUTSIDERS = ["other member", "ended", "suspended", "stranger", "moderator", "anonymous"]


def page(row: Feedback) -> str:
    return reverse("feedback:edit", args=[row.pk])


@pytest.fixture
def dashboard(desk):
    """The admin's front page as one sees it; its menu is JSON, with letters as escapes."""

    def look(who: str) -> str:
        html = desk.client(who).get(reverse("wagtailadmin_home")).content.decode()
        return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), html)

    return look


@pytest.mark.permission
@pytest.mark.parametrize(
    ("who", "own", "foreign", "general"),
    [
        ("member", True, False, False),
        ("other member", False, True, False),
        ("editor", True, True, True),
        ("superuser", True, True, True),
    ],
)
def test_the_list_holds_only_what_one_settles(desk, who, own, foreign, general):
    client = desk.client(who)
    shown = client.get(reverse(INDEX)).content.decode()
    found = [page(row) in shown for row in (desk.own, desk.foreign, desk.general)]
    assert found == [own, foreign, general]
    for words in ("Vieras", desk.foreign.reference, str(desk.foreign.pk)):
        searched = client.get(reverse(INDEX), {"q": words}).content.decode()
        assert (page(desk.foreign) in searched) is foreign


@pytest.mark.leak
def test_the_filter_names_no_other_organisations(desk):
    """Not even those whose name nobody has read yet."""
    names = [row.organisation.name for row in (desk.own, desk.foreign)]
    offered = {
        who: [name in desk.client(who).get(reverse(INDEX)).content.decode() for name in names]
        for who in ("member", "editor")
    }
    assert offered == {"member": [True, False], "editor": [True, True]}


@pytest.mark.permission
@pytest.mark.parametrize("who", [name for name in OUTSIDERS if name != "other member"])
def test_who_settles_nothing_has_no_list_and_no_menu(desk, who):
    assert desk.client(who).get(reverse(INDEX)).status_code == 302
    home = desk.client(who).get(reverse("wagtailadmin_home")).content.decode()
    assert reverse(INDEX) not in home


@pytest.mark.permission
@pytest.mark.leak
@pytest.mark.parametrize("who", OUTSIDERS)
def test_outsiders_learn_and_change_nothing(desk, who):
    client, before = desk.client(who), Feedback.objects.values().get(pk=desk.own.pk)
    expected = {404} if who == "other member" else {302}
    for form in ({"decision": "answer", "answer": "Ei ole."}, {"decision": "close"}):
        for answer in (client.get(page(desk.own)), client.post(page(desk.own), form)):
            assert answer.status_code in expected
            assert "Oma" not in answer.content.decode()
    assert Feedback.objects.values().get(pk=desk.own.pk) == before


@pytest.mark.permission
@pytest.mark.leak
@pytest.mark.parametrize(
    ("who", "address"), [("member", False), ("editor", True), ("superuser", True)]
)
def test_members_answer_without_learning_the_address(desk, who, address):
    html = desk.client(who).get(page(desk.own)).content.decode()
    assert "Oma" in html
    assert ("oma@example.org" in html) is address


@pytest.mark.parametrize("who", INSIDERS)
def test_an_answer_is_stored_and_mailed(desk, who):
    form = {"decision": "answer", "answer": "Numero on nyt oikein."}
    assert desk.client(who).post(page(desk.own), form).status_code == 302
    row = Feedback.objects.get(pk=desk.own.pk)
    assert (row.state, row.answer) == (Feedback.State.ANSWERED, "Numero on nyt oikein.")
    assert row.settled_by == desk.people[who]
    assert Message.objects.get().to == "oma@example.org"


def test_it_can_be_closed_without_an_answer(desk):
    desk.client("member").post(page(desk.own), {"decision": "close", "answer": ""})
    assert Feedback.objects.get(pk=desk.own.pk).state == Feedback.State.CLOSED
    assert not Message.objects.exists()


@pytest.mark.parametrize("form", [{"decision": "answer", "answer": " "}, {}, {"decision": "no"}])
def test_an_answer_needs_words(desk, form):
    assert desk.client("editor").post(page(desk.own), form).status_code == 200
    assert Feedback.objects.get(pk=desk.own.pk).is_open


def test_what_is_settled_is_shown_and_stays(desk):
    client = desk.client("editor")
    client.post(page(desk.own), {"decision": "answer", "answer": "Ensimmäinen."})
    client.post(page(desk.own), {"decision": "answer", "answer": "Toinen."})
    assert Feedback.objects.get(pk=desk.own.pk).answer == "Ensimmäinen."
    html = client.get(page(desk.own)).content.decode()
    assert "Ensimmäinen." in html
    assert 'type="submit"' not in html.split('id="w-editor-form"')[1].split("</form>")[0]


def test_dashboard_and_menu_count_what_is_overdue_and_due_soon(desk, dashboard):
    now = timezone.now()
    Feedback.objects.update(due_at=now + timedelta(days=9))
    assert "Palaute (3)" in dashboard("editor")
    assert "3 viestiä odottaa vastausta." in dashboard("editor")
    Feedback.objects.filter(pk=desk.foreign.pk).update(due_at=now + timedelta(days=1))
    assert "Palaute (3, 1 pian myöhässä)" in dashboard("editor")
    assert "1 viesti odottaa vastausta." in dashboard("member")
    Feedback.objects.filter(pk=desk.own.pk).update(due_at=now - timedelta(days=1))
    assert "Palaute (3, 1 myöhässä)" in dashboard("editor")
    assert "Myöhässä: 1." in dashboard("member")
    assert "Palaute (1, 1 pian myöhässä)" in dashboard("other member")


def test_where_nothing_waits_the_panel_is_not_there(desk, dashboard):
    Feedback.objects.update(state=Feedback.State.CLOSED)
    html = dashboard("editor")
    assert "Määräaika lähellä" not in html
    assert "Palaute (" not in html


def test_menu_and_panel_count_by_one_query(desk, dashboard):
    dashboard("member")
    with CaptureQueriesContext(connection) as queries:
        dashboard("member")
    assert sum('COUNT("feedback_feedback"' in query["sql"] for query in queries) == 1


def test_the_list_says_how_each_stands(desk):
    Feedback.objects.filter(pk=desk.own.pk).update(due_at=timezone.now() - timedelta(days=1))
    html = desk.client("member").get(reverse(INDEX)).content.decode()
    assert '<span class="w-status w-status--primary">Myöhässä</span>' in html


def test_markup_in_a_message_stays_text(desk):
    row = feedback(text="<script>alert(1)</script>")
    html = desk.client("editor").get(page(row)).content.decode()
    assert "<script>alert(1)</script>" not in html
    assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize("name", ["add", "delete", "copy", "history", "usage", "inspect"])
def test_feedback_is_never_made_or_deleted_in_the_admin(name):
    for args in ([], [1]):
        with pytest.raises(NoReverseMatch):
            reverse(f"feedback:{name}", args=args)
