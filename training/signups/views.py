"""The public roads of sign-ups."""

from django.http import Http404


def _soon(request, **_):
    raise Http404


privacy = lost = mine = confirm = change = cancel = own_calendar = next_time_mine = _soon
sign_up = sent = next_time = next_time_sent = course_calendar = _soon
