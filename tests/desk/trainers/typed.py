"""What a trainer types into the forms of a course."""

from typing import Any

from django.urls import reverse

from training.courses import Course


def url(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def facts(course: Course, **changes: Any) -> dict[str, Any]:
    return {
        "title": course.title,
        "audience": "residents",
        "languages": ["fi"],
        "recording_policy": "none",
        "asks_needs": "no",
        "text_language": "fi",
        **changes,
    }


def group_form(**changes: Any) -> dict[str, Any]:
    return {"name": "Aamut", "capacity": "10", "largest_group": "1", **changes}


def question_form(**changes: Any) -> dict[str, Any]:
    return {
        "text": "Mistä kuulit meistä?",
        "kind": "text",
        "required": "no",
        "kept": "30",
        "position": "1",
        **changes,
    }
