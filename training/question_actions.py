"""What changes the questions a course asks: each checks the right, does and logs.

`by` None is the system itself. All raise PermissionDenied where a right is missing and
ValidationError where the facts are wrong.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from training.questions import Question
from training.rights import require_run

STAYS = ("text", "kind", "choices", "required", "kept")
"""What may not change once somebody has answered: it would change what was said or promised."""


@transaction.atomic
def save_question(question: Question, *, by: Any = None) -> Question:
    """Store a question, new or changed. One that was answered only changes its place."""
    require_run(by, question.course)
    is_new = question.pk is None
    if not is_new:
        stored = _locked(question)
        question.course_id, question.retired = stored.course_id, stored.retired
        changed = any(getattr(question, name) != getattr(stored, name) for name in STAYS)
        if changed and stored.answers.exists():
            raise ValidationError(
                _("Somebody has answered this. Ask it no more, and write a new question instead.")
            )
    question.full_clean()
    question.save()
    log(instance=question, action="wagtail.create" if is_new else "wagtail.edit", user=by)
    return question


@transaction.atomic
def retire_question(question: Question, *, retired: bool = True, by: Any = None) -> None:
    """Ask it no more, or again. Its answers stay until their time is over."""
    require_run(by, question.course)
    if _locked(question).retired is not retired:
        question.retired = retired
        question.save(update_fields=["retired"])
        log(instance=question, action="wagtail.edit", user=by)


@transaction.atomic
def remove_question(question: Question, *, by: Any = None) -> None:
    """Delete a question that nobody has answered."""
    require_run(by, question.course)
    if _locked(question).answers.exists():
        raise ValidationError(_("Somebody has answered this. Ask it no more instead."))
    log(instance=question, action="wagtail.delete", user=by, deleted=True)
    question.delete()


def _locked(question: Question) -> Question:
    """The stored question; whoever is just answering it is waited for."""
    return Question.objects.select_for_update().get(pk=question.pk)
