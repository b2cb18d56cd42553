"""What an action refuses, told in the form that asked for it."""

from django.core.exceptions import ValidationError
from django.forms import Form


def add_faults(form: Form, fault: ValidationError) -> None:
    """Add the refusal to the form: to its own fields where they are named, else to the whole."""
    if not hasattr(fault, "error_dict"):
        form.add_error(None, fault)
        return
    for name, errors in fault.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
