"""Signed links: for one purpose, for a time."""

from datetime import timedelta

import pytest
from django.core import signing

from site_core.accounts.links import SALT, LinkExpired, LinkInvalid, make_link, read_link

DAY = timedelta(days=1)


def test_a_link_gives_back_the_row_and_its_version():
    assert read_link("confirm", make_link("confirm", 7, 3), DAY) == (7, 3)
    assert read_link("confirm", make_link("confirm", 7, "a1"), DAY) == (7, "a1")


def test_a_link_is_good_for_its_purpose_alone():
    token = make_link("confirm", 7, 1)
    with pytest.raises(LinkInvalid):
        read_link("invitation", token, DAY)


def test_a_link_ends(monkeypatch):
    token = make_link("confirm", 7, 1)
    made = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: made + DAY.total_seconds() - 1)
    assert read_link("confirm", token, DAY) == (7, 1)
    monkeypatch.setattr(signing.time, "time", lambda: made + DAY.total_seconds() + 1)
    with pytest.raises(LinkExpired):
        read_link("confirm", token, DAY)


@pytest.mark.parametrize("change", ["cut", "letter", "empty", "zero byte", "other shape"])
def test_a_changed_link_opens_nothing(change):
    token = make_link("confirm", 7, 1)
    changed = {
        "cut": token[:-2],
        "letter": ("X" if token[0] != "X" else "Y") + token[1:],
        "empty": "",
        "zero byte": "\x00" + token,
        "other shape": signing.dumps([1, 2, 3], salt=f"{SALT}.confirm"),
    }
    with pytest.raises(LinkInvalid):
        read_link("confirm", changed[change], DAY)
