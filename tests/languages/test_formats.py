"""Dates, times and numbers are written as Finland writes them, in all five languages."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django.forms import DateField, TimeField
from django.utils import translation
from django.utils.formats import date_format, get_format, localize, number_format, time_format

from site_core.languages.registry import LANGUAGES

pytestmark = pytest.mark.parametrize("code", LANGUAGES)


@pytest.mark.parametrize("style", ["DATE_FORMAT", "SHORT_DATE_FORMAT"])
def test_dates(code, style):
    with translation.override(code):
        assert date_format(date(2026, 12, 6), style) == "6.12.2026"
        assert date_format(date(2026, 1, 5), style) == "5.1.2026"


def test_times(code):
    with translation.override(code):
        assert time_format(time(9, 5)) == "9.05"
        assert time_format(time(14, 5)) == "14.05"
        assert localize(datetime(2026, 12, 6, 14, 5)) == "6.12.2026 14.05"


def test_numbers(code):
    with translation.override(code):
        assert number_format(Decimal("1234567.89"), use_l10n=True) == "1\xa0234\xa0567,89"


def test_week_starts_on_monday(code):
    with translation.override(code):
        assert get_format("FIRST_DAY_OF_WEEK") == 1


def test_what_is_shown_can_be_typed(code):
    with translation.override(code):
        assert DateField(localize=True).clean("6.12.2026") == date(2026, 12, 6)
        assert DateField(localize=True).clean("2026-12-06") == date(2026, 12, 6)
        assert TimeField(localize=True).clean("9.05") == time(9, 5)
        assert TimeField(localize=True).clean("09:05") == time(9, 5)
