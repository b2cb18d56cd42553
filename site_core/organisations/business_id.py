"""Finnish business ids (Y-tunnus): seven digits, a hyphen and a check digit.

Source: the Finnish Tax Administration's published description of the check digit. Pure: no Django.
"""

import re

WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
PATTERN = re.compile(r"(\d{6,7})-?(\d)", re.ASCII)


def check_digit(digits: str) -> int | None:
    """The check digit of seven digits, or None where the number cannot be a business id.

    The digits are weighted and summed, and the sum divided by eleven: remainder 0 gives 0, 1 is
    never issued, and any other remainder is taken from eleven.
    """
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11
    if remainder == 1:
        return None
    return 0 if remainder == 0 else 11 - remainder


def normalise(text: str) -> str:
    """Return the id as `1234567-8`. Raises ValueError where it is not a business id.

    Six digits are an old id: a zero is put before them.
    """
    match = PATTERN.fullmatch("".join(text.split()))
    if match is None:
        raise ValueError("not seven digits and a check digit")
    digits, last = match[1].zfill(7), int(match[2])
    if check_digit(digits) != last:
        raise ValueError("wrong check digit")
    return f"{digits}-{last}"
