"""Two at the same moment: one deed, and a clear word for the other."""

from collections import Counter

import pytest
from wagtail.models import WorkflowState

from site_core.moderation import actions
from site_core.moderation.decisions import APPROVE
from site_core.moderation.errors import Stale
from site_core.moderation.models import Decision
from site_core.outbox.models import Message
from tests.desk.together import together
from tests.factories.pages import stored
from tests.moderation.conftest import seen

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def at_once(*deeds) -> Counter:
    """Do all of it at one moment; counts what came of it, by the name of the exception."""
    return Counter(
        type(answer).__name__ if isinstance(answer, Exception) else "done"
        for answer in together(*deeds)
    )


def test_two_reviewers_approve_at_once(rounds, submitted):
    page, revision = stored(submitted), seen(submitted)
    answers = at_once(
        *(
            lambda who=who: actions.approve(page, who, revision)
            for who in (rounds.language, rounds.language2)
        )
    )
    assert answers == {"done": 1, Stale.__name__: 1}
    assert Decision.objects.count() == 1


def test_one_approves_while_the_other_rejects(rounds, submitted):
    page, revision = stored(submitted), seen(submitted)
    answers = at_once(
        lambda: actions.approve(page, rounds.language, revision),
        lambda: actions.reject(page, rounds.language2, revision, "scope", "Ei kuulu tänne."),
    )
    assert answers == {"done": 1, Stale.__name__: 1}
    assert Decision.objects.count() == 1


def test_an_author_submits_twice_at_once(rounds, draft):
    answers = at_once(*(lambda: actions.submit(draft, rounds.author) for _time in range(3)))
    assert answers == {"done": 3}
    assert WorkflowState.objects.count() == 1
    assert Message.objects.filter(kind="moderation_submitted").count() == 1


def by_the_desk(page, who):
    revision = seen(page)
    return lambda: actions.approve(page, who, revision)


def by_the_admin(page, who):
    """As Wagtail's button, which has read the step before anything is locked."""
    state = page.current_workflow_task_state
    return lambda: state.task.specific.on_action(state, who, APPROVE)


@pytest.mark.parametrize("road", [by_the_desk, by_the_admin])
def test_an_author_withdraws_while_a_reviewer_approves(rounds, submitted, road):
    page = stored(submitted)
    answers = at_once(road(page, rounds.language), lambda: actions.withdraw(page, rounds.author))
    assert answers["done"] + answers[Stale.__name__] == 2
    assert not stored(submitted).live
    assert stored(submitted).current_workflow_state is None
