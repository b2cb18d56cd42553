"""Who may decide about a page: a reviewer of the step who has no part in the page.

Nobody decides about a page of an organisation she is a member of, nor about what she submitted
herself, superusers included; and nobody gives the last approval to text she wrote.
"""

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from wagtail.models import Page, Task, TaskState

from site_core.organisations.branches import branches_of_member, organisation_for_path
from site_core.organisations.models import Membership


def may_decide(user, task_state: TaskState, task: Task) -> bool:
    """Whether the person may handle the page in this step: read, edit, comment, ask for changes."""
    if not user.is_active or not _reviews(user, task):
        return False
    return task_state.workflow_state.requested_by_id != user.pk and not is_member_for(
        user, task_state.workflow_state.content_object
    )


def is_member_for(user, page: Page) -> bool:
    """Whether the person belongs to the organisation whose page it is."""
    organisation = organisation_for_path(page.path)
    if organisation is None:
        return False
    return Membership.objects.filter(
        organisation=organisation, user_id=user.pk, is_active=True
    ).exists()


def may_approve(user, task_state: TaskState) -> bool:
    """Whether someone who may decide may also approve the text as it is now.

    Who wrote the latest revision may, as long as another step has to read it after her.
    """
    state = task_state.workflow_state
    latest = state.content_object.get_latest_revision()
    if latest is None or latest.user_id != user.pk:
        return True
    return (
        Task.objects.filter(workflow_tasks__workflow_id=state.workflow_id, active=True)
        .exclude(pk=task_state.task_id)
        .exclude(task_states__in=state.successful_task_states)
        .exists()
    )


def decidable(user, waiting: QuerySet, task: Task) -> QuerySet:
    """Of a task's waiting states those that the person may decide about.

    At most three queries before the one of the answer, however many wait. Carries no join, since
    Wagtail unites the answers of all tasks.
    """
    if not user.is_active or not _reviews(user, task):
        return waiting.none()
    waiting = waiting.exclude(workflow_state__requested_by=user)
    own = {path for _pk, path in branches_of_member(user)}
    if not own:
        return waiting
    ids = waiting.values_list("workflow_state__object_id", flat=True)
    pages = Page.objects.filter(pk__in=[int(pk) for pk in ids]).values_list("pk", "path")
    mine = [str(pk) for pk, path in pages if any(path.startswith(branch) for branch in own)]
    return waiting.exclude(workflow_state__object_id__in=mine)


def deciders(task_state: TaskState) -> list:
    """The people who may decide in this step, in order: whom to tell that it waits."""
    page = task_state.workflow_state.content_object
    people = (
        get_user_model()
        .objects.filter(groups__groupapprovaltask=task_state.task_id, is_active=True)
        .exclude(pk=task_state.workflow_state.requested_by_id)
        .order_by("pk")
        .distinct()
    )
    organisation = organisation_for_path(page.path)
    if organisation is not None:
        members = Membership.objects.filter(organisation=organisation, is_active=True)
        people = people.exclude(pk__in=members.values("user"))
    latest = page.get_latest_revision()
    return [
        person
        for person in people
        if latest is None or latest.user_id != person.pk or may_approve(person, task_state)
    ]


def _reviews(user, task: Task) -> bool:
    return user.is_superuser or task._user_in_groups(user)
