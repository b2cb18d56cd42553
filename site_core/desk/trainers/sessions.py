"""Sessions: several added at once, one changed or moved, cancelled, its link to join.

While nobody has signed up a session is changed and removed as one likes; afterwards it is moved or
cancelled, and the participants are told.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from training import session_actions
from training.actions import save_offering
from training.courses import Offering, Session

from .access import own_offering, own_session, trainer_required
from .doing import done
from .forms import CancelForm
from .groups import told_of
from .session_forms import JoinLinkForm, SessionForm, SessionsForm


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_required
def new(request: HttpRequest, course: int, pk: int) -> HttpResponse:
    """Add sessions to a group."""
    own = own_offering(request, course, pk)
    if own.cancelled_at:
        raise Http404
    form = SessionsForm(request.POST or None, offering=own)
    if done(request, form, lambda: save_offering(own, form.made(), by=request.user)):
        messages.success(request, _("Saved."))
        return _to(own)
    context = {
        "form": form,
        "offering": own,
        "signed_up": told_of(own),
        "faults": form.errors,
        "page_title": _("Add sessions"),
    }
    return render(request, "desk/trainers/sessions_new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_required
def session(request: HttpRequest, course: int, pk: int) -> HttpResponse:
    """One session with its history, to be changed or moved; a POST may ask to `remove` it."""
    own = own_session(request, course, pk)
    if request.method == "POST" and own.cancelled_at:
        raise Http404
    if request.POST.get("deed") == "remove":
        return _removed(request, own)
    form = SessionForm(request.POST or None, session=own)
    if done(request, form, lambda: _store(request, own, form)):
        return _to(own.offering)
    context = {
        "form": form,
        "session": own_session(request, course, pk),
        "offering": own.offering,
        "bound": own.offering.signups.live().exists(),
        "told": told_of(own.offering),
        "changes": own.changes.select_related("by"),
        "faults": form.errors,
        "page_title": _("Session"),
    }
    return render(request, "desk/trainers/session.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_required
def cancel(request: HttpRequest, course: int, pk: int) -> HttpResponse:
    """Ask with words to the participants, then cancel."""
    own = own_session(request, course, pk)
    if own.cancelled_at:
        raise Http404
    form, told = CancelForm(request.POST or None), told_of(own.offering)
    cancel_it = session_actions.cancel_session
    if done(request, form, lambda: cancel_it(own, by=request.user, **form.cleaned_data)):
        messages.success(request, _with_told(_("The session is cancelled."), told))
        return _to(own.offering)
    context = {
        "form": form,
        "session": own,
        "offering": own.offering,
        "told": told,
        "faults": form.errors,
        "page_title": _("Cancel the session"),
    }
    return render(request, "desk/trainers/cancel_session.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_required
def join_link(request: HttpRequest, course: int, pk: int) -> HttpResponse:
    """The link to join: the one page that shows it; each look at it is logged."""
    own = own_session(request, course, pk)
    if not own.is_remote or own.cancelled_at:
        raise Http404
    form = JoinLinkForm(request.POST or None, initial={"shown_before": 60})
    set_it = session_actions.set_join_link
    if done(request, form, lambda: set_it(own, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(session_url(own))
    link = session_actions.read_join_link(own, by=request.user)
    if link is not None and not form.is_bound:
        form = JoinLinkForm(initial={"address": link.address, "shown_before": link.shown_before})
    context = {
        "form": form,
        "session": own,
        "offering": own.offering,
        "link": link,
        "faults": form.errors,
        "page_title": _("Link to join"),
    }
    return render(request, "desk/trainers/join_link.html", context)


def _store(request: HttpRequest, own: Session, form: SessionForm) -> None:
    """Change the session as one likes while nobody has signed up, else move it and tell them."""
    starts, ends = form.span
    where, told = form.chosen(), told_of(own.offering)
    if own.offering.signups.live().exists():
        before = own.sequence
        moved = session_actions.move_session(
            own,
            starts_at=starts,
            ends_at=ends,
            **where.facts,
            note=form.cleaned_data["note"],
            by=request.user,
        )
        if moved.sequence == before:
            messages.success(request, _("Nothing was changed."))
        else:
            messages.success(request, _with_told(_("The session is moved."), told))
        return
    own.starts_at, own.ends_at = starts, ends
    where.put(own)
    save_offering(own.offering, [own], by=request.user)
    messages.success(request, _("Saved."))


def _removed(request: HttpRequest, own: Session) -> HttpResponse:
    try:
        save_offering(own.offering, removed=[own], by=request.user)
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
        return HttpResponseRedirect(session_url(own))
    messages.success(request, _("The session is removed."))
    return _to(own.offering)


def _with_told(words: str, told: int) -> str:
    """The words, and how many messages go out, if any."""
    if not told:
        return words
    mails = ngettext("One message goes out.", "%(count)s messages go out.", told)
    return f"{words} {mails % {'count': told}}"


def session_url(session: Session) -> str:
    """Where a session is changed."""
    return reverse("desk_session", args=[session.offering.course_id, session.pk])


def _to(offering: Offering) -> HttpResponse:
    address = reverse("desk_course", args=[offering.course_id])
    return HttpResponseRedirect(f"{address}#group-{offering.pk}")
