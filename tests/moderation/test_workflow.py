"""The workflow's set-up, who was faster, what a step costs, and what the log tells."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    GroupApprovalTask,
    Page,
    PageLogEntry,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
)

from site_core.moderation import actions
from site_core.moderation.errors import Stale
from site_core.moderation.models import ContentReview, Decision, LanguageReview
from site_core.moderation.queue import usual_wait, waiting, waiting_for
from site_core.moderation.setup import LANGUAGE_REVIEWERS, set_up_workflow
from site_core.moderation.states import Facts, PageState, state_of, states_of
from site_core.organisations.actions import suspend
from site_core.outbox.models import Message
from tests.factories.pages import stored
from tests.moderation.conftest import approve, change, seen, write

pytestmark = pytest.mark.django_db


def test_set_up_makes_one_workflow_of_two_steps_once(rounds):
    set_up_workflow()
    workflow = Workflow.objects.active().get()
    assert [type(task.specific) for task in workflow.tasks] == [LanguageReview, ContentReview]
    assert WorkflowPage.objects.get().page == Page.get_first_root_node()
    assert GroupApprovalTask.objects.filter(active=True).count() == 2


def test_set_up_leaves_names_and_groups_that_were_changed(rounds):
    task = LanguageReview.objects.get()
    task.name = "Kieliraati"
    task.save()
    task.groups.set([Group.objects.create(name="Raati")])
    Workflow.objects.active().update(name="Meidän tapamme")
    set_up_workflow()
    assert LanguageReview.objects.get().name == "Kieliraati"
    assert [group.name for group in task.groups.all()] == ["Raati"]
    assert Workflow.objects.active().get().name == "Meidän tapamme"


def test_set_up_takes_another_workflow_off(rounds):
    other = Workflow.objects.create(name="Nopea")
    WorkflowPage.objects.create(page=rounds.home, workflow=other)
    set_up_workflow()
    other.refresh_from_db()
    assert not other.active
    assert isinstance(rounds.home.get_workflow().tasks.first().specific, LanguageReview)


def test_set_up_takes_up_again_what_was_switched_off(rounds):
    LanguageReview.objects.get().deactivate()
    Workflow.objects.active().get().deactivate()
    set_up_workflow()
    workflow = rounds.home.get_workflow()
    assert [task.active for task in workflow.tasks] == [True, True]


def test_the_portal_is_set_up_with_the_workflow(portal):
    assert Workflow.objects.active().count() == 1
    assert Group.objects.filter(name=LANGUAGE_REVIEWERS).exists()


def test_the_second_of_two_moderators_is_told(rounds, submitted):
    at_once = seen(submitted)
    actions.approve(stored(submitted), rounds.language, at_once)
    with pytest.raises(Stale):
        actions.approve(stored(submitted), rounds.language2, at_once)  # the next step by now
    with pytest.raises(PermissionDenied):
        actions.approve(stored(submitted), rounds.stranger, at_once)
    actions.approve(stored(submitted), rounds.content, at_once)
    with pytest.raises(Stale):
        actions.ask_changes(stored(submitted), rounds.content2, at_once, "facts", "Lisää hinta.")
    assert Decision.objects.count() == 2


def test_the_second_in_the_admin_gets_a_message(rounds, submitted):
    state = stored(submitted).current_workflow_task_state
    actions.withdraw(submitted, rounds.author)
    actions.submit(submitted, rounds.author)
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[submitted.pk, "approve", state.pk]
    )
    answer = rounds.client("language").post(address, {"comment": ""}, follow=True)
    (message,) = answer.context["messages"]
    assert message.level_tag == "error"
    assert not TaskState.objects.filter(status=TaskState.STATUS_APPROVED).exists()


def test_a_suspended_organisation_is_named_in_the_admin(rounds, submitted):
    state = stored(submitted).current_workflow_task_state
    suspend(rounds.a)
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[submitted.pk, "approve", state.pk]
    )
    answer = rounds.client("language").post(address, {"comment": ""}, follow=True)
    assert "Alpha" in str(next(iter(answer.context["messages"])))


def test_a_reviewer_comments_at_a_field_without_a_new_revision(rounds, submitted):
    approve(submitted, rounds.language)
    before = seen(submitted)
    made = actions.comment(submitted, rounds.content, "summary", " Lyhyempi? ")
    assert (made.text, made.contentpath, seen(submitted)) == ("Lyhyempi?", "summary", before)
    approve(submitted, rounds.content)
    assert stored(submitted).live
    with pytest.raises(Stale):
        actions.comment(submitted, rounds.content, "summary", "Myöhässä")


@pytest.mark.parametrize("who", ["author", "content", "stranger", "editor"])
def test_who_is_out_of_turn_comments_nothing(rounds, submitted, who):
    with pytest.raises(PermissionDenied):
        actions.comment(submitted, rounds.people[who], "summary", "Hyvä.")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *(("summary", "  "), ("password", "Hei"), ("", "Hei")),
        *(("summary", "Hei\0"), ("channels.\0", "Hei")),
    ],
)
def test_a_comment_needs_words_and_a_field(rounds, submitted, field, text):
    with pytest.raises(ValidationError):
        actions.comment(submitted, rounds.language, field, text)


def test_asking_for_changes_needs_a_reason(rounds, submitted):
    with pytest.raises(ValidationError):
        actions.ask_changes(submitted, rounds.language, seen(submitted), "", "Jotain.")


def test_every_step_is_in_the_log_that_the_organisation_reads(rounds, submitted):
    approve(submitted, rounds.language)
    actions.comment(submitted, rounds.content, "summary", "Lyhyempi?")
    actions.ask_changes(submitted, rounds.content, seen(submitted), "facts", "Lisää hinta.")
    change(submitted, by=rounds.author, short="Maksuton.")
    actions.submit(submitted, rounds.author)
    actions.withdraw(submitted, rounds.author)
    actions.submit(submitted, rounds.author)
    actions.reject(submitted, rounds.language, seen(submitted), "scope", "Tämä on mainos.")
    entries = PageLogEntry.objects.filter(page=submitted.pk, action__startswith="moderation.")
    assert [entry.action.removeprefix("moderation.") for entry in entries.order_by("pk")] == [
        *("submit", "approve", "comment", "ask_changes", "submit", "withdraw", "submit", "reject")
    ]
    address = reverse("wagtailadmin_pages:history", args=[submitted.pk])
    shown = rounds.client("colleague").get(address).content.decode()
    assert "Tämä on mainos." in shown
    assert "Lisää hinta." in shown
    assert all(entry.message for entry in entries)


def test_the_usual_wait_is_the_median_of_ninety_days(rounds):
    now = timezone.now()
    page = write(rounds.home, "Neuvonta", by=rounds.author)
    for days, ago in ((1, 1), (2, 2), (9, 3), (30, 100)):
        _decided(rounds, page, days, now - timedelta(days=ago))
    assert usual_wait(now) is None
    _decided(rounds, page, 3, now)
    assert usual_wait(now) is None
    _decided(rounds, page, 4, now)
    assert usual_wait(now) == timedelta(days=3)


def _decided(rounds, page, days, when):
    actions.submit(page, rounds.author)
    decision = actions.reject(page, rounds.language, seen(page), "scope", "Ei.")
    Decision.objects.filter(pk=decision.pk).update(
        decided_at=when, submitted_at=when - timedelta(days=days)
    )


def test_the_longest_waiting_comes_first_and_mending_begins_a_new_wait(rounds, submitted, live):
    change(live, by=rounds.author, short="Uusi.")
    actions.submit(live, rounds.author)
    order = [int(state.workflow_state.object_id) for state in waiting_for(rounds.language)]
    assert order == [submitted.pk, live.pk]
    actions.ask_changes(submitted, rounds.language, seen(submitted), "plain", "Selkeämmin.")
    actions.submit(submitted, rounds.author)
    order = [int(state.workflow_state.object_id) for state in waiting()]
    assert order == [live.pk, submitted.pk]


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (Facts(False, True, False), PageState.DRAFT),
        (Facts(True, False, False), PageState.LIVE),
        (Facts(True, True, False), PageState.LIVE_CHANGED),
        (Facts(True, True, False, workflow="in_progress"), PageState.IN_REVIEW),
        (Facts(True, True, False, workflow="needs_changes"), PageState.CHANGES_ASKED),
        (Facts(True, False, False, workflow="approved"), PageState.LIVE),
        (Facts(False, True, False, workflow="cancelled"), PageState.DRAFT),
        (Facts(False, True, False, workflow="cancelled", rejected=True), PageState.REJECTED),
        (Facts(False, True, False, workflow="approved", scheduled=True), PageState.SCHEDULED),
        (Facts(True, False, False, hidden=True), PageState.HIDDEN),
        (Facts(True, False, True), PageState.EXPIRED),
        (Facts(False, False, True), PageState.EXPIRED),
        (Facts(False, True, False, hidden=True), PageState.DRAFT),
    ],
)
def test_the_rule_of_states(facts, state):
    assert state_of(facts) == state


def test_states_cost_the_same_for_one_page_and_for_many(rounds, submitted, live):
    pages = [stored(submitted), stored(live), *(write(rounds.home, f"P {n}") for n in range(8))]
    states_of(pages)
    counts = set()
    for some in (pages[:1], pages):
        with CaptureQueriesContext(connection) as queries:
            states = states_of(some)
        counts.add(len(queries))
    assert counts == {4}
    assert states[submitted.pk] == PageState.IN_REVIEW
    assert states[live.pk] == PageState.LIVE


def test_what_the_steps_cost(rounds, draft):
    """Most of it is Wagtail's own: revisions, states and log entries are checked one by one."""
    write(rounds.home, "Lämmitys", by=rounds.author)
    counts = {}
    for name, deed in (
        ("submit", lambda: actions.submit(draft, rounds.author)),
        ("approve", lambda: actions.approve(draft, rounds.language, seen(draft))),
        ("publish", lambda: actions.approve(draft, rounds.content, seen(draft))),
    ):
        with CaptureQueriesContext(connection) as queries:
            deed()
        counts[name] = len(queries)
    assert Message.objects.count() == 1 + 2 + 1 + 2 + 1
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED
    assert counts["submit"] <= 90
    assert counts["approve"] <= 95
    assert counts["publish"] <= 170
