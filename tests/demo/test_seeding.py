"""Seeding and clearing: whole, repeatable, by the roads that editors use."""

from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import authenticate, get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision

from search.models import Entry
from services.models import OrganisationPage, ServicePage
from site_core.demo.actions import clear, seed
from site_core.demo.content import SAMI, key_of, load, page_keys
from site_core.demo.people import LOG_INS, PASSWORD
from site_core.media.models import Attachment, Picture, PictureRendition
from site_core.moderation.queue import waiting_for
from site_core.moderation.states import PageState, states_of
from site_core.organisations.actions import rename
from site_core.organisations.models import Membership, Organisation
from site_core.outbox.models import Message
from site_core.pages.models import BasePage
from training.courses import Course, Offering, Session

pytestmark = [
    pytest.mark.once,  # `make demo` is always on SQLite
    pytest.mark.timeout(600),
]
commits = pytest.mark.django_db(transaction=True)  # only what is committed deletes files


def rows() -> Counter[str]:
    """How many rows each table has."""
    return Counter(
        {model._meta.label: model._default_manager.count() for model in apps.get_models()}
    )


def files() -> list[Path]:
    places = (Path(settings.MEDIA_ROOT), Path(settings.ORIGINALS_ROOT))
    return [path for place in places for path in place.rglob("*") if path.is_file()]


def test_everything_written_is_public_and_nothing_is_left_a_draft(demo_site):
    content = load()
    services = [service for each in content.organisations for service in each["services"]]
    entries = Entry.objects.filter(is_public=True)
    for code in ("fi", "sv", *SAMI):
        written = [each for each in services if code == "fi" or code in each]
        keys = {key_of("service", each["key"]) for each in written}
        assert keys == set(
            entries.filter(language=code, kind__in=ServicePage.Kind.values).values_list(
                "key", flat=True
            )
        )
    points = [point for each in content.organisations for point in each.get("points", ())]
    for kind, wanted in (
        ("service_point", points),
        ("training", content.trainings),
        ("news", content.news),
    ):
        assert entries.filter(language="fi", kind=kind).count() == len(wanted)


def test_a_sami_page_shows_its_word_and_falls_back_for_the_rest(demo_site):
    key = key_of("service", "tulkkauspalvelu")
    entry = Entry.objects.get(key=key, language="se")
    assert entry.texts["title"] == ["Dulkonbálvalus", "se"]
    assert {language for name, (_, language) in entry.texts.items() if name != "title"} == {"fi"}
    original = Entry.objects.get(key=key, language="fi")
    assert entry.channels == original.channels
    page = ServicePage.objects.get(translation_key=key, locale__language_code="se")
    assert page.reviewed_by_speaker == BasePage.Review.NO


def test_no_entry_takes_a_text_for_sami_that_is_none(demo_site):
    """Organisations' own names aside, a text marked as Sámi is a title of the content."""
    titles = {
        (code, each[code]["title"])
        for each in _entries_of_content()
        for code in SAMI
        if code in each
    }
    for entry in Entry.objects.filter(is_public=True, language__in=SAMI, key__in=page_keys()):
        marked = {(code, text) for text, code in entry.texts.values() if code in SAMI}
        assert marked <= titles


def test_every_picture_is_described_and_swedish_pages_describe_it_in_swedish(demo_site):
    assert Picture.objects.count() == len(
        [each for each in _entries_of_content() if "picture" in each]
    )
    assert not Picture.objects.filter(alt_text="").exists()
    shown = Entry.objects.filter(is_public=True, language="sv", picture__isnull=False)
    assert {entry.picture["alt"][1] for entry in shown} == {"sv"}


def test_courses_have_groups_with_sessions_ahead(demo_site):
    offerings = Offering.objects.prefetch_related("sessions")
    assert Course.objects.count() == len(load().trainings)
    assert all(offering.sessions.all() for offering in offerings)
    assert not Session.objects.filter(starts_at__lt=Course.objects.earliest("pk").created_at)


def test_something_waits_on_every_desk(demo_site):
    people = {user.username: user for user in get_user_model().objects.all()}
    waiting = {
        name: [
            state.workflow_state.content_object.specific.get_latest_revision_as_object().title
            for state in waiting_for(people[name])
        ]
        for name in ("language", "moderator")
    }
    assert waiting == {
        "language": ["Iltasatu puhelimessa"],
        "moderator": ["Lumituen kuuntelupuhelin"],
    }
    given_back = ServicePage.objects.get(translation_key=key_of("service", "lainavaunut"))
    changed = ServicePage.objects.get(
        translation_key=key_of("service", "kuuntelupuhelin"), locale__language_code="fi"
    )
    states = states_of([given_back, changed])
    assert states == {given_back.pk: PageState.CHANGES_ASKED, changed.pk: PageState.IN_REVIEW}
    assert "pyhinä" not in Entry.objects.get(page_id=changed.pk).texts["summary"][0]
    assert not Message.objects.exists()


def test_a_second_seeding_changes_nothing(demo_site):
    before, last = rows(), Revision.objects.latest("pk").pk
    seeded = seed()
    assert (seeded.pages, seeded.passwords) == (0, {})
    assert rows() == before
    assert Revision.objects.latest("pk").pk == last


def test_a_second_seeding_makes_what_is_missing_and_finds_what_was_renamed(demo_site):
    key = key_of("service", "turvakoti")
    Page.objects.get(translation_key=key, locale__language_code="fi").delete()
    renamed = Organisation.objects.get(name="Lumituki ry")
    rename(renamed, "Lumivalo ry")
    before = Organisation.objects.count()
    assert seed().pages == 1
    assert Organisation.objects.count() == before
    assert Entry.objects.filter(key=key, language="fi", is_public=True).count() == 1


@commits
def test_clearing_leaves_only_the_portal_and_the_demo_can_be_made_again(demo_site):
    assert files()
    before, public = rows(), Entry.objects.filter(is_public=True).count()
    clear()
    assert_only_the_portal()
    seed()
    assert Entry.objects.filter(is_public=True).count() == public
    kept = {PageLogEntry._meta.label, ModelLogEntry._meta.label, Entry._meta.label}
    changed = {label for label, count in rows().items() if count != before[label]}
    assert changed <= kept


def assert_only_the_portal():
    assert not Page.objects.filter(translation_key__in=page_keys()).exists()
    assert [each.is_portal for each in Organisation.objects.all()] == [True]
    assert OrganisationPage.objects.count() == 1
    emptied = (Picture, PictureRendition, Attachment, Course, Membership, get_user_model())
    assert {model: model.objects.count() for model in emptied} == dict.fromkeys(emptied, 0)
    assert files() == []
    public = Entry.objects.filter(is_public=True)
    assert set(public.values_list("kind", flat=True)) == {"portal", "organisation"}
    assert public.filter(kind="organisation").count() == 1


@pytest.mark.parametrize("person", LOG_INS, ids=lambda person: person.username)
def test_each_log_in_opens(demo_site, person):
    user = authenticate(username=person.username, password=PASSWORD)
    assert user is not None
    assert user.has_perm("wagtailadmin.access_admin")
    if person.organisation:
        assert Membership.objects.in_force().filter(user=user, role=person.role).count() == 1


def test_members_belong_to_different_organisations():
    members = [person.organisation for person in LOG_INS if person.organisation]
    assert len(set(members)) == len(members) >= 3


def test_it_is_refused_where_settings_allow_no_demo(portal, settings):
    settings.DEMO_NUMBERS = False
    with pytest.raises(ImproperlyConfigured):
        seed()
    with pytest.raises(CommandError, match="--in-production"):
        call_command("seed_demo")
    assert not Page.objects.filter(translation_key__in=page_keys()).exists()


def test_seeding_before_the_set_up_says_what_is_missing(db):
    with pytest.raises(CommandError, match="setup_portal"):
        call_command("seed_demo")


def _entries_of_content() -> list[dict]:
    content = load()
    services = [service for each in content.organisations for service in each["services"]]
    points = [point for each in content.organisations for point in each.get("points", ())]
    return [*content.organisations, *services, *points, *content.trainings, *content.news]
