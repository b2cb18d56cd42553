"""Make the demo content, and remove it whole.

Both can run again: pages are found by translation keys worked out from their names, so a second
seeding makes only what is missing and changes nothing that an editor has changed since.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from news.models import NewsPage
from services.models import OrganisationPage
from site_core.demo.branches import ORIGINAL, Branch, organisation_of
from site_core.demo.content import PORTAL, Content, load, page_keys
from site_core.demo.pages import add_news, add_point, add_service, add_training
from site_core.demo.people import add_people, remove_people
from site_core.demo.reviews import add_reviews
from site_core.demo.run import Run
from site_core.demo.signups import add_signups
from site_core.media.models import Attachment, Picture
from site_core.organisations.models import Organisation
from training.courses import Course, CourseQuerySet, Offering, Session
from training.models import (
    Answer,
    Attendance,
    Attendee,
    JoinLink,
    NextTime,
    Pool,
    Question,
    Seat,
    SessionChange,
    SignUp,
)

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Seeded:
    """What a run made: how many pages, and the passwords of new accounts by user name."""

    pages: int
    passwords: dict[str, str]


def seed(progress: Progress = lambda step: None, *, in_production: bool = False) -> Seeded:
    """Make the demo's organisations, pages, courses, pictures and log-ins that are missing.

    One transaction per organisation, so a run that was stopped goes on where it stopped. Raises
    ImproperlyConfigured where settings allow no demo content (`DEMO_NUMBERS`), unless asked for by
    `in_production`, and LookupError before `setup_portal` has run.
    """
    if not (settings.DEMO_NUMBERS or in_production):
        raise ImproperlyConfigured("Demo content is not for production.")
    content, run = load(), Run(timezone.localdate())
    for data in content.organisations:
        progress(data["name"])
        with transaction.atomic():
            _seed_branch(Branch(run, organisation_of(data), data), data["key"], content)
    progress("news of the portal")
    with transaction.atomic():
        own = Organisation.objects.portal().get()
        _seed_branch(Branch(run, own, {}), PORTAL, content)
    progress("log-ins")
    with transaction.atomic():
        passwords = add_people()
    progress("reviews")
    with transaction.atomic():
        add_reviews(run)
    progress("sign-ups")
    add_signups()
    return Seeded(run.made, passwords)


def _seed_branch(branch: Branch, key: str, content: Content) -> None:
    branch.page(ORIGINAL)
    for language in ("sv", "smn", "sms"):
        if language in branch.data:
            branch.page(language)
    for service in branch.data.get("services", ()):
        add_service(branch, service)
    for point in branch.data.get("points", ()):
        add_point(branch, point)
    trainings, news = content.of(key)
    for training in trainings:
        add_training(branch, training)
    for item in news:
        add_news(branch, item)


@transaction.atomic
def clear(progress: Progress = lambda step: None) -> None:
    """Remove what `seed` made, with everything that was added below the demo's organisations.

    What stays is what no deletion takes: the log of what was done, and for each public address a
    tombstone, by which it answers that its page is gone.
    """
    demo = Page.objects.filter(translation_key__in=page_keys())
    branches = OrganisationPage.objects.filter(pk__in=demo.values("pk"))
    organisations = list(Organisation.objects.filter(pages__in=branches).distinct())
    portal_pictures = list(
        Picture.objects.filter(
            organisation=None,
            pk__in=NewsPage.objects.filter(pk__in=demo.values("pk")).values("picture"),
        )
    )
    for organisation in organisations:
        progress(organisation.name)
        for page in organisation.pages.all():
            page.delete()
    for page in demo.all():
        page.delete()
    _remove_translations_of_portal()
    for picture in [*portal_pictures, *Picture.objects.filter(organisation__in=organisations)]:
        picture.delete()
    for attachment in Attachment.objects.filter(organisation__in=organisations):
        attachment.delete()
    _remove_courses(Course.objects.filter(organisation__in=organisations))
    progress("log-ins")
    remove_people()
    for organisation in organisations:
        organisation.delete()


def _remove_translations_of_portal() -> None:
    """The portal's page in other languages, where the system made it and nothing lies below."""
    pages = OrganisationPage.objects.filter(
        organisation__is_portal=True, owner=None, numchild=0
    ).exclude(locale__language_code=ORIGINAL)
    for page in pages:
        page.delete()


def _remove_courses(courses: CourseQuerySet) -> None:
    """Nothing of a course goes by itself, so that no sign-up is lost by chance: inner first."""
    for model, path in (
        (Answer, "signup__offering__course"),
        (Attendance, "session__offering__course"),
        (SessionChange, "session__offering__course"),
        (JoinLink, "session__offering__course"),
        (Attendee, "signup__offering__course"),
        (Seat, "pool__offering__course"),
        (SignUp, "offering__course"),
        (Pool, "offering__course"),
        (Session, "offering__course"),
        (Offering, "course"),
        (Question, "course"),
        (NextTime, "course"),
    ):
        model.objects.filter(**{f"{path}__in": courses}).delete()
    courses.delete()
