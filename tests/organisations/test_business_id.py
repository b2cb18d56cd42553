"""Check digits of business ids, against ids of public bodies in the public register."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_core.organisations.business_id import check_digit, normalise

# City of Rovaniemi, Kela, City of Kemi: all in the public business register.
KNOWN = ["1978283-1", "0246246-0", "0210427-6"]


@pytest.mark.parametrize("known", KNOWN)
def test_ids_of_public_bodies_are_accepted(known):
    assert normalise(known) == known


@pytest.mark.parametrize(
    ("typed", "written"),
    [(" 0246246 - 0 ", "0246246-0"), ("02462460", "0246246-0"), ("246246-0", "0246246-0")],
)
def test_other_ways_to_write_an_id_become_one(typed, written):
    assert normalise(typed) == written


@pytest.mark.parametrize(
    "wrong", ["", "0246246-1", "1234", "0246246-A", "٠٢٤٦٢٤٦-٠", "02462460000", "0246246--0"]
)
def test_anything_else_is_refused(wrong):
    with pytest.raises(ValueError, match="digit"):
        normalise(wrong)


def test_a_number_whose_remainder_is_one_has_no_check_digit():
    # 9·... chosen so that the weighted sum leaves 1 when divided by eleven: 4·7 + 2·... = 12
    assert check_digit("0000006") is None


@given(st.integers(min_value=0, max_value=9_999_999))
def test_changing_one_digit_is_always_noticed(number):
    digits = f"{number:07}"
    digit = check_digit(digits)
    if digit is None:
        return
    for place in range(7):
        other = str((int(digits[place]) + 1) % 10)
        changed = digits[:place] + other + digits[place + 1 :]
        assert check_digit(changed) != digit
