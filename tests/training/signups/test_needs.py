"""Needs as they are kept."""

from datetime import UTC, datetime

from training.signups.needs import CONSENT, Needs, read, write

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)


def test_what_was_written_is_read_with_the_consent_to_it():
    needs = Needs(("fse", "se"), True, "Step-free", "No fish").agreed(NOW)
    assert read(write(needs)) == needs
    assert (needs.consent, needs.consented_at) == (CONSENT, NOW.isoformat())


def test_where_nothing_is_needed_nothing_is_kept_not_even_consent():
    assert write(Needs().agreed(NOW)) == ""
    assert not read("")
    assert not read(None)


def test_what_an_older_release_wrote_is_read():
    assert read('{"captions": true}') == Needs(captions=True)
