"""When an answer is late: working days counted on Finland's calendar. Pure but for the holidays."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_noop

from site_core.dates import local, local_day
from site_core.languages.fallback import Phrase, say
from site_core.pages.holidays import is_holiday

PROMISED_DAYS = 2
"""In how many working days authors are promised an answer."""

SATURDAY = 5


def deadline(submitted: datetime, working_days: int = PROMISED_DAYS) -> datetime:
    """The same time of day on the last of the promised working days after submission."""
    moment = local(submitted)
    left = working_days
    while left:
        moment += timedelta(days=1)
        day = local_day(moment)
        if day.weekday() < SATURDAY and not is_holiday(day):
            left -= 1
    return moment


def age_phrase(span: timedelta) -> Phrase:
    """How long something has waited, in the two largest units that matter."""
    minutes = max(0, int(span.total_seconds()) // 60)
    days, hours = divmod(minutes // 60, 24)
    if days and not hours:
        return say(gettext_noop("%(days)s d"), days=days)
    if days:
        return say(gettext_noop("%(days)s d %(hours)s h"), days=days, hours=hours)
    if hours:
        return say(gettext_noop("%(hours)s h"), hours=hours)
    return say(gettext_noop("%(minutes)s min"), minutes=minutes)
