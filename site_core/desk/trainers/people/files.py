"""The participants as a file and on paper. Each is written down, with how many people it shows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from site_core.dates import format_date, format_time, local_day
from training.courses import Offering
from training.sessions import Attendance
from training.signups.exports import Columns, Person, as_csv, as_xlsx, table_of
from training.signups.log import note
from training.signups.models import Attendee, SignUp

from .answers import questions_of, said_by
from .attendance import participants
from .forms import FileForm
from .own import for_group, posted

Status = SignUp.Status
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@for_group
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, group: Offering) -> HttpResponse:
    """Choose what the file holds; a POST gives it. No name stands in the file's own name."""
    form = FileForm(posted(request), initial={"format": "xlsx"})
    if request.method == "POST" and form.is_valid():
        return _file(request, group, form.cleaned_data["format"], set(form.cleaned_data["also"]))
    context = {"group": group, "form": form, "faults": form.errors, "page_title": _("Files")}
    return render(request, "desk/trainers/people/files.html", context)


@for_group
@require_safe
def on_paper(request: HttpRequest, group: Offering) -> HttpResponse:
    """Names, and an empty box for each session that is held."""
    people = list(participants(group))
    note(group, "view_people", request.user, shown=len(people))
    context = {
        "group": group,
        "people": people,
        "sessions": group.sessions.held(),
        "page_title": _("List of participants"),
    }
    return render(request, "desk/trainers/people/on_paper.html", context)


def _file(request: HttpRequest, group: Offering, kind: str, also: set[str]) -> HttpResponse:
    statuses = SignUp.LIVE if "waiting" in also else (Status.CONFIRMED,)
    signups = SignUp.objects.filter(offering=group, status__in=statuses)
    signups = signups.prefetch_related("attendees").order_by("pk")
    columns = Columns(
        (_("Name"), _("E-mail address"), _("Language"), _("Status"), _("Signed up")),
        sessions={each.pk: _when(each.starts_at) for each in group.sessions.held()},
        questions=questions_of(group.course) if "answers" in also else {},
        needs=_("What they need") if "needs" in also else "",
    )
    people = _people(group, list(signups), columns)
    table = table_of(people, columns)
    content = as_csv(table) if kind == "csv" else as_xlsx(table, _("Participants"))
    sensitive = {name: len(people) for name in ("answers", "needs") if name in also}
    note(group, "export_people", request.user, people=len(people), **sensitive)
    day = local_day(timezone.now()).isoformat()
    response = HttpResponse(content, content_type=TYPES[kind])
    name = f"participants-{group.pk}-{day}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _people(group: Offering, signups: list[SignUp], columns: Columns) -> list[Person]:
    """One for each name; a sign-up without names is one with as little as there is."""
    words = {mark.value: str(mark.label) for mark in Attendance.Mark}
    marks: dict[int, dict[int, str]] = {}
    rows = Attendance.objects.filter(session__offering=group)
    for session, attendee, mark in rows.values_list("session", "attendee", "mark"):
        marks.setdefault(attendee, {})[session] = words[mark]
    answers, needs = {}, {}
    if columns.questions or columns.needs:
        answers, needs = said_by(signups)
    return [
        Person(
            name=attendee.name,
            email=signup.email,
            language=signup.get_language_display(),
            status=str(signup.get_status_display()),
            signed_up=_when(signup.created_at),
            marks=marks.get(attendee.pk, {}),
            answers=answers.get(signup.pk, {}),
            needs=needs.get(signup.pk, ""),
        )
        for signup in signups
        for attendee in signup.attendees.all() or [Attendee()]
    ]


def _when(moment) -> str:
    return f"{format_date(moment)} {format_time(moment)}"
