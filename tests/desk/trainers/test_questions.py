"""What a course asks its participants, at the trainer's desk; ids of other courses."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.training.signups.making import join
from training.courses import Course, Offering
from training.question_actions import retire_question, save_question
from training.questions import Question
from training.signups.models import Answer

from .typed import facts, group_form, question_form, url


@pytest.fixture
def trainer(people):
    return people.client("trainer")


def asked(course: Course, **fields: Any) -> Question:
    return save_question(Question(course=course, **{"text": "Mistä kuulit?", **fields}))


def test_questions_are_added_and_changed_until_somebody_answers(people, trainer):
    form = question_form(kind="choice", choices="Lehdestä\n\n Naapurilta \n")
    assert trainer.post(url("desk_question_new", people.own.pk), form).status_code == 302
    question = people.own.questions.get()
    assert question.choices == ["Lehdestä", "Naapurilta"]
    address = url("desk_question", people.own.pk, question.pk)
    trainer.post(address, question_form(text="Kerro lisää"))
    assert Question.objects.get().text == "Kerro lisää"
    answer_it(question)
    trainer.post(address, question_form(text="Jotain muuta", kept="180", position="7"))
    question = Question.objects.get()
    assert (question.text, question.kept, question.position) == ("Kerro lisää", 30, 7)
    trainer.post(address, {"deed": "remove"})
    assert Question.objects.exists()
    for deed, retired in (("retire", True), ("ask", False)):
        trainer.post(address, {"deed": deed})
        assert Question.objects.get().retired is retired


def answer_it(question: Question) -> None:
    offering = question.course.offerings.first()
    join(offering, "aino", answers={question.pk: "Lehdestä"})
    assert Answer.objects.filter(question=question).exists()


def test_the_verb_refuses_other_words_once_answered(people):
    question = asked(people.own)
    answer_it(question)
    question.text = "Toinen"
    with pytest.raises(ValidationError):
        save_question(question, by=people.trainer)
    retire_question(question, by=people.trainer)
    assert Question.objects.get().text == "Mistä kuulit?"


def test_an_unanswered_question_is_removed(people, trainer):
    question = asked(people.own)
    trainer.post(url("desk_question", people.own.pk, question.pk), {"deed": "remove"})
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("fields", "faulty"),
    [
        ({"text": ""}, "text"),
        ({"kind": "choice", "choices": "yksi"}, "choices"),
        ({"kind": "choice", "choices": "yksi\nyksi"}, "choices"),
        ({"kept": "9999"}, "kept"),
        ({"kind": "essay"}, "kind"),
    ],
)
def test_a_wrong_question_is_told(people, trainer, fields, faulty):
    answer = trainer.post(url("desk_question_new", people.own.pk), question_form(**fields))
    assert list(answer.context["form"].errors) == [faulty]
    assert not Question.objects.exists()


@pytest.mark.leak
@pytest.mark.bypass
def test_ids_of_another_course_are_not_there(people, trainer):
    """A course of another organisation, and its rows named below one's own course: 404 alike."""
    foreign, own = people.foreign, people.own.pk
    offering, question = foreign.offerings.get(), asked(foreign)
    session = offering.sessions.get()
    addresses = [
        url("desk_course", foreign.pk),
        url("desk_course_facts", foreign.pk),
        url("desk_group_new", foreign.pk),
        url("desk_question_new", foreign.pk),
    ]
    for course in (foreign.pk, own):
        addresses += [
            url("desk_group", course, offering.pk),
            url("desk_group_stop", course, offering.pk),
            url("desk_group_remove", course, offering.pk),
            url("desk_sessions_new", course, offering.pk),
            url("desk_question", course, question.pk),
            url("desk_session", course, session.pk),
            url("desk_session_cancel", course, session.pk),
            url("desk_join_link", course, session.pk),
        ]
    before = list(Offering.objects.order_by("pk").values())
    for address in addresses:
        sent = trainer.post(address, facts(foreign, **group_form(deed="remove")))
        for answer in (trainer.get(address), sent):
            assert answer.status_code in (404, 405), address
            assert "Foreign" not in answer.content.decode()
        assert trainer.get(address).status_code == 404
    assert list(Offering.objects.order_by("pk").values()) == before
    assert Question.objects.filter(pk=question.pk).exists()
