"""What a course asks of its participants: added, changed until answered, asked no more."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from training.courses import Course
from training.question_actions import remove_question, retire_question, save_question
from training.questions import Question

from .access import own_course, trainer_required
from .doing import done
from .forms import QuestionForm


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_required
def new(request: HttpRequest, course: int) -> HttpResponse:
    """A further question."""
    own = own_course(request, course)
    last = own.questions.order_by("position").last()
    made = Question(course=own, position=last.position + 1 if last else 1)
    return _form(request, own, made, answered=False)


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_required
def question(request: HttpRequest, course: int, pk: int) -> HttpResponse:
    """One question; a POST may name another `deed`: retire, ask again or remove."""
    own = own_course(request, course)
    by = request.user
    found = get_object_or_404(own.questions.select_related("course__organisation"), pk=pk)
    deeds = {
        "retire": (lambda: retire_question(found, by=by), _("It is not asked any more.")),
        "ask": (lambda: retire_question(found, retired=False, by=by), _("It is asked again.")),
        "remove": (lambda: remove_question(found, by=by), _("The question is removed.")),
    }
    if (deed := request.POST.get("deed", "")) in deeds:
        return _done(request, own, *deeds[deed])
    return _form(request, own, found, answered=found.answers.exists())


def _form(request: HttpRequest, own: Course, row: Question, *, answered: bool) -> HttpResponse:
    form = QuestionForm(request.POST or None, question=row, answered=answered)
    if done(request, form, lambda: save_question(form.changed(), by=request.user)):
        messages.success(request, _("Saved."))
        return _to(own)
    context = {
        "form": form,
        "course": own,
        "question": row,
        "stored": row.pk is not None,
        "answered": answered,
        "faults": form.errors,
        "page_title": _("Question") if row.pk else _("New question"),
    }
    return render(request, "desk/trainers/question.html", context)


def _done(request: HttpRequest, own: Course, deed: Callable[[], Any], told: str) -> HttpResponse:
    try:
        deed()
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    else:
        messages.success(request, told)
    return _to(own)


def _to(own: Course) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk_course", args=[own.pk]) + "#questions")
