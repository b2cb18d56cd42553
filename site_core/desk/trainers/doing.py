"""What a form asks for is done, or the form tells why not."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from site_core.desk.faults import add_faults
from site_core.desk.onboarding.forms import DeskForm
from training.signups.errors import Busy


def done(request: HttpRequest, form: DeskForm, deed: Callable[[], Any]) -> bool:
    """Whether the form was sent, is whole, and its deed was done. What a verb refuses, and that too
    many are at it, is told in the form, which keeps what was typed."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        deed()
    except ValidationError as fault:
        add_faults(form, fault)
    except Busy as fault:
        form.add_error(None, fault.words)
    return not form.errors
