"""What sign-ups say: their answers and needs, read in one query however many there are."""

from collections.abc import Iterable

from training.courses import Course
from training.signups import needs
from training.signups.models import Answer, SignUp
from training.signups.spoken_needs import told


def questions_of(course: Course) -> dict[int, str]:
    """The questions of a course by key, those not asked any more too: they have answers."""
    return dict(course.questions.values_list("pk", "text"))


def said_by(signups: Iterable[SignUp]) -> tuple[dict[int, dict[int, str]], dict[int, str]]:
    """By key of the sign-up: its answers by question, and what it needs in the reader's words."""
    answers: dict[int, dict[int, str]] = {}
    wishes: dict[int, str] = {}
    for answer in Answer.objects.filter(signup__in=list(signups)).order_by("pk"):
        if answer.question_id is None:
            wishes[answer.signup_id] = needs_words(answer.value)
        else:
            answers.setdefault(answer.signup_id, {})[answer.question_id] = answer.value
    return answers, wishes


def needs_words(value: str) -> str:
    """What somebody needs, in one line."""
    rows = told(needs.read(value))
    return "; ".join(f"{name}: {', '.join(map(str, values))}" for name, values in rows)
