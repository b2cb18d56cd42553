"""The review page: reading a change, commenting, deciding, and being too late."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Comment, Page, TaskState

from site_core.moderation import actions
from site_core.moderation.models import Decision
from site_core.organisations.models import Organisation
from tests.factories.pages import body, stored
from tests.moderation.conftest import approve, change, write

pytestmark = pytest.mark.django_db


def state_of(page) -> TaskState:
    return stored(page).current_workflow_task_state


def address(page) -> str:
    return reverse("desk_review", args=[state_of(page).pk])


def sent(page, outcome="approve", **more) -> dict:
    return {"outcome": outcome, "seen": stored(page).latest_revision_id, "then": "next", **more}


def ask(page, **more) -> dict:
    words = {"reason": "facts", "text": "Lisää puhelinaika."}
    return sent(page, "reject", **{**words, **more})


def text(answer) -> str:
    return answer.content.decode()


def test_a_new_page_is_read_whole(rounds, submitted):
    answer = rounds.client("language").get(address(submitted))
    shown = text(answer)
    assert answer.status_code == 200
    for words in ("Neuvonta", "Apua arkeen.", "Neuvomme arjen asioissa.", "040 123 4567", "Alpha"):
        assert words in shown
    assert "<ins>" not in shown
    assert "no-store" in answer["Cache-Control"]


def test_a_change_is_read_beside_what_is_public(rounds, live):
    change(live, by=rounds.author, short="Soita meille. Kerromme, mistä saat tukea.")
    actions.submit(live, rounds.author)
    shown = text(rounds.client("language").get(address(live)))
    assert "apua</del>" in shown
    assert "tukea</ins>" in shown
    assert shown.count('class="change"') > 1  # the unchanged ones stand folded
    assert stored(live).short.endswith("apua.")


def test_html_in_a_text_is_shown_as_text(rounds, live):
    change(live, by=rounds.author, short="<script>alert(1)</script> & <b>x</b>")
    actions.submit(live, rounds.author)
    shown = text(rounds.client("language").get(address(live)))
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown


def test_the_last_approval_publishes_and_the_next_opens(rounds, submitted):
    other = write(rounds.home, "Toinen", by=rounds.author)
    actions.submit(other, rounds.author)
    answer = rounds.client("language").post(address(submitted), sent(submitted))
    assert answer.url == address(other) + "#content"
    answer = rounds.client("content").post(address(submitted), sent(submitted))
    assert answer.url == reverse("desk_queue") + "#content"
    assert stored(submitted).live
    assert Decision.objects.count() == 2


def test_she_may_go_back_to_the_queue(rounds, submitted):
    other = write(rounds.home, "Toinen", by=rounds.author)
    actions.submit(other, rounds.author)
    answer = rounds.client("language").post(address(submitted), sent(submitted, then="queue"))
    assert answer.url == reverse("desk_queue") + "#content"


def test_comments_go_with_the_decision_and_make_no_revision(rounds, submitted):
    before = stored(submitted).latest_revision_id
    path = f"channels.{submitted.get_latest_revision_as_object().channels[0].id}"
    words = {"comment-short": "Kumpi numero?", f"comment-{path}": "Milloin vastataan?"}
    answer = rounds.client("language").post(address(submitted), ask(submitted, **words))
    assert answer.status_code == 302
    found = dict(Comment.objects.values_list("contentpath", "text"))
    assert found == {"short": "Kumpi numero?", path: "Milloin vastataan?"}
    assert stored(submitted).latest_revision_id == before
    decision = Decision.objects.get()
    assert (decision.outcome, decision.reason) == ("changes_asked", "facts")


def test_comments_saved_before_the_decision_void_no_approval(rounds, submitted):
    approve(submitted, rounds.language)
    client = rounds.client("content")
    words = {"comment-short": "Hyvä.", "then": "keep"}
    for _twice in range(2):
        answer = client.post(address(submitted), words)
        assert answer.url == address(submitted) + "#content"
    assert Comment.objects.count() == 1
    assert "Hyvä." in text(client.get(address(submitted)))
    client.post(address(submitted), sent(submitted))
    assert stored(submitted).live


def test_a_comment_too_long_is_refused_and_given_back(rounds, submitted):
    words = {"comment-short": "x" * 3001, "then": "keep"}
    answer = rounds.client("language").post(address(submitted), words)
    assert 'role="alert"' in text(answer)
    assert "x" * 3001 in text(answer)
    assert not Comment.objects.exists()


@pytest.mark.fault
def test_what_no_database_can_store_is_left_out_of_a_comment(rounds, submitted):
    words = {"comment-short": "Kumpi\x00 numero?", "comment-body.\x00x": "Miksi?", "then": "keep"}
    answer = rounds.client("language").post(address(submitted), words)
    assert answer.status_code == 302
    found = dict(Comment.objects.values_list("contentpath", "text"))
    assert found == {"short": "Kumpi numero?", "body.x": "Miksi?"}


def test_what_the_checks_found_is_told(rounds, submitted, monkeypatch):
    from site_core.desk.review import views
    from site_core.moderation.quality import Finding, Level

    found = [Finding(Level.HINT, "short", "Long: %(n)s words", {"n": 21})]
    monkeypatch.setattr(views, "check_page", lambda page: found)
    assert "Long: 21 words" in text(rounds.client("language").get(address(submitted)))


def test_queries_do_not_grow_with_what_waits_or_is_said(rounds, submitted):
    counted = []
    for many in (1, 12):
        for number in range(many):
            extra = write(rounds.home, f"Sivu {many} {number}", by=rounds.author)
            extra.get_workflow().start(extra, rounds.author)
            actions.comment(submitted, rounds.language2, "short", f"Sana {number}")
        client = rounds.client("language")
        client.get(address(submitted))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(submitted)).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert counted[0] <= 55


@pytest.mark.parametrize("outcome", ["reject", "refuse"])
def test_a_reason_and_words_are_asked_for_and_nothing_is_lost(rounds, submitted, outcome):
    words = {"comment-short": "Kumpi numero?", "text": "", "reason": ""}
    answer = rounds.client("language").post(address(submitted), sent(submitted, outcome, **words))
    shown = text(answer)
    assert answer.status_code == 200
    assert "Kumpi numero?" in shown
    assert 'href="#id_reason"' in shown
    assert f'value="{outcome}"' in shown
    assert "checked" in shown
    assert not Comment.objects.exists()
    assert not Decision.objects.exists()


def test_nothing_chosen_is_told_at_the_choice(rounds, submitted):
    answer = rounds.client("language").post(address(submitted), sent(submitted, ""))
    assert 'href="#id_outcome_0"' in text(answer)


def test_the_open_comment_is_shown_where_it_stands(rounds, live):
    change(live, by=rounds.author, summary="Uusi tiivistelmä.")
    actions.submit(live, rounds.author)
    block = stored(live).channels[0].id
    actions.comment(live, rounds.language, f"channels.{block}.number", "Onko numero oikein?")
    shown = text(rounds.client("language").get(address(live)))
    assert (
        shown.index("f-channels")
        < shown.index("Onko numero oikein?")
        < shown.index('id="decision"')
    )


def test_who_wrote_the_text_herself_is_told_that_another_approves(rounds, submitted, monkeypatch):
    from site_core.moderation import four_eyes

    client = rounds.client("language")
    assert 'value="approve"' in text(client.get(address(submitted)))  # the control
    monkeypatch.setattr(four_eyes, "may_approve", lambda user, state: False)
    assert 'value="approve"' not in text(client.get(address(submitted)))
    assert client.post(address(submitted), sent(submitted)).status_code == 200
    assert not Decision.objects.exists()


# --- who is too late, or has no part in it


@pytest.mark.race
def test_the_second_of_two_reads_what_the_first_decided(rounds, submitted):
    where = address(submitted)
    approval, words = sent(submitted), ask(submitted, **{"comment-short": "Oma huomioni"})
    actions.ask_changes(
        submitted, rounds.language2, stored(submitted).latest_revision_id, "plain", "Selkeytä."
    )
    client = rounds.client("language")
    answer = client.post(where, words)
    shown = text(answer)
    assert answer.status_code == 409
    assert "Selkeytä." in shown
    assert "Language2" in shown
    assert "Lisää puhelinaika." in shown
    assert "Oma huomioni" in shown
    assert client.post(where, approval).status_code == 409
    assert Decision.objects.count() == 1
    assert not Comment.objects.exists()
    assert client.get(where).status_code == 200


@pytest.mark.race
def test_a_decision_between_reading_and_sending_is_seen_by_the_lock(rounds, submitted, monkeypatch):
    """The other one decides after our view has found that it is her turn."""
    from site_core.desk.review import views

    find, other = views.turn_of, rounds.language2

    def found_then_overtaken(user, pk):
        turn = find(user, pk)
        if turn is not None and not Decision.objects.exists():
            actions.approve(stored(submitted), other, turn.seen)
        return turn

    where, words = address(submitted), ask(submitted, **{"comment-short": "Oma huomioni"})
    monkeypatch.setattr(views, "turn_of", found_then_overtaken)
    answer = rounds.client("language").post(where, words)
    assert answer.status_code == 409
    assert "Language2" in text(answer)
    assert "Oma huomioni" in text(answer)
    assert not Comment.objects.exists()
    assert [each.by for each in Decision.objects.all()] == [other]


@pytest.mark.race
def test_who_reviews_in_both_steps_approves_only_the_one_she_read(rounds, submitted, monkeypatch):
    from site_core.desk.review import views

    find = views.turn_of

    def found_then_overtaken(user, pk):
        turn = find(user, pk)
        if turn is not None and not Decision.objects.exists():
            actions.approve(stored(submitted), rounds.language, turn.seen)
        return turn

    where, words = address(submitted), sent(submitted)
    monkeypatch.setattr(views, "turn_of", found_then_overtaken)
    assert rounds.client("root").post(where, words).status_code == 409
    assert Decision.objects.count() == 1
    assert not stored(submitted).live


@pytest.mark.race
def test_a_text_that_changed_is_read_again_first(rounds, submitted):
    old = sent(submitted, **{"comment-short": "Kumpi numero?"})
    change(submitted, by=rounds.language2, short="Aivan uudet sanat.")
    client = rounds.client("language")
    answer = client.post(address(submitted), old)
    shown = text(answer)
    assert answer.status_code == 409
    assert "Aivan uudet sanat." in shown
    assert "Kumpi numero?" in shown
    assert f'name="seen" value="{stored(submitted).latest_revision_id}"' in shown
    assert not Decision.objects.exists()
    assert not Comment.objects.exists()


@pytest.mark.fault
def test_a_double_send_decides_once(rounds, submitted):
    where, words, client = address(submitted), sent(submitted), rounds.client("language")
    assert client.post(where, words).status_code == 302
    assert client.post(where, words).status_code == 409
    assert Decision.objects.count() == 1


@pytest.mark.fault
def test_nothing_of_a_suspended_organisation_is_approved(rounds, submitted):
    Organisation.objects.filter(pk=rounds.a.pk).update(state=Organisation.State.SUSPENDED)
    words = sent(submitted, **{"comment-short": "Kumpi numero?"})
    answer = rounds.client("language").post(address(submitted), words)
    shown = text(answer)
    assert "Alpha" in shown
    assert 'role="alert"' in shown
    assert "Kumpi numero?" in shown
    assert not Decision.objects.exists()
    assert not Comment.objects.exists()


@pytest.mark.fault
def test_the_page_was_deleted_meanwhile(rounds, submitted):
    where, words = address(submitted), ask(submitted)
    Page.objects.get(pk=submitted.pk).delete()
    client = rounds.client("language")
    answer = client.post(where, words)
    assert answer.status_code == 404
    assert "Lisää puhelinaika." in text(answer)
    assert client.get(where).status_code == 404


@pytest.mark.fault
def test_the_author_took_it_back_meanwhile(rounds, submitted):
    where, words = address(submitted), ask(submitted)
    actions.withdraw(submitted, rounds.author)
    answer = rounds.client("language").post(where, words)
    assert answer.status_code == 409
    assert "Lisää puhelinaika." in text(answer)
    assert not Decision.objects.exists()


@pytest.mark.fault
@pytest.mark.parametrize("seen", ["", "x", "99999999999999999999999"])
def test_a_revision_that_is_none_decides_nothing(rounds, submitted, seen):
    answer = rounds.client("language").post(address(submitted), sent(submitted, seen=seen))
    assert answer.status_code in (200, 409)
    assert not Decision.objects.exists()


@pytest.mark.permission
@pytest.mark.leak
@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("language", 200),
        ("language2", 200),
        ("root", 200),
        ("content", 404),
        ("editor", 404),
        ("author", 404),
        ("colleague", 404),
        ("stranger", 404),
    ],
)
def test_only_the_reviewer_in_turn_reads_it(rounds, live, who, expected):
    change(live, by=rounds.author, body=body("Kanarialintu laulaa."))
    actions.submit(live, rounds.author)
    client = rounds.client(who)
    state = state_of(live).pk
    for name in ("desk_review", "desk_review_preview"):
        answer = client.get(reverse(name, args=[state]))
        assert answer.status_code == expected
        assert ("Kanarialintu" in text(answer)) == (expected == 200)
    if expected == 404:
        answer = client.post(address(live), ask(live))
        assert answer.status_code == 404
        assert "Kanarialintu" not in text(answer)
        assert not Decision.objects.exists()


@pytest.mark.permission
def test_a_visitor_is_led_to_the_log_in(client, submitted):
    for where in (address(submitted), reverse("desk_queue")):
        answer = client.get(where)
        assert answer.status_code == 302
        assert "Neuvonta" not in text(answer)


@pytest.mark.permission
@pytest.mark.bypass
def test_a_reviewer_does_not_review_her_own_organisation(rounds, submitted):
    from tests.factories.organisations import MembershipFactory

    where = address(submitted)
    assert rounds.client("language").get(where).status_code == 200  # the control
    MembershipFactory(user=rounds.language, organisation=rounds.a)
    client = rounds.client("language")
    assert client.get(where).status_code == 404
    assert client.post(where, sent(submitted)).status_code == 404
    assert not Decision.objects.exists()


@pytest.mark.leak
def test_titles_of_other_drafts_and_files_are_not_named(rounds):
    """A forged link into somebody else's draft tells the reviewer only that it is not public."""
    foreign = write(rounds.home, "Salainen otsikko", by=rounds.author)
    from site_core.desk.review.values import Reader

    assert Reader(rounds.b).named(foreign) != "Salainen otsikko"
    assert Reader(rounds.a).named(foreign) == "Salainen otsikko"  # the control
