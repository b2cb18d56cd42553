"""What a participant sees and does behind the links in her mails, and how she gets a lost one."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from search.models import Entry
from site_core.languages.fallback import Phrase, say
from site_core.languages.registry import LANGUAGES
from site_core.pages.cards import entry_url, safe_href
from site_core.pages.detail import Group, Time
from site_core.pages.spoken_hours import say_moment
from site_core.throttle.forms import Sender
from training.calendar_files import personal_calendar
from training.courses import Course, Session
from training.sessions import JoinLink
from training.signups import actions, links, messages, needs, next_time
from training.signups.arithmetic import has_lapsed
from training.signups.details import change_details, changes_until
from training.signups.enrolment import times_of
from training.signups.erasing import data_of, erase_now
from training.signups.errors import Busy
from training.signups.fields import ShownForm
from training.signups.forms import (
    AddressForm,
    NeedsForm,
    QuestionsForm,
    WhoForm,
    answer_words,
    name_of,
    parts_of,
)
from training.signups.models import NextTime, SignUp
from training.signups.opening import (
    GONE,
    LATE,
    busy,
    by_link,
    calendar,
    form_page,
    frame,
    see,
    too_many,
    void,
)
from training.signups.spoken_needs import told

Status = SignUp.Status
MOST_REMINDED = 20
CONFIRM_BY = _("Confirm by %(weekday)s %(date)s at %(time)s, or the place goes to somebody else.")
CANCEL_BY = _("You can cancel and change this until %(weekday)s %(date)s at %(time)s.")
JOIN_FROM = _("The link to join is shown here from %(weekday)s %(date)s at %(time)s.")
OVER = _("This sign-up is over. You can sign up again.")
TOO_LATE = _("It is too late to change this here. Ask the organiser.")

Own = Callable[..., HttpResponse]


def own(purpose: str) -> Callable[[Own], Own]:
    """Decorator for a page behind a participant's link: the view gets the token and her sign-up."""

    def decorate(view: Own) -> Own:
        @by_link(purpose)
        @wraps(view)
        def opened(request: HttpRequest, token: str, key: uuid.UUID, **more: Any) -> HttpResponse:
            signup = SignUp.objects.select_related("offering__course__organisation").filter(key=key)
            found = signup.exclude(email="").first()
            return view(request, token, found, **more) if found else void(request, GONE)

        return opened

    return decorate


@own(links.MINE)
def mine(request: HttpRequest, token: str, signup: SignUp) -> HttpResponse:
    """How the sign-up stands and all that can be done with it; POST confirms the address."""
    if request.method == "POST":
        return _confirm(request, signup)
    now = timezone.now()
    offering, course = signup.offering, signup.offering.course
    until, status, sessions = changes_until(offering), status_at(signup, now), _sessions(signup)
    context = {
        "signup": signup,
        "token": token,
        "status": status,
        "people": list(signup.attendees.all()),
        "language": Phrase(LANGUAGES[signup.language].own_name, signup.language),
        "deadline": signup.confirm_until and say_moment(CONFIRM_BY, signup.confirm_until),
        "position": messages.position_of(signup) if status == Status.WAITING else None,
        "group": _group(signup, sessions),
        "join": _join(sessions, status, now),
        "until": until and say_moment(CANCEL_BY, until),
        "may_change": status in SignUp.LIVE and not has_lapsed(until, now),
        "may_cancel": status in SignUp.LIVE and not has_lapsed(offering.cancel_until, now),
        "parts": [part for part in parts_of(course) if part != "who"],
        **_told(signup),
        **_frame(signup, say("Your sign-up")),
    }
    return render(request, "training/signup/mine.html", context)


@own(links.CONFIRM)
def confirm(request: HttpRequest, token: str, signup: SignUp) -> HttpResponse:
    """One button, for which the mail was sent."""
    if request.method == "POST":
        return _confirm(request, signup)
    return render(request, "training/signup/confirm.html", _confirm_context(signup))


@own(links.MINE)
def cancel(request: HttpRequest, token: str, signup: SignUp) -> HttpResponse:
    """Ask whether it is meant; POST cancels."""
    now = timezone.now()
    context = {
        "signup": signup,
        "token": token,
        "status": status_at(signup, now),
        "may_cancel": not has_lapsed(signup.offering.cancel_until, now),
        **_frame(signup, say("Cancel the sign-up")),
    }
    if request.method == "POST":
        try:
            actions.cancel(signup)
        except Busy:
            return busy(request, "training/signup/cancel.html", context)
        except ValidationError:
            return render(request, "training/signup/cancel.html", {**context, "may_cancel": False})
        return see(_mine(signup))
    return render(request, "training/signup/cancel.html", context)


@own(links.MINE)
def change(request: HttpRequest, token: str, signup: SignUp, part: str) -> HttpResponse:
    """Names and language, needs, or some of the questions; `withdraw` takes needs back."""
    if part not in parts_of(signup.offering.course):
        raise Http404
    form = _part(signup, part, request.POST if request.method == "POST" else None)
    changes: dict[str, Any] | None = None
    if "withdraw" in request.POST:
        changes = {"answers": {None: ""}}
    elif form.is_valid():
        changes = _changes(form)
    context = {"signup": signup, "token": token, **_frame(signup, say("Change your sign-up"))}
    trouble = None
    if changes is not None:
        try:
            change_details(signup, **changes)
            return see(_mine(signup))
        except Busy:
            return busy(request, "training/signup/change.html", {**context, **_shown(form)})
        except ValidationError:
            trouble = say(OVER if status_at(signup, timezone.now()) in SignUp.OVER else TOO_LATE)
    context |= {**_shown(form), "trouble": trouble}
    return render(request, "training/signup/change.html", context)


@own(links.MINE)
def erase(request: HttpRequest, token: str, signup: SignUp) -> HttpResponse:
    """Ask whether it is meant; POST erases all that is kept of her and gives her place on."""
    context = {"signup": signup, "token": token, **_frame(signup, say("Erase your data"))}
    if request.method != "POST":
        return render(request, "training/signup/erase.html", context)
    try:
        erase_now(signup)
    except Busy:
        return busy(request, "training/signup/erase.html", context)
    return render(request, "training/signup/erased.html", frame(say("Your data is erased")))


@own(links.MINE)
def data(request: HttpRequest, token: str, signup: SignUp) -> HttpResponse:
    """All that is kept of her, for her and for other programs (GDPR, articles 15 and 20)."""
    if request.method == "POST":
        return HttpResponseNotAllowed(["GET", "HEAD"])
    response = JsonResponse(data_of(signup), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = 'attachment; filename="sign-up.json"'
    return response


@own(links.MINE)
def own_calendar(request: HttpRequest, token: str, signup: SignUp) -> HttpResponse:
    """The sessions of her group as a calendar that programs may fetch again and again."""
    if request.method == "POST":
        return HttpResponseNotAllowed(["GET", "HEAD"])
    return calendar(personal_calendar(signup, get_language()))


@form_page
def lost(request: HttpRequest) -> HttpResponse:
    """Mails the links again to whoever has sign-ups; the page says the same to all."""
    here = reverse("signup_lost")
    context = {"sent": "sent" in request.GET, **frame(say("Find your sign-up"))}
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        sender = form.sender()
        if sender is Sender.MACHINE:
            return see(f"{here}?sent")
        if sender is Sender.LATE:
            form.add_error(None, LATE)
        if form.is_valid():
            email = form.cleaned_data["email"]
            refused = too_many(request, email)
            if refused is None:
                _remind(email)
                return see(f"{here}?sent")
            form.add_error(None, refused)
            return render(
                request, "training/signup/lost.html", {**context, **_shown(form)}, status=429
            )
    return render(request, "training/signup/lost.html", {**context, **_shown(form)})


@by_link(links.NEXT_TIME)
def next_time_mine(request: HttpRequest, token: str, key: uuid.UUID) -> HttpResponse:
    """The wish to hear of the next time: POST confirms it, or with `stop` ends it."""
    wish = NextTime.objects.select_related("course").filter(key=key).first()
    if wish is None:
        return void(request, GONE)
    title, url, _again = _course(wish.course)
    above = (title, url) if url else None
    heading = frame(say("Tell me of the next one"), above=above)
    context = {"wish": wish, "title": title, "url": url, **heading}
    if request.method == "POST":
        if "stop" in request.POST:
            next_time.stop(wish)
            context["stopped"] = True
        else:
            next_time.confirm(wish)
            return see(request.path)
    return render(request, "training/signup/next_time_mine.html", context)


def status_at(signup: SignUp, now: datetime) -> str:
    """Where a sign-up stands: what was not confirmed in time is over, whether noted yet or not."""
    if signup.status in SignUp.LIVE and has_lapsed(signup.confirm_until, now):
        return Status.LAPSED
    return signup.status


def _confirm(request: HttpRequest, signup: SignUp) -> HttpResponse:
    try:
        actions.confirm(signup)
    except Busy:
        return busy(request, "training/signup/confirm.html", _confirm_context(signup))
    except ValidationError:  # too late: her page says so
        pass
    return see(_mine(signup))


def _confirm_context(signup: SignUp) -> dict[str, Any]:
    now = timezone.now()
    status = status_at(signup, now)
    return {
        "signup": signup,
        "status": status,
        "is_due": status in SignUp.LIVE and signup.address_confirmed_at is None,
        "deadline": signup.confirm_until and say_moment(CONFIRM_BY, signup.confirm_until),
        "group": _group(signup, _sessions(signup)),
        "mine": _mine(signup),
        **_frame(signup, say("Confirm your sign-up")),
    }


def _mine(signup: SignUp) -> str:
    return reverse("signup_mine", args=[links.make(links.MINE, signup.key)])


@dataclass(frozen=True, slots=True)
class Join:
    """How the next remote session is joined: its link, or from when that is shown."""

    time: Time
    link: str = ""
    later: Phrase | None = None


def _sessions(signup: SignUp) -> list[Session]:
    sessions = signup.offering.sessions.select_related("municipality")
    return list(sessions.order_by("starts_at", "pk"))


def _group(signup: SignUp, sessions: list[Session]) -> Group:
    return Group(Phrase(signup.offering.name), times_of(sessions, get_language()))


def _join(sessions: list[Session], status: str, now: datetime) -> Join | None:
    """The link is for confirmed participants, from its time until the session is over."""
    coming = [each for each in sessions if each.cancelled_at is None and now < each.ends_at]
    if status != Status.CONFIRMED or not coming:
        return None
    found = JoinLink.objects.filter(session__in=coming).select_related("session")
    join = found.order_by("session__starts_at", "session").first()
    if join is None:
        return None
    [time] = times_of([join.session], get_language())
    shown_from = join.session.starts_at - timedelta(minutes=join.shown_before)
    if shown_from <= now:
        return Join(time, link=safe_href(join.address))
    return Join(time, later=say_moment(JOIN_FROM, shown_from))


def _told(signup: SignUp) -> dict[str, Any]:
    """What she told beside who she is."""
    kept = list(signup.answers.select_related("question"))
    needed = next((answer.value for answer in kept if answer.question is None), "")
    language = signup.offering.course.text_language
    answers = [
        (
            Phrase(answer.question.text, language),
            answer_words(answer.question, answer.value, language),
        )
        for answer in kept
        if answer.question
    ]
    return {"needs": told(needs.read(needed)), "answers": answers}


def _part(signup: SignUp, part: str, sent: Any) -> ShownForm:
    """One of the forms of the sign-up with what was told before."""
    offering, kept = signup.offering, {a.question_id: a.value for a in signup.answers.all()}
    if part == "who":
        names = [person.name for person in signup.attendees.all()]
        known = {"name": "".join(names[:1]), "names": "\n".join(names), "language": signup.language}
        return WhoForm(sent, size=signup.size, with_email=False, initial=known)
    if part == "needs":
        on_site = offering.sessions.held().filter(is_remote=False).exists()
        values = NeedsForm.values_of(needs.read(kept.get(None)))
        return NeedsForm(sent, on_site=on_site, initial=values)
    questions = parts_of(offering.course)[part]
    return QuestionsForm(
        sent,
        questions=questions,
        text_language=offering.course.text_language,
        initial={name_of(each): kept.get(each.pk, "") for each in questions},
    )


def _changes(form: ShownForm) -> dict[str, Any]:
    """What a valid form changes."""
    if isinstance(form, WhoForm):
        return {"names": form.people(), "language": form.cleaned_data["language"]}
    if isinstance(form, NeedsForm):
        return {"answers": {None: needs.write(form.needs(timezone.now()))}}
    return {"answers": form.answers()}


def _shown(form: ShownForm) -> dict[str, Any]:
    return {"form": form, "fields": form.shown(), "faults": form.faults()}


def _remind(email: str) -> None:
    """Mail how things stand to whoever has live sign-ups."""
    live = SignUp.objects.of_contact(email).live().exclude(email="")
    for signup in live.select_related("offering__course__organisation")[:MOST_REMINDED]:
        messages.send_already(signup, timezone.now())


def _course(course: Course) -> tuple[Phrase, str, str]:
    """What a course is called, its page, and where one signs up: "" where it has no public page."""
    language = get_language()
    entries = Entry.objects.public(timezone.now()).filter(page__trainingpage__course=course)
    entry = entries.best_first(language).first()
    if entry is None:
        return Phrase(course.title, course.text_language), "", ""
    again = reverse("signup", args=[entry.key])
    return Phrase(*entry.texts["title"]), entry_url(entry, language), again


def _frame(signup: SignUp, heading: Phrase) -> dict[str, Any]:
    title, url, again = _course(signup.offering.course)
    above = (title, url) if url else None
    return {"title": title, "url": url, "again": again, **frame(heading, above=above)}
