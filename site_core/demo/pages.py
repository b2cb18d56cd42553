"""The pages below the demo's organisations, each in the languages it is written in."""

from collections.abc import Iterator
from uuid import UUID

from news.models import NewsIndexPage, NewsPage
from services.models import Occurrence, ServicePage, ServicePointPage
from site_core.demo import moments, streams
from site_core.demo.branches import ORIGINAL, Branch
from site_core.demo.content import SAMI, TRANSLATIONS, Data, key_of
from training.actions import change_course, create_course, save_offering
from training.courses import Course, Offering, Session
from training.models import TrainingPage
from training.question_actions import save_question
from training.questions import Question
from training.session_actions import set_join_link

REFERRAL = {"referral_for": "whom", "referral_how": "how", "referral_reply": "reply"}
TEXTS = ("title", "summary", "short", "alert", "price_note")
POINT_TEXTS = ("title", "summary", "short", "access_note", "contact_role")


def add_service(branch: Branch, data: Data) -> None:
    """Publish a service with its translations; what is there already stays as it is."""
    key = key_of("service", data["key"])
    for language, words in _missing(branch, data, key):
        page = service_page(branch, data, words, language)
        branch.run.publish(branch.page(language), page, key=key, language=language)


def service_page(branch: Branch, data: Data, words: Data, language: str) -> ServicePage:
    """A service that is not in the tree yet, in the words of one language."""
    key = key_of("service", data["key"])
    page = ServicePage(
        **{name: words.get(name, "") for name in TEXTS},
        **{name: words.get("referral", {}).get(word, "") for name, word in REFERRAL.items()},
        kind=data["kind"],
        coverage=data["coverage"],
        price="paid" if data.get("paid") else "free",
        service_voucher=data.get("voucher", False),
        audience=data.get("audience", "residents"),
        confidential=data.get("confidential", False),
        body=streams.body(words.get("body", ()), key),
        channels=_channels(branch, data, words, key, language),
    )
    branch.run.link(page, "municipality", data.get("municipalities", ()))
    branch.run.link(page, "life_situation", data["situations"])
    branch.run.link(page, "target_group", data["groups"])
    branch.run.link(page, "theme", data["themes"])
    page.occurrences.set(_occurrences(branch, data))
    return page


def add_point(branch: Branch, data: Data) -> None:
    """Publish a service point with its translations, if it has them not yet."""
    key = key_of("point", data["key"])
    latitude, longitude = data.get("at", (None, None))
    for language, words in _missing(branch, data, key):
        page = ServicePointPage(
            **{name: words.get(name, "") for name in POINT_TEXTS},
            how_to_book=words.get("booking", ""),
            pseudonym_enough=data["pseudonym"],
            municipality_id=branch.run.concepts["municipality"][data["municipality"]],
            devices=data["devices"],
            help_offered=data["help"],
            access=data["access"],
            contact_email=data["contact_email"],
            latitude=latitude,
            longitude=longitude,
            body=streams.body(words.get("body", ()), key),
            channels=_channels(branch, data, words, key, language),
        )
        branch.run.publish(branch.page(language), page, key=key, language=language)


def add_training(branch: Branch, data: Data) -> None:
    """Make a course with its groups and sessions, and publish its page in each language."""
    key = key_of("training", data["key"])
    course = Course.objects.filter(pages__translation_key=key).first()
    for language, words in _missing(branch, data, key):
        course = course or _course(branch, data)
        page = TrainingPage(
            **{name: words.get(name, "") for name in ("title", "summary", "short")},
            course=course,
            body=streams.body(words.get("body", ()), key),
        )
        _set_picture(branch, page, data, "training", key, language)
        branch.run.link(page, "theme", data["themes"])
        branch.run.link(page, "target_group", data["groups"])
        branch.run.publish(branch.page(language), page, key=key, language=language)


def add_news(branch: Branch, data: Data) -> None:
    """Publish a news item below the organisation's news index, if it has one."""
    key = key_of("news", data["key"])
    for language, words in _missing(branch, data, key):
        page = NewsPage(
            **{name: words.get(name, "") for name in ("title", "summary", "byline")},
            date=moments.day(branch.run.today, -data["days_ago"]),
            body=streams.body(words.get("body", ()), key),
        )
        _set_picture(branch, page, data, "news", key, language)
        branch.run.link(page, "theme", data["themes"])
        branch.run.link(page, "municipality", data["municipalities"])
        parent = branch.page(language)
        index = NewsIndexPage.objects.child_of(parent).first()
        branch.run.publish(index or parent, page, key=key, language=language)


def _missing(branch: Branch, data: Data, key: UUID) -> Iterator[tuple[str, Data]]:
    """The languages an entry is written in but has no page in, with its words; Finnish first."""
    for language in (ORIGINAL, *TRANSLATIONS):
        if (language == ORIGINAL or language in data) and branch.run.lacks(key, language):
            yield language, data if language == ORIGINAL else data[language]


def _channels(branch: Branch, data: Data, words: Data, key: UUID, language: str) -> list:
    """A Sámi page has none of its own: its entry shows the original's, marked as Finnish."""
    if language in SAMI:
        return []
    return streams.channels(
        data["channels"],
        key,
        language=language,
        words=() if language == ORIGINAL else words["channels"],
        languages=data.get("languages", [["fi", ""]]),
        forms=branch.forms(data),
        today=branch.run.today,
    )


def _occurrences(branch: Branch, data: Data) -> list[Occurrence]:
    spans = [moments.span(branch.run.today, given) for given in data.get("occurrences", ())]
    return [
        Occurrence(starts_at=span.starts, ends_at=span.ends, rule=span.rule, sort_order=order)
        for order, span in enumerate(spans)
    ]


def _set_picture(branch: Branch, page, data: Data, kind: str, key: UUID, language: str) -> None:
    """Draw the original's picture; Swedish shows it with its own words, Sámi inherits it."""
    if language == ORIGINAL:
        page.picture = branch.picture(kind, data)
    elif language not in SAMI:
        page.translation_key = key
        branch.show_picture(page, data, language)


def _course(branch: Branch, data: Data) -> Course:
    today = branch.run.today
    course = create_course(branch.organisation, title=data["title"])
    course.audience = data["audience"]
    course.languages = data["languages"]
    course.recording_policy = data["recording"]
    course.prerequisites = data["prerequisites"]
    course.price_note = data["price_note"]
    course.enrolment_opens_at = moments.at(today, data["enrolment"]["opens_in_days"], "9.00")
    course.enrolment_closes_at = moments.at(today, data["enrolment"]["closes_in_days"], "16.00")
    course.asks_needs = data.get("asks_needs", False)
    change_course(course)
    for position, given in enumerate(data.get("questions", ())):
        save_question(Question(course=course, position=position, **given))
    first = course.offerings.get()
    for position, given in enumerate(data["offerings"]):
        offering = first if position == 0 else Offering(course=course)
        offering.name, offering.position = given["name"], position
        save_offering(offering, [_session(branch, each) for each in given["sessions"]])
        for session in offering.sessions.filter(is_remote=True) if "join_link" in data else ():
            set_join_link(session, data["join_link"])
    return course


def _session(branch: Branch, given: Data) -> Session:
    span = moments.span(branch.run.today, given)
    place = given.get("place", "")
    municipality = branch.run.concepts["municipality"].get(given.get("municipality"))
    return Session(
        starts_at=span.starts,
        ends_at=span.ends,
        is_remote=not place,
        place=place,
        municipality_id=municipality,
    )
