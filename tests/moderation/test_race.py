"""Two at the same moment: one deed, and a clear word for the other."""

from collections import Counter
from threading import Barrier, Thread

import pytest
from django.db import connection
from wagtail.models import WorkflowState

from site_core.moderation import actions
from site_core.moderation.errors import Stale
from site_core.moderation.models import Decision
from site_core.outbox.models import Message
from tests.factories.pages import stored
from tests.moderation.conftest import seen

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def at_once(*deeds) -> Counter:
    """Do all of it at one moment; counts what came of it, by the name of the exception."""
    answers, barrier = Counter(), Barrier(len(deeds))

    def attempt(deed) -> None:
        barrier.wait()
        try:
            deed()
            answers["done"] += 1
        except Exception as fault:
            answers[type(fault).__name__] += 1
        finally:
            connection.close()

    running = [Thread(target=attempt, args=[deed]) for deed in deeds]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join(60)
    return answers


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


def test_an_author_withdraws_while_a_reviewer_approves(rounds, submitted):
    page, revision = stored(submitted), seen(submitted)
    answers = at_once(
        lambda: actions.approve(page, rounds.language, revision),
        lambda: actions.withdraw(page, rounds.author),
    )
    assert answers["done"] + answers[Stale.__name__] == 2
    assert not stored(submitted).live
    assert stored(submitted).current_workflow_state is None
