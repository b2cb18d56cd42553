"""The workflow and its groups, made by the portal's set-up as often as liked."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import GroupApprovalTask, Page, Task, Workflow, WorkflowPage, WorkflowTask

from site_core.moderation.models import ContentReview, LanguageReview

LANGUAGE_REVIEWERS = "Language reviewers"
MODERATORS = "Moderators"
STEPS = ((LanguageReview, LANGUAGE_REVIEWERS), (ContentReview, MODERATORS))


def set_up_workflow() -> Workflow:
    """Put the two steps, language then content, on the whole tree, and nothing else.

    Recognised by the class of its steps: names may be changed, and the groups of a step too.
    """
    with translation.override(settings.LANGUAGE_CODE):
        tasks = [_task(model, group) for model, group in STEPS]
        workflow = _workflow(tasks)
    WorkflowPage.objects.exclude(workflow=workflow).delete()
    WorkflowPage.objects.get_or_create(
        page=Page.get_first_root_node(), defaults={"workflow": workflow}
    )
    for other in Workflow.objects.active().exclude(pk=workflow.pk):
        other.deactivate()
    ours = [task.pk for task in tasks]
    for task in GroupApprovalTask.objects.filter(active=True).exclude(pk__in=ours):
        task.deactivate()
    return workflow


def _task(model, group: str):
    found = model.objects.order_by("pk").first()
    if found is None:
        found = model.objects.create(name=_names()[model])
        found.groups.add(Group.objects.get_or_create(name=group)[0])
    _switch_on(found)
    return found


def _workflow(tasks: list) -> Workflow:
    """The workflow that holds the steps, in this order and alone."""
    link = WorkflowTask.objects.filter(task=tasks[0]).order_by("pk").first()
    workflow = link.workflow if link else Workflow.objects.create(name=_("Publishing"))
    _switch_on(workflow)
    if [each.pk for each in workflow.tasks] != [task.pk for task in tasks]:
        workflow.workflow_tasks.all().delete()
        for order, task in enumerate(tasks):
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    return workflow


def _switch_on(row: Task | Workflow) -> None:
    """The admin can switch a step off; submissions would then skip it."""
    if not row.active:
        row.active = True
        row.save()


def _names() -> dict:
    return {LanguageReview: _("Language check"), ContentReview: _("Content check")}
