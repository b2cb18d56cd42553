"""The comparison of two versions: nothing is lost, words stay whole, lists are matched by id."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_core.moderation.differences import (
    Field,
    Kind,
    Part,
    Run,
    State,
    compare_field,
    compare_parts,
    compare_texts,
    new_parts,
    new_text,
    old_parts,
    old_text,
    shortened,
    words,
)

ALPHABET = "aäöåšžŋŧđʒǯǧǥǩʹõ' \n.,:-–<>&\"1\u00ad\u0308"
TEXTS = st.text(ALPHABET, max_size=80) | st.lists(
    st.sampled_from(["vuo'lǧǧem", "sääʹmǩiõll", "ja", "16.00", "puhelin", "–", "\n"]), max_size=30
).map(" ".join)
PARTS = st.lists(
    st.builds(
        Part,
        key=st.sampled_from("abcdefg") | st.just(""),
        label=st.sampled_from(["Text", "Heading"]),
        text=st.sampled_from(["", "one", "one two", "three"]),
        exact=st.sampled_from(["", "x"]),
    ),
    max_size=8,
)


@given(TEXTS)
def test_words_joined_are_the_text(text):
    assert "".join(words(text)) == text


@given(TEXTS, TEXTS)
def test_a_comparison_gives_back_both_texts(old, new):
    runs = compare_texts(old, new)
    assert (old_text(runs), new_text(runs)) == (old, new)
    assert all(run.text for run in runs)
    assert (old == new) == (not any(run.kind in (Kind.OLD, Kind.NEW) for run in runs))


@given(TEXTS, TEXTS)
def test_what_is_put_out_of_sight_is_not_lost(old, new):
    runs = shortened(compare_texts(old, new), keep=2)
    assert (old_text(runs), new_text(runs)) == (old, new)


@given(TEXTS, TEXTS)
def test_runs_end_where_words_end(old, new):
    runs = compare_texts(old, new)
    for keep, text in (((Kind.SAME, Kind.OLD), old), ((Kind.SAME, Kind.NEW), new)):
        cuts = [word for run in runs if run.kind in keep for word in words(run.text)]
        assert "".join(cuts) == text
        ends, at = set(), 0
        for word in words(text):
            at += len(word)
            ends.add(at)
        at = 0
        for run in (run for run in runs if run.kind in keep):
            at += len(run.text)
            assert at in ends


@given(PARTS, PARTS)
def test_a_comparison_gives_back_both_lists(old, new):
    changes = compare_parts(old, new)
    assert old_parts(changes) == old
    assert new_parts(changes) == new
    assert (old == new) == (not any(change.differs for change in changes))


@given(st.permutations(range(7)))
def test_no_more_parts_move_than_need_to(order):
    old = [Part(str(number), "", "") for number in range(7)]
    changes = compare_parts(old, [old[number] for number in order])
    staying = [change.old_place for change in changes if not change.moved]
    assert staying == sorted(staying)
    one_moved = sum(change.moved for change in compare_parts(old, [*old[1:], old[0]]))
    assert one_moved == 1


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Soita klo 9.00–16.00.", "Soita klo 9.00–14.00.", ("16.00", "14.00")),
        ("Ring oss på svenska.", "Ring oss på finska.", ("svenska", "finska")),
        ("Mii vástidit sámegillii.", "Mii vástidit dárogillii.", ("sámegillii", "dárogillii")),
        ("Tiäđu lii puáhtit.", "Tiäđuh lii puáhtit.", ("Tiäđu", "Tiäđuh")),
        ("Vuõiʹǧǧed sääʹmǩiõll", "Vuõiʹǧǧed säämas", ("sääʹmǩiõll", "säämas")),
        ("n:o 5, e-lomake", "n:o 5, verkko-lomake", ("e-lomake", "verkko-lomake")),
        ("Katso https://a.fi/x", "Katso https://a.fi/y", ("https://a.fi/x", "https://a.fi/y")),
        ("Kirjoita a@b.fi tai", "Kirjoita c@b.fi tai", ("a@b.fi", "c@b.fi")),
    ],
)
def test_words_of_five_languages_stay_whole(old, new, expected):
    runs = compare_texts(old, new)
    changed = [run for run in runs if run.kind in (Kind.OLD, Kind.NEW)]
    assert changed == [Run(Kind.OLD, expected[0]), Run(Kind.NEW, expected[1])]


def test_words_replaced_together_are_one_change():
    runs = compare_texts("tukea jaksamiseen liittyvissä asioissa.", "tukea omasta jaksamisesta.")
    assert [run.kind for run in runs] == [Kind.SAME, Kind.OLD, Kind.NEW, Kind.SAME]


def test_a_word_added_at_the_end_is_the_only_change():
    assert compare_texts("Soita meille", "Soita meille heti") == (
        Run(Kind.SAME, "Soita meille"),
        Run(Kind.NEW, " heti"),
    )


def test_long_unchanged_stretches_are_shortened():
    same = " ".join(f"sana{number}" for number in range(100))
    runs = shortened(compare_texts(f"alku {same}", f"loppu {same}"))
    gap = next(run for run in runs if run.kind is Kind.GAP)
    assert gap.word_count == 88
    assert [run.kind for run in runs] == [Kind.OLD, Kind.NEW, Kind.SAME, Kind.GAP]
    assert shortened(compare_texts(same, same)) == (Run(Kind.SAME, same),)


def test_parts_added_removed_changed_and_moved():
    a, b, c, d = (Part(key, "Text", f"text {key}") for key in "abcd")
    changes = compare_parts([a, b, c, d], [d, a, c._replace(text="text X"), Part("e", "Text", "")])
    seen = [(change.key, change.state, change.moved) for change in changes]
    assert seen == [
        ("d", State.SAME, True),
        ("a", State.SAME, False),
        ("b", State.REMOVED, False),
        ("c", State.CHANGED, False),
        ("e", State.ADDED, False),
    ]


def test_a_change_that_the_text_does_not_show_is_told():
    (change,) = compare_parts([Part("a", "Text", "x", "<b>x</b>")], [Part("a", "Text", "x", "x")])
    assert change.only_unseen
    field = compare_field(Field("short", "In short", "x", "x", same_exactly=False))
    assert field.differs
    assert field.only_unseen


def test_a_field_that_one_version_lacks():
    added = compare_field(Field("body", "Text", None, (Part("a", "Text", "hello"),)))
    assert [part.state for part in added.parts] == [State.ADDED]
    assert compare_field(Field("short", "In short", None, "hello")).runs == (
        Run(Kind.NEW, "hello"),
    )
    assert compare_field(Field("short", "In short", None, None)).empty


@pytest.mark.parametrize("piece", ["ja ", "<b>", "a\n", "a@"])
def test_texts_too_long_to_compare_differ_as_a_whole(piece):
    old, new = piece * 20_000, piece * 10_000 + "x" + piece * 9_000
    assert compare_texts(old, new) == (Run(Kind.OLD, old), Run(Kind.NEW, new))
