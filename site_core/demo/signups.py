"""People who signed up in the demo, so that a trainer's desk shows a course as it lives.

They come by the same verbs as everybody, once everything else is stored, since seats are given out
in transactions of their own. The mails are deleted: nobody lives at the demo's addresses.
"""

from itertools import islice, product

from site_core.demo.content import Data, key_of, load
from site_core.outbox.models import Message
from training.courses import Course, Offering
from training.signups.actions import change_capacity, claim
from training.signups.models import Pool

FIRST = ("Aino", "Veikko", "Sanna", "Eero", "Kaisa", "Olavi", "Helmi")
LAST = ("Esimerkki", "Malli", "Näyte", "Kokeilu")
"""Invented people: no family has these names."""

DOMAIN = "osallistuja.example.org"


def add_signups() -> None:
    """Sign people up for the groups that say how many; those that have seats are left alone."""
    for data in load().trainings:
        course = Course.objects.filter(pages__translation_key=key_of("training", data["key"]))
        found = course.first()
        for given in data["offerings"] if found else ():
            group = found.offerings.filter(name=given["name"]).first()
            if "places" in given and group and not Pool.objects.filter(offering=group).exists():
                _fill(group, given, bool(data.get("questions")))
    Message.objects.filter(to__endswith=f"@{DOMAIN}").delete()


def _fill(group: Offering, given: Data, has_questions: bool) -> None:
    change_capacity(group, given["places"])
    answers = _answers(group.course) if has_questions else {}
    everybody = product(LAST, FIRST)
    count = given["people"] + given.get("waiting", 0)
    for number, (last, first) in enumerate(islice(everybody, count), start=1):
        claim(
            group,
            email=f"{first}.{last}.{number}@{DOMAIN}".lower().replace("ä", "a"),
            language="sv" if number % 5 == 0 else "fi",
            names=[f"{first} {last}"],
            answers=answers,
            address_confirmed=True,
        )


def _answers(course: Course) -> dict[int | None, str]:
    required = course.questions.filter(required=True)
    return {question.pk: question.choices[0] for question in required}
