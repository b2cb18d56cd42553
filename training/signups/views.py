"""The public roads of signing up: the form in its steps, and who wants to hear of the next time."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from site_core.dates import format_time
from site_core.languages.fallback import Phrase, say
from site_core.pages import detail
from site_core.pages.spoken_hours import say_moment
from site_core.throttle.actions import allow, sender_of
from site_core.throttle.forms import Sender
from training.calendar_files import public_calendar
from training.signups import actions, next_time
from training.signups.claiming import Outcome
from training.signups.enrolment import Enrolment, Room, State, enrolment_of, times_of
from training.signups.errors import Busy, Closed
from training.signups.fields import Fault, ShownForm
from training.signups.forms import NextTimeForm
from training.signups.models import SignUp
from training.signups.opening import LATE, busy, calendar, form_page, frame, see, too_many
from training.signups.retention import NEEDS, WHO, WISH
from training.signups.walk import FULL, GROUP, Place, Walk, room_words, title_of

HOLDS_IN_TEN_MINUTES = 12
REASONS = {
    State.SOON: _("Sign-up has not opened yet."),
    State.CLOSED: _("Sign-up has closed."),
    State.OVER: _("The course is over."),
    State.CANCELLED: _("The course is cancelled."),
    State.UNPLANNED: _("The times of the course are not known yet."),
    State.OPEN: _("The course is full, and so is its waiting list."),
}
OPENS = _("It opens %(weekday)s %(date)s at %(time)s.")


@form_page
def sign_up(request: HttpRequest, key: UUID) -> HttpResponse:
    """One step of the form after another; the last one signs up, and all are thanked alike.

    `?group=` chooses a group beforehand. Whatever is in the way, what was typed stays.
    """
    now = timezone.now()
    enrolment = enrolment_of(key, get_language(), now)
    if enrolment is None:
        return _missing(request)
    if not enrolment.open or (request.method != "POST" and enrolment.is_full):
        return _closed(request, enrolment)
    walk = Walk(enrolment, request.POST, now, request.GET.get("group", ""))
    if request.method != "POST":
        return _show(request, walk, walk.steps[0], walk.new_form(walk.steps[0]), walk.look())
    if "back" in request.POST:
        return _show(request, walk, walk.before, walk.new_form(walk.before), walk.look())
    try:
        return _take(request, walk)
    except Closed:
        return _closed(request, enrolment_of(key, get_language(), timezone.now()) or enrolment)


@require_safe
@never_cache
def sent(request: HttpRequest, key: UUID) -> HttpResponse:
    """The same thanks for everyone: a mail is on its way."""
    context = {
        "key": key,
        **frame(say("Open your e-mail next"), path=reverse("signup", args=[key])),
    }
    return render(request, "training/signup/sent.html", context)


@form_page
def next_time_form(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who wants to hear when the course is held again leaves an address."""
    enrolment = enrolment_of(key, get_language(), timezone.now())
    if enrolment is None:
        return _missing(request)
    if request.method != "POST":
        return _next_time(request, enrolment, NextTimeForm())
    form = NextTimeForm(request.POST)
    sender, done = form.sender(), see(reverse("next_time_sent", args=[key]))
    if sender is Sender.MACHINE:
        return done
    if sender is Sender.LATE:
        form.add_error(None, LATE)
    if not form.is_valid():
        return _next_time(request, enrolment, form)
    refused = too_many(request, form.cleaned_data["email"])
    if refused:
        form.add_error(None, refused)
        return _next_time(request, enrolment, form, status=429)
    wish = {name: form.cleaned_data[name] for name in ("email", "language")}
    next_time.ask(enrolment.course, **wish)
    return done


@require_safe
@never_cache
def next_time_sent(request: HttpRequest, key: UUID) -> HttpResponse:
    """The same thanks for everyone who wants to hear of the next time."""
    path = reverse("next_time", args=[key])
    context = {"key": key, **frame(say("Open your e-mail next"), path=path)}
    return render(request, "training/signup/next_time_sent.html", context)


@require_safe
@never_cache
def privacy(request: HttpRequest) -> HttpResponse:
    """Who keeps what about whoever signs up, why and how long (GDPR, articles 13 and 9)."""
    context = {
        "kept": {"who": WHO.days, "needs": NEEDS.days, "over": WHO.when_over, "wish": WISH.days},
        **frame(say("Your data when you sign up"), path=reverse("signup_privacy")),
    }
    return render(request, "training/signup/privacy.html", context)


@require_safe
def course_calendar(request: HttpRequest, key: UUID) -> HttpResponse:
    """All sessions of a course as a calendar that programs may fetch again and again."""
    enrolment = enrolment_of(key, get_language(), timezone.now())
    if enrolment is None:
        return _missing(request)
    return calendar(public_calendar(enrolment.course, get_language()))


def _take(request: HttpRequest, walk: Walk) -> HttpResponse:
    """What was sent: mended, asked on, or signed up."""
    done = see(reverse("signup_sent", args=[walk.enrolment.entry.key]))
    form = walk.sent_form(walk.step)
    sender = form.sender()
    if request.POST.get("homepage") or (sender is Sender.MACHINE and walk.next is None):
        return done
    faulty = walk.first_faulty()
    if faulty:
        return _show(request, walk, *faulty, walk.look())
    if sender is Sender.LATE:
        form.add_error(None, LATE)
        return _show(request, walk, walk.step, form, walk.look())
    try:
        return _on(request, walk, form) if walk.next else _finish(request, walk, form) or done
    except Busy:
        return busy(
            request, "training/signup/form.html", _context(walk, walk.step, form, walk.look())
        )


def _on(request: HttpRequest, walk: Walk, form: ShownForm) -> HttpResponse:
    """The next step, seats held for it."""
    limit = {"limit": HOLDS_IN_TEN_MINUTES, "per": timedelta(minutes=10)}
    place = walk.find_place(lambda: allow("signup hold", sender_of(request), **limit))
    if place.room is Room.NONE:
        return _full(request, walk)
    return _show(request, walk, walk.next, walk.new_form(walk.next), place)


def _finish(request: HttpRequest, walk: Walk, form: ShownForm) -> HttpResponse | None:
    """Sign up; None where all is done, or was done by the same form before.

    What is shown never depends on whether the address is signed up already: whether there is a
    place is found out first, for everybody.
    """
    who = walk.who()
    refused = too_many(request, who["email"])
    if refused:
        form.add_error(None, refused)
        return _show(request, walk, walk.step, form, walk.look(), status=429)
    place = walk.find_place(lambda: True)
    if place.room is not Room.SEATS and SignUp.objects.filter(key=walk.key).exists():
        return None
    if place.room is Room.NONE:
        return _full(request, walk)
    if place.room is Room.QUEUE and not request.POST.get("queue"):
        return _show(request, walk, walk.step, form, place, lost=True)
    group, size, role = walk.choice
    answer = actions.claim(
        group.offering,
        **who,
        size=size,
        role=role,
        answers=walk.answers(),
        token=place.token,
        key=walk.key,
    )
    return _full(request, walk) if answer.outcome is Outcome.FULL else None


def _show(
    request: HttpRequest,
    walk: Walk,
    step: str,
    form: ShownForm,
    place: Place,
    *,
    status: int = 200,
    lost: bool = False,
    faults: list[Fault] | None = None,
) -> HttpResponse:
    context = _context(walk, step, form, place)
    extra = {"lost": lost, "faults": faults or form.faults()}
    return render(request, "training/signup/form.html", {**context, **extra}, status=status)


def _context(walk: Walk, step: str, form: ShownForm, place: Place) -> dict[str, Any]:
    enrolment, (group, size, _role) = walk.enrolment, walk.choice
    number = walk.steps.index(step) + 1 if step in walk.steps else 1
    return {
        "enrolment": enrolment,
        "form": form,
        "fields": form.shown(),
        "faults": form.faults(),
        "step": step,
        "step_title": title_of(step),
        "number": number,
        "steps": len(walk.steps),
        "is_last": number == len(walk.steps),
        "carried": walk.carried(form),
        "key": walk.key,
        "place": place,
        "queues": place.room is Room.QUEUE,
        "held_until": format_time(place.until) if place.until else "",
        "chosen": None if step == GROUP else group,
        "size": size,
        "chosen_times": detail.Group(
            Phrase(group.offering.name), times_of(group.sessions, get_language())
        ),
        "room": room_words(group),
        **_frame(enrolment, say("Sign up")),
    }


def _full(request: HttpRequest, walk: Walk) -> HttpResponse:
    """The choice again where it could be another one, else the news that there is no room."""
    chosen, size, role = walk.choice
    places = chosen.pool(role).places
    others = [each for each in walk.enrolment.open if each is not chosen]
    if size > 1 and places is not None and size > places:
        words = say("There is %(count)s place.", plural="There are %(count)s places.", count=places)
        fault = Fault("size", words)
    elif any(each.best_room is not Room.NONE for each in others):
        fault = Fault("group", say(FULL))
    else:
        return _closed(request, walk.enrolment)
    return _show(request, walk, GROUP, walk.new_form(GROUP), Place(Room.SEATS), faults=[fault])


def _closed(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    """Why one cannot sign up now, and what one can do. What was typed is kept in the page."""
    state, opens = enrolment.state, enrolment.course.enrolment_opens_at
    context = {
        "enrolment": enrolment,
        "reason": say(REASONS[state]),
        "opens": say_moment(OPENS, opens) if state is State.SOON and opens else None,
        "offers_next_time": state not in (State.SOON, State.UNPLANNED),
        "typed": _typed(request.POST),
        **_next_time_fields(NextTimeForm(initial={"email": request.POST.get("email", "")})),
        **_frame(enrolment, say("Sign up")),
    }
    return render(request, "training/signup/closed.html", context)


def _missing(request: HttpRequest) -> HttpResponse:
    """No public page about such a course; what was typed is kept in the page."""
    context = {"typed": _typed(request.POST), **frame(say("This course is not to be found"))}
    return render(request, "training/signup/missing.html", context, status=404)


def _next_time(
    request: HttpRequest, enrolment: Enrolment, form: NextTimeForm, status: int = 200
) -> HttpResponse:
    heading = say("Tell me of the next one")
    path = reverse("next_time", args=[enrolment.entry.key])
    context = {
        "enrolment": enrolment,
        "faults": form.faults(),
        **_next_time_fields(form),
        **frame(heading, above=(enrolment.title, enrolment.url), path=path),
    }
    return render(request, "training/signup/next_time.html", context, status=status)


def _next_time_fields(form: NextTimeForm) -> dict[str, Any]:
    return {"form": form, "fields": form.shown()}


def _frame(enrolment: Enrolment, heading: Phrase) -> dict[str, Any]:
    path = reverse("signup", args=[enrolment.entry.key])
    return frame(heading, above=(enrolment.title, enrolment.url), path=path)


def _typed(data: QueryDict) -> list[tuple[str, str]]:
    """Everything that was sent, to be sent again."""
    return [(name, value) for name, values in data.lists() for value in values]
