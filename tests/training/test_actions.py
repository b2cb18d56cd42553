"""The verbs of courses: who may, what happens, and that the published entry follows."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override
from wagtail.models import ModelLogEntry

from search.models import Entry
from site_core.moderation.setup import set_up_workflow
from tests.factories.training import SessionFactory
from tests.training.conftest import add_page
from tests.training.signups.making import join
from training.actions import (
    change_course,
    choose_audience,
    create_course,
    remove_offering,
    save_offering,
)
from training.courses import Course, Offering, Session
from training.rights import may_run, run_by
from training.sessions import JoinLink
from training.signups.actions import change_capacity

START = datetime(2027, 5, 4, 6, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def entry_of(page) -> Entry:
    return Entry.objects.get(key=page.translation_key, language="fi")


def session_at(start: datetime) -> Session:
    return Session(starts_at=start, ends_at=start + timedelta(hours=2), is_remote=True)


def logged(row) -> list[str]:
    entries = ModelLogEntry.objects.for_instance(row)
    return list(entries.order_by("pk").values_list("action", flat=True))


def test_a_new_course_has_a_group_and_its_organisation(people):
    course = create_course(people.own.organisation, title="Uusi", by=people.trainer)
    assert course.organisation == people.own.organisation
    assert [offering.name for offering in course.offerings.all()] == ["Ryhmä 1"]
    assert logged(course) == ["wagtail.create"]


MEMBERS, STAFF = {"lead", "trainer", "author"}, {"editor", "superuser"}
NOBODY = {"other trainer", "ended", "suspended", "stranger", "moderator"}


@pytest.mark.permission
@pytest.mark.parametrize("who", [*MEMBERS, *STAFF, *NOBODY])
def test_who_may_create_and_run(people, who):
    """Every member brings a course along with its page; running it is not for authors."""
    person = people.by_name[who]
    runs = [
        lambda: change_course(people.own, by=person),
        lambda: save_offering(Offering(course=people.own, name="Uusi"), by=person),
        lambda: change_capacity(people.own.offerings.first(), 5, by=person),
        lambda: remove_offering(people.own.offerings.first(), by=person),
    ]
    adds = [
        lambda: create_course(people.own.organisation, title="Uusi", by=person),
        lambda: choose_audience(people.own, "professionals", by=person),
    ]
    runner = who in STAFF | MEMBERS - {"author"}
    assert may_run(person, people.own) is runner
    assert (people.own in run_by(person)) is runner
    for deeds, may in ((runs, runner), (adds, who in MEMBERS | STAFF)):
        for deed in deeds:
            if may:
                deed()
            else:
                with pytest.raises(PermissionDenied):
                    deed()


def test_an_author_chooses_the_audience_until_readers_have_seen_it(people):
    page = add_page(people.own, live=False)
    choose_audience(people.own, "professionals", by=people.author)
    page.save_revision().publish()
    choose_audience(people.own, "residents", by=people.author)
    assert Course.objects.get(pk=people.own.pk).audience == "professionals"


def test_a_course_without_title_is_refused(people):
    with pytest.raises(ValidationError):
        create_course(people.own.organisation, title="")


def test_a_course_stays_with_its_organisation(people):
    people.own.organisation = people.foreign.organisation
    change_course(people.own, by=people.by_name["superuser"])
    assert Course.objects.get(pk=people.own.pk).organisation != people.foreign.organisation


@pytest.mark.bypass
def test_public_texts_of_a_live_course_change_only_by_who_may_publish(people):
    add_page(people.own)
    people.own.price_note, people.own.title = "Maksaa", "Uusi työnimi"
    change_course(people.own, by=people.trainer)
    stored = Course.objects.get(pk=people.own.pk)
    assert (stored.price_note, stored.title) == ("", "Uusi työnimi")
    people.own.price_note = "Maksaa"
    change_course(people.own, by=people.by_name["editor"])
    assert Course.objects.get(pk=people.own.pk).price_note == "Maksaa"


def test_public_texts_of_an_unpublished_course_are_the_authors(people):
    add_page(people.own, live=False)
    people.own.price_note = "Maksuton"
    change_course(people.own, by=people.trainer)
    assert Course.objects.get(pk=people.own.pk).price_note == "Maksuton"


def test_the_entry_follows_a_new_and_a_moved_session(people):
    page = add_page(people.own)
    offering = people.own.offerings.get()
    offering.sessions.all().delete()
    save_offering(offering, [session_at(START)], by=people.trainer)
    assert entry_of(page).starts_at == START
    session = offering.sessions.get()
    session.starts_at, session.ends_at = START + timedelta(days=7), START + timedelta(days=8)
    save_offering(offering, [session], by=people.trainer)
    assert entry_of(page).starts_at == START + timedelta(days=7)
    save_offering(offering, removed=[session], by=people.trainer)
    assert entry_of(page).starts_at is None


def test_a_draft_pages_entry_stays_hidden(people):
    page = add_page(people.own, live=False)
    save_offering(people.own.offerings.get(), [session_at(START)], by=people.trainer)
    assert not Entry.objects.filter(key=page.translation_key, is_public=True).exists()


def test_all_is_undone_when_one_session_is_wrong(people):
    offering = people.own.offerings.get()
    before = offering.sessions.count()
    wrong = session_at(START)
    wrong.ends_at = START
    offering.name = "Toinen nimi"
    with pytest.raises(ValidationError):
        save_offering(offering, [session_at(START), wrong], by=people.trainer)
    assert offering.sessions.count() == before
    assert Offering.objects.get(pk=offering.pk).name != "Toinen nimi"


def test_only_a_groups_own_sessions_are_removed(people):
    foreign = Session.objects.get(offering__course=people.foreign)
    with pytest.raises(ValidationError):
        save_offering(people.own.offerings.get(), removed=[foreign], by=people.trainer)
    assert Session.objects.filter(pk=foreign.pk).exists()


def test_a_session_cannot_be_taken_from_another_group(people):
    foreign = Session.objects.get(offering__course=people.foreign)
    with pytest.raises(ValidationError):
        save_offering(people.own.offerings.get(), [foreign], by=people.trainer)
    assert Session.objects.get(pk=foreign.pk).offering.course == people.foreign


def test_a_group_goes_with_its_sessions_but_the_last_one_stays(people):
    second = save_offering(
        Offering(course=people.own, name="Toinen"), [session_at(START)], by=people.trainer
    )
    remove_offering(second, by=people.trainer)
    assert not Session.objects.filter(starts_at=START).exists()
    with pytest.raises(ValidationError, match="at least one"):
        remove_offering(people.own.offerings.get(), by=people.trainer)
    assert people.own.offerings.count() == 1


@pytest.mark.bypass
def test_sessions_people_signed_up_for_are_not_changed_in_silence(people):
    offering = people.own.offerings.get()
    session = offering.sessions.get()
    join(offering, "aino")
    session.starts_at = session.starts_at - timedelta(hours=1)
    for change in ({"sessions": [session]}, {"removed": [session]}):
        with pytest.raises(ValidationError, match="signed up"):
            save_offering(offering, **change, by=people.trainer)
    save_offering(offering, [session_at(START)], by=people.trainer)
    assert offering.sessions.count() == 2


def test_a_changed_session_rises_for_calendars_and_a_place_has_no_link_to_join(people):
    offering = people.own.offerings.get()
    session = offering.sessions.get()
    JoinLink.objects.create(session=session, address="https://example.org/x", changed_at=START)
    session.is_remote, session.place = False, "Kirjasto"
    save_offering(offering, [session], by=people.trainer)
    assert Session.objects.get(pk=session.pk).sequence == 1
    assert not JoinLink.objects.exists()


def test_saving_a_group_leaves_its_places_to_their_own_verb(people):
    stale = people.own.offerings.get()
    change_capacity(people.own.offerings.get(), 7, by=people.trainer)
    save_offering(stale, by=people.trainer)
    assert Offering.objects.get(pk=stale.pk).capacity == 7


def test_a_group_goes_with_all_that_hangs_on_its_sessions(people):
    second = save_offering(
        Offering(course=people.own, name="Toinen", capacity=3), [session_at(START)]
    )
    change_capacity(second, 4)
    session = second.sessions.get()
    JoinLink.objects.create(session=session, address="https://example.org/x", changed_at=START)
    remove_offering(second, by=people.trainer)
    assert not Offering.objects.filter(name="Toinen").exists()


def test_what_is_done_to_groups_is_logged(people):
    offering = save_offering(Offering(course=people.own, name="Toinen"), by=people.trainer)
    pk = offering.pk
    save_offering(offering, by=people.trainer)
    assert logged(offering) == ["wagtail.create", "wagtail.edit"]
    remove_offering(offering, by=people.trainer)
    offering.pk = pk
    assert logged(offering) == ["wagtail.create", "wagtail.edit", "wagtail.delete"]


def test_telling_costs_the_same_for_any_number_of_sessions(people, django_assert_max_num_queries):
    """Beside the writes: the course's pages, each with its entry, facets and engine row."""
    page = add_page(people.own)
    offering = people.own.offerings.get()
    SessionFactory.create_batch(20, offering=offering)
    with django_assert_max_num_queries(45):
        save_offering(offering, by=people.trainer)
    assert len(entry_of(page).facts["offerings"][0]["sessions"]) == 21


@pytest.mark.bypass
def test_public_texts_stay_as_reviewers_read_them(people):
    """They stand on the course and not in the revision, so no lock of the page holds them."""
    set_up_workflow()
    page = add_page(people.own, live=False)
    page.get_workflow().start(page, people.author)
    people.own.price_note = "Maksaa"
    change_course(people.own, by=people.trainer)
    assert Course.objects.get(pk=people.own.pk).price_note == ""
    page.current_workflow_state.cancel(user=people.author)
    people.own.price_note = "Maksaa"
    change_course(people.own, by=people.trainer)
    assert Course.objects.get(pk=people.own.pk).price_note == "Maksaa"


@pytest.mark.bypass
def test_public_texts_stay_while_the_approved_page_waits_for_its_day(people):
    page = add_page(people.own, live=False)
    page.latest_revision.approved_go_live_at = START
    page.latest_revision.save()
    people.own.price_note = "Maksaa"
    change_course(people.own, by=people.trainer)
    assert Course.objects.get(pk=people.own.pk).price_note == ""
