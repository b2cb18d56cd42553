"""The second step: asking for the code, setting it up, recovery codes."""

import math
from typing import Any

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_otp import login as pass_step
from django_otp.util import random_hex

from site_core.accounts import second_factor
from site_core.desk.access import login_required
from site_core.desk.signin.forms import CodeForm
from site_core.desk.signin.target import after_log_in, asked, kept_private

KEY = "second_factor_key"
CODES = "recovery_codes"
either = require_http_methods(["GET", "HEAD", "POST"])


@either
@login_required
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the app, or a recovery code."""
    if request.user.is_verified():
        return redirect(after_log_in(request))
    if not second_factor.has_device(request.user):
        return redirect(_with_next(request, "desk_code_set_up"))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = second_factor.check(request.user, form.cleaned_data["code"])
        if device is not None:
            _passed(request, device)
            return redirect(after_log_in(request))
        form.add_error("code", _fault(request.user))
    return _page(request, "desk/signin/code.html", form)


@either
@login_required
def set_up(request: HttpRequest) -> HttpResponse:
    """Show a new secret, as a picture and in words, and take it into use by a code of it."""
    user = request.user
    if second_factor.has_device(user) and not user.is_verified():
        return redirect(_with_next(request, "desk_code"))
    form = CodeForm(request.POST or None)
    key = request.session.get(KEY)
    if request.method == "POST" and form.is_valid() and key:
        device = second_factor.set_up(user, key, form.cleaned_data["code"])
        if device is not None:
            _passed(request, device)
            request.session[CODES] = second_factor.make_recovery_codes(user)
            return redirect(_with_next(request, "desk_recovery_codes"))
        form.add_error("code", _("The code is not right. Write the one the app shows now."))
    if not key:
        key = request.session[KEY] = random_hex(20)
    device = second_factor.prepared(user, key)
    picture = segno.make(device.config_url, error="m").svg_data_uri(
        scale=5, dark="#000", light="#fff"
    )
    secret = second_factor.secret_in_words(device)
    return _page(request, "desk/signin/set_up.html", form, picture=picture, secret=secret)


@require_safe
@login_required
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The new recovery codes, this once."""
    shown = request.session.pop(CODES, [])
    if not shown:
        return redirect("desk_second_step")
    onwards = after_log_in(request)
    return _page(request, "desk/signin/recovery_codes.html", codes=shown, onwards=onwards)


@require_POST
@login_required
def new_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new ones in place of those that were."""
    if second_factor.has_device(request.user):
        request.session[CODES] = second_factor.make_recovery_codes(request.user)
        return redirect("desk_recovery_codes")
    return redirect("desk_second_step")


@require_safe
@login_required
def second_step(request: HttpRequest) -> HttpResponse:
    """How it stands with one's own second step."""
    user = request.user
    return _page(
        request,
        "desk/signin/second_step.html",
        has_device=second_factor.has_device(user),
        has_duty=second_factor.has_duty(user),
        codes_left=second_factor.codes_left(user),
    )


@require_POST
@login_required
def take_off(request: HttpRequest) -> HttpResponse:
    """Do without it again, who may. Raises PermissionDenied for who owes it."""
    second_factor.take_off(request.user, by=request.user)
    messages.success(request, _("The second step is off. You log in with your password alone."))
    return redirect("desk_second_step")


def _passed(request: HttpRequest, device: Any) -> None:
    """The session is another one from here on: nobody who knew its key before gains by it."""
    pass_step(request, device)
    request.session.pop(KEY, None)
    request.session.cycle_key()


def _fault(user: Any) -> str:
    until = second_factor.wait_until(user)
    seconds = math.ceil((until - timezone.now()).total_seconds()) if until else 0
    if seconds > 1:
        return _("The code is not right. Wait %(seconds)s seconds and write a new one.") % {
            "seconds": seconds
        }
    return _("The code is not right. Write the one the app shows now.")


def _with_next(request: HttpRequest, name: str) -> str:
    address = asked(request)
    return f"{reverse(name)}?{urlencode({'next': address})}" if address else reverse(name)


def _page(request: HttpRequest, template: str, form: Any = None, **context: Any) -> HttpResponse:
    context |= {"form": form, "faults": form.errors if form else None, "next": asked(request)}
    return kept_private(render(request, template, context))
