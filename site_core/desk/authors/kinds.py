"""What an author can make: each kind with its page type, its words and what it cannot lack."""

from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext_noop
from wagtail.models import Page

from news.models import NewsPage
from services.models import OrganisationPage, ServicePage
from training.models import TrainingPage


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry. Words are msgids; `fixed` are fields that the kind alone decides."""

    code: str
    model: type[Page]
    name: str
    new: str
    effort: str
    icon: str
    question: str
    fixed: dict[str, Any] = field(default_factory=dict)


KINDS: Final[dict[str, Kind]] = {
    kind.code: kind
    for kind in (
        Kind(
            "service",
            ServicePage,
            gettext_noop("Service"),
            gettext_noop("New service"),
            gettext_noop("about 10 minutes"),
            "plus",
            gettext_noop("What is the service called?"),
            {"kind": ServicePage.Kind.SERVICE},
        ),
        Kind(
            "activity",
            ServicePage,
            gettext_noop("Activity"),
            gettext_noop("New activity"),
            gettext_noop("about 10 minutes"),
            "cal",
            gettext_noop("What is the activity called?"),
            {"kind": ServicePage.Kind.ACTIVITY},
        ),
        Kind(
            "volunteer",
            ServicePage,
            gettext_noop("Volunteer task"),
            gettext_noop("New volunteer task"),
            gettext_noop("about 5 minutes"),
            "heart",
            gettext_noop("What is the task called?"),
            {"kind": ServicePage.Kind.VOLUNTEER},
        ),
        Kind(
            "training",
            TrainingPage,
            gettext_noop("Course"),
            gettext_noop("New course"),
            gettext_noop("about 10 minutes"),
            "meet",
            gettext_noop("What is the course called?"),
        ),
        Kind(
            "news",
            NewsPage,
            gettext_noop("News item"),
            gettext_noop("New news item"),
            gettext_noop("about 5 minutes"),
            "form",
            gettext_noop("What is the headline?"),
        ),
    )
}

ABOUT_US: Final = Kind(
    "organisation",
    OrganisationPage,
    gettext_noop("Your organisation"),
    gettext_noop("Your organisation"),
    gettext_noop("about 5 minutes"),
    "home",
    gettext_noop("What is the organisation called?"),
)
"""The page of an organisation itself: made with the organisation, and only changed here."""

EXAMPLES: Final[dict[str, dict[str, str]]] = {
    "service": {
        "title": gettext_noop("For example: Listening line for carers"),
        "summary": gettext_noop("For example: Call in the evening when caring weighs on you."),
        "short": gettext_noop(
            "For example: You may call without telling your name. We listen and think together "
            "what could help. It costs nothing."
        ),
        "more": gettext_noop(
            "For example: who answers, what happens after the call, what people have found good."
        ),
    },
    "activity": {
        "title": gettext_noop("For example: Coffee and talk on Wednesdays"),
        "summary": gettext_noop("For example: An open meeting for everybody who wants company."),
        "short": gettext_noop(
            "For example: We drink coffee and talk for two hours. You need not sign up. You may "
            "come and go as you like."
        ),
        "more": gettext_noop(
            "For example: how to find the door, how a wheelchair gets in, what to bring along."
        ),
    },
    "volunteer": {
        "title": gettext_noop("For example: A friend for a walk"),
        "summary": gettext_noop("For example: Go for a walk with an elderly person once a week."),
        "short": gettext_noop(
            "For example: You meet one person about an hour a week. We train you first, and you "
            "always have somebody to ask."
        ),
        "more": gettext_noop("For example: what you get from us, and what we ask of you."),
    },
    "training": {
        "title": gettext_noop("For example: The phone as a helper, for beginners"),
        "summary": gettext_noop("For example: Learn to use your phone calmly and step by step."),
        "short": gettext_noop(
            "For example: You learn to send messages and pictures and to use your bank. You need "
            "no skills beforehand. Bring your own phone."
        ),
        "more": gettext_noop("For example: what is done each time, and who teaches."),
    },
    "organisation": {
        "summary": gettext_noop("For example: We give peer support to carers all over Lapland."),
        "more": gettext_noop("For example: who you are, what you do, how one can join."),
    },
    "news": {
        "title": gettext_noop("For example: The meeting place moves to the library"),
        "summary": gettext_noop("For example: From March we meet in the library on Tuesdays."),
        "more": gettext_noop(
            "Begin with what matters most. Leave an empty line between paragraphs."
        ),
    },
}
"""An example for each text, by kind: a blank field is easier to fill beside one."""

MISSING: Final[dict[str, str]] = {
    "title": gettext_noop("Give it a name."),
    "summary": gettext_noop("Say it in one sentence."),
    "short": gettext_noop("Tell what a person gets and how she begins."),
    "more": gettext_noop("Write the text."),
    "day": gettext_noop("Tell the day."),
    "starts": gettext_noop("Tell when it begins."),
    "ends": gettext_noop("Tell when it ends."),
    "way0_kind": gettext_noop("Choose how a person gets in touch."),
    "municipalities": gettext_noop("Choose at least one municipality."),
}


def kind_of(model: type[Page], service_kind: str = "") -> Kind | None:
    """The kind of a page by its type and, for services, what it says of itself; None for others."""
    code = {"event": "activity"}.get(service_kind, service_kind)
    return next(
        (
            kind
            for kind in (*KINDS.values(), ABOUT_US)
            if kind.model is model and (model is not ServicePage or kind.code == code)
        ),
        None,
    )
