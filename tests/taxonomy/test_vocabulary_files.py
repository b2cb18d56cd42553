"""Faults in data files: one clear line each, and nothing is written."""

import pytest

from site_core.taxonomy.vocabulary_files import VocabularyFileError, read_vocabularies

LABEL = {"text": "Sana", "source": "portal", "verified": True}
LABELS = {"fi": LABEL, "sv": LABEL}


def test_position_follows_the_order_of_the_file(files):
    files.write("themes.json", [{"code": "b", "labels": LABELS}, {"code": "a", "labels": LABELS}])
    terms = next(
        terms for model, terms in read_vocabularies(files.path).items() if model.__name__ == "Theme"
    )
    assert [(term.code, term.values["position"]) for term in terms] == [("b", 10), ("a", 20)]


@pytest.mark.parametrize(
    ("concept", "message"),
    [
        ({"labels": LABELS}, "themes.json: concept 1: has no code."),
        ({"code": "a b", "labels": LABELS}, "“a b”, code: "),
        ({"code": "a"}, "“a” has no label in “fi”."),
        ({"code": "a", "labels": {"fi": LABEL}}, "“a” has no label in “sv”."),
        ({"code": "a", "labels": LABELS | {"xx": LABEL}}, "the unknown language “xx”."),
        ({"code": "a", "labels": LABELS | {"se": LABEL | {"text": " "}}}, "empty label in “se”."),
        (
            {"code": "a", "labels": {"fi": {"text": "Sana"}, "sv": LABEL}},
            "lacks source or verified",
        ),
        ({"code": "a", "labels": LABELS, "colour": "red"}, "has an unknown field “colour”."),
        ({"code": "a", "labels": LABELS, "position": "first"}, "“a”, position: "),
        ({"code": "a", "labels": LABELS, "national_codes": ["P1"]}, "“a”, national_codes: "),
    ],
)
def test_a_faulty_concept_is_named(files, concept, message):
    files.write("themes.json", [concept])
    with pytest.raises(VocabularyFileError) as caught:
        read_vocabularies(files.path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_code_twice(files):
    files.write("themes.json", [{"code": "a", "labels": LABELS}] * 2)
    with pytest.raises(VocabularyFileError, match="the code “a” stands twice"):
        read_vocabularies(files.path)


@pytest.mark.parametrize(
    ("text", "message"),
    [("{", "is not JSON"), ("[]", "holds no list"), ('{"concepts": []}', "holds no list")],
)
def test_a_broken_file(files, text, message):
    (files.path / "channels.json").write_text(text)
    with pytest.raises(VocabularyFileError, match=f"channels.json: {message}"):
        read_vocabularies(files.path)


def test_a_missing_file(files):
    (files.path / "channels.json").unlink()
    with pytest.raises(VocabularyFileError, match=r"channels\.json: cannot be read"):
        read_vocabularies(files.path)


def test_neighbours_must_hold_both_ways(files):
    files.change("municipalities.json", "890", neighbours=["148", "047"])
    with pytest.raises(VocabularyFileError, match="“047” is a neighbour of “890” but not"):
        read_vocabularies(files.path)


def test_an_unknown_homeland(files):
    files.change("municipalities.json", "890", homeland="maybe")
    with pytest.raises(VocabularyFileError, match="“890”, homeland: "):
        read_vocabularies(files.path)
