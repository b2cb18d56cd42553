"""Wagtail's own tasks (reference index, search of the admin, deleted files) run in the worker.

django-tasks-db stores them in the transaction that enqueues them, but its own worker leaves a task
for ever RUNNING when it is killed. Here only one worker at a time runs this loop, so whatever is
RUNNING with a worker that no longer lives is taken again, at most `TRIES` times in all.
"""

import time
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Now
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as TaskRunner
from django_tasks_db.models import DBTaskResult

from . import identity, stopping
from .claims import ALIVE
from .loops import loop
from .models import Heartbeat

BACKEND = "default"
BATCH = 100
BUDGET = 5
"""Seconds of tasks after which the worker's other loops have their turn."""
TRIES = 3
KEPT_WELL, KEPT_FAILED = timedelta(days=1), timedelta(days=30)


class KilledTooOftenError(Exception):
    """A task whose worker died each time."""


def runner() -> TaskRunner:
    """The runner of django-tasks-db: `run_task` runs one claimed task and writes how it ended."""
    return TaskRunner(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name=BACKEND,
        startup_delay=False,
        max_tasks=None,
        worker_id=identity.name(),
        excluded_queue_names=[],
    )


def claim_next() -> DBTaskResult | None:
    """Take the task that is next and ready, or None."""
    with transaction.atomic():
        result = DBTaskResult.objects.ready().filter(backend_name=BACKEND).get_locked()
        if result is not None:
            result.claim(identity.name())
    return result


@loop("tasks", every=timedelta(seconds=1))
def run_tasks(now: datetime) -> int:
    """Take killed tasks again, then run what is ready, at most `BATCH` and for `BUDGET`."""
    take_killed_again()
    running, count, until = runner(), 0, time.monotonic() + BUDGET
    while count < BATCH and not stopping.asked() and (result := claim_next()):
        running.run_task(result)
        count += 1
        if time.monotonic() >= until:
            break
    return count


@loop("task results", every=timedelta(hours=1))
def forget_results(now: datetime) -> int:
    """Delete the results of tasks that ended long ago; failed ones are kept longer."""
    well = DBTaskResult.objects.successful().filter(finished_at__lt=now - KEPT_WELL)
    failed = DBTaskResult.objects.failed().filter(finished_at__lt=now - KEPT_FAILED)
    return well.delete()[0] + failed.delete()[0]


def take_killed_again() -> int:
    """Make tasks ready whose worker died; those that killed `TRIES` workers failed."""
    alive = set(
        Heartbeat.objects.filter(seen_at__gt=Now() - ALIVE)
        .exclude(worker=identity.name())
        .values_list("worker", flat=True)
    )
    taken = 0
    for result in DBTaskResult.objects.running().filter(backend_name=BACKEND).order_by("pk"):
        if result.worker_ids and result.worker_ids[-1] in alive:
            continue
        if len(result.worker_ids) >= TRIES:
            result.set_failed(KilledTooOftenError(f"{TRIES} workers died at it"))
            continue
        DBTaskResult.objects.running().filter(pk=result.pk).update(status=TaskResultStatus.READY)
        taken += 1
    return taken
