"""Reading judged sets: what is understood, what is forgiven, what is refused in one line."""

import json
from datetime import date

import pytest

from search.evaluation.judged import JudgedSetError, parse_judged_set, read_judged_set


def document(name="x1", **values) -> dict:
    return {"id": name, "locale": "fi", "title": "Digitukea kirjastossa", **values}


def query(**values) -> dict:
    return {"qid": "q1", "ui_locale": "fi", "query": "digituki", "relevant": {"x1": 3}, **values}


def parse(*documents, queries=()):
    return parse_judged_set(
        {"documents": list(documents) or [document()], "queries": list(queries) or [query()]}
    )


def test_all_fields_are_read():
    (found,) = parse(
        document(
            kind="service",
            text="Opastamme.",
            organisation="Esimerkki ry",
            municipalities=["Ranua", "Inari"],
            coverage="municipal",
            channels=["phone"],
            updated="2026-04-01",
        )
    ).documents
    assert (found.municipalities, found.channels) == (("Ranua", "Inari"), ("phone",))
    assert (found.updated, found.group) == (date(2026, 4, 1), "x1")


def test_little_is_enough():
    (found,) = parse().documents
    assert (found.text, found.municipalities, found.updated) == ("", (), None)
    (asked,) = parse(queries=[{"query": "digituki"}]).queries
    assert (asked.qid, asked.ui_locale, asked.type, asked.relevant) == ("q1", "fi", "", {})


def test_unknown_and_odd_values_are_forgiven():
    (found,) = parse(
        document(colour="red", municipalities="Inari", channels=None, updated="spring", text=None)
    ).documents
    assert (found.municipalities, found.channels, found.updated) == (("Inari",), (), None)


def test_translations_share_the_group_of_their_original():
    judged = parse(
        document(), document("x2", translation_of="x1"), document("x3", translation_of="x2")
    )
    assert {found.group for found in judged.documents} == {"x1"}


def test_translations_of_each_other_do_not_hang():
    judged = parse(document("x1", translation_of="x2"), document("x2", translation_of="x1"))
    assert len(judged.documents) == 2


def test_judgements_are_by_group_the_best_grade_counting():
    judged = parse(
        document(),
        document("x2", translation_of="x1"),
        document("x3"),
        queries=[query(relevant={"x1": 1, "x2": 3, "x3": 0})],
    )
    assert judged.queries[0].relevant == {"x1": 3}


def test_a_judgement_of_nothing_is_remarked_and_kept():
    judged = parse(queries=[query(relevant={"gone": 2})])
    assert judged.queries[0].relevant == {"gone": 2}
    assert "'gone'" in judged.remarks[0]


def test_a_reader_in_a_strange_language_reads_finnish():
    judged = parse(queries=[query(ui_locale="en")])
    assert judged.queries[0].ui_locale == "fi"
    assert "'en'" in judged.remarks[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "documents"),
        ({"documents": [document()]}, "queries"),
        ({"documents": [], "queries": [query()]}, "documents"),
        ({"documents": ["x1"], "queries": [query()]}, "no object"),
        ({"documents": [document(id=None)], "queries": [query()]}, "no 'id'"),
        ({"documents": [document(title="")], "queries": [query()]}, "no 'title'"),
        ({"documents": [document(locale="en")], "queries": [query()]}, "'en'"),
        ({"documents": [document(), document()], "queries": [query()]}, "id of another"),
        ({"documents": [document()], "queries": [{}]}, "no 'query'"),
        ({"documents": [document()], "queries": [query(), query()]}, "qid of another"),
        ({"documents": [document()], "queries": [query(relevant={"x1": 7})]}, "grade 7"),
        ({"documents": [document()], "queries": [query(relevant={"x1": "good"})]}, "grade 'good'"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(data, said, tmp_path):
    path = tmp_path / "judged.json"
    path.write_text(json.dumps(data))
    with pytest.raises(JudgedSetError) as refused:
        read_judged_set(path)
    assert said in str(refused.value)
    assert str(path) in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("content", [None, b"{", b"\xff\xfe", b""])
def test_what_is_no_json_is_refused_in_one_line(content, tmp_path):
    path = tmp_path / "judged.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(JudgedSetError) as refused:
        read_judged_set(path)
    assert "\n" not in str(refused.value)
