"""The trainer's courses: the list, one course with its groups, and the form of its facts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from training.actions import change_course, may_change_texts

from .access import own_course, trainer_required
from .doing import done
from .forms import CourseForm
from .rows import page_url, row_of, rows_of


@require_safe
@trainer_required
def courses(request: HttpRequest) -> HttpResponse:
    """The courses she may run; `?q=` narrows them."""
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    rows, found = rows_of(request, asked, request.GET.get("page"))
    context = {
        "rows": rows,
        "found": found,
        "asked": asked,
        "may_write": request.roles.member,
        "several": len({row.course.organisation_id for row in rows}) > 1,
        "page_title": _("Courses"),
    }
    return render(request, "desk/trainers/courses.html", context)


@require_safe
@trainer_required
def course(request: HttpRequest, course: int) -> HttpResponse:
    """One course: what it is, its groups with seats and sessions, its questions."""
    own = own_course(request, course)
    row = row_of(request, own)
    context = {
        "row": row,
        "course": row.course,
        "pages": [(each, page_url(request, own, each)) for each in row.course.pages.all()],
        "questions": own.questions.all(),
        "page_title": own.title,
    }
    return render(request, "desk/trainers/course.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_required
def facts(request: HttpRequest, course: int) -> HttpResponse:
    """Change what the course is."""
    own = own_course(request, course)
    texts_open = may_change_texts(request.user, own)
    form = CourseForm(request.POST or None, course=own, texts_open=texts_open)
    if done(request, form, lambda: change_course(form.changed(), by=request.user)):
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("desk_course", args=[own.pk]))
    context = {"form": form, "course": own, "faults": form.errors, "page_title": _("The course")}
    return render(request, "desk/trainers/facts.html", context)
