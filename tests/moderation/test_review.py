"""The way of a page: submitted, checked for language and content, published, or sent back."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import WorkflowState

from search.models import Entry
from site_core.moderation import actions
from site_core.moderation.errors import Stale
from site_core.moderation.models import Decision
from site_core.moderation.queue import waiting, waiting_for
from site_core.moderation.states import PageState, states_of
from tests.factories.pages import stored
from tests.moderation.conftest import approve, change, seen

pytestmark = pytest.mark.django_db


def state(page):
    page = stored(page)
    return states_of([page])[page.pk]


def test_two_approvals_publish(rounds, submitted):
    assert state(submitted) == PageState.IN_REVIEW
    approve(submitted, rounds.language)
    assert not stored(submitted).live
    approve(submitted, rounds.content)
    assert stored(submitted).live
    assert state(submitted) == PageState.LIVE
    assert Entry.objects.filter(title="Neuvonta", is_public=True).exists()


def test_changes_asked_and_mended_begin_with_the_language_again(rounds, submitted):
    approve(submitted, rounds.language)
    actions.ask_changes(submitted, rounds.content, seen(submitted), "facts", "Lisää hinta.")
    assert state(submitted) == PageState.CHANGES_ASKED
    change(submitted, by=rounds.author, short="Maksuton. Soita meille.")
    actions.submit(submitted, rounds.author)
    assert [task.pk for task in waiting_for(rounds.content)] == []
    approve(submitted, rounds.language, rounds.content)
    assert stored(submitted).short == "Maksuton. Soita meille."
    assert state(submitted) == PageState.LIVE


def test_rejected_ends_the_submission(rounds, submitted):
    decision = actions.reject(
        submitted, rounds.language, seen(submitted), "scope", "Tämä on mainos."
    )
    assert state(submitted) == PageState.REJECTED
    assert decision.ends_round
    assert decision.reason == Decision.Reason.SCOPE
    assert not WorkflowState.objects.active().exists()
    actions.submit(submitted, rounds.author)
    assert state(submitted) == PageState.IN_REVIEW


def test_withdrawn_is_a_draft_again(rounds, submitted):
    actions.withdraw(submitted, rounds.colleague)
    assert state(submitted) == PageState.DRAFT
    actions.withdraw(submitted, rounds.colleague)
    with pytest.raises(Stale):
        actions.approve(submitted, rounds.language, seen(submitted))


def test_a_change_of_a_live_page_waits(rounds, live):
    change(live, by=rounds.author, title="Uusi nimi", short="Uusi teksti.")
    assert state(live) == PageState.LIVE_CHANGED
    actions.submit(live, rounds.author)
    assert state(live) == PageState.IN_REVIEW
    approve(live, rounds.language)
    now = stored(live)
    assert (now.title, now.live) == ("Julkinen", True)
    entry = Entry.objects.get(key=live.translation_key)
    assert (entry.title, entry.is_public) == ("Julkinen", True)
    assert "Uusi" not in str(entry.texts)
    approve(live, rounds.content)
    entry.refresh_from_db()
    assert entry.title == stored(live).title == "Uusi nimi"


def test_submitting_twice_is_harmless(rounds, submitted):
    before = WorkflowState.objects.get()
    assert actions.submit(submitted, rounds.colleague) == before
    assert before.task_states.count() == 1


def test_nothing_new_is_not_submitted(rounds, live):
    with pytest.raises(ValidationError) as refused:
        actions.submit(live, rounds.author)
    assert refused.value.code == "unchanged"


@pytest.mark.parametrize("who", ["stranger", "language", "content"])
def test_only_who_may_change_the_page_submits_and_withdraws(rounds, submitted, who):
    with pytest.raises(PermissionDenied):
        actions.submit(submitted, rounds.people[who])
    with pytest.raises(PermissionDenied):
        actions.withdraw(submitted, rounds.people[who])


@pytest.mark.parametrize("who", ["author", "colleague", "stranger", "content", "editor"])
def test_the_first_step_is_for_language_reviewers_without_a_part_in_it(rounds, submitted, who):
    with pytest.raises(PermissionDenied):
        actions.approve(submitted, rounds.people[who], seen(submitted))


def test_place_in_the_queue_goes_by_age(rounds, submitted, live):
    change(live, by=rounds.author, title="Uusi")
    actions.submit(live, rounds.author)
    expected = [str(submitted.pk), str(live.pk)]
    order = waiting().values_list("workflow_state__object_id", flat=True)
    assert list(order) == expected
    approve(submitted, rounds.language)
    assert list(order.all()) == expected


def test_a_copy_for_translation_is_a_draft_below_the_organisations_own_page(rounds, live):
    change(live, by=rounds.author, short="Uusi, vielä luonnos.")
    copy = actions.copy_for_translation(live, "sv", rounds.author)
    assert not copy.live
    assert copy.translation_key == live.translation_key
    assert copy.get_latest_revision_as_object().short == "Uusi, vielä luonnos."
    parent = copy.get_parent().specific
    assert (parent.organisation, parent.live) == (rounds.a, False)
    assert actions.copy_for_translation(live, "sv", rounds.colleague).pk == copy.pk
    with pytest.raises(PermissionDenied):
        actions.copy_for_translation(live, "sv", rounds.stranger)


def test_a_copy_of_the_organisations_own_page(rounds):
    copy = actions.copy_for_translation(rounds.home, "sv", rounds.author)
    assert (copy.organisation, copy.language, copy.live) == (rounds.a, "sv", False)


def test_errors_of_the_quality_checks_stop_submission(rounds, draft):
    change(draft, by=rounds.author, channels=[], summary="")
    with pytest.raises(ValidationError) as refused:
        actions.submit(draft, rounds.author)
    assert set(refused.value.message_dict) == {"channels", "summary"}
    assert state(draft) == PageState.DRAFT
