"""What each kind of entry asks: times, courses, news, copies, whose and in which language."""

import pytest
from django.urls import reverse

from news.models import NewsPage
from services.models import ServicePage
from site_core.pages.recurrence import next_occurrence
from tests.desk.conftest import SERVICE, latest, made, sent
from tests.factories.organisations import MembershipFactory
from tests.factories.pages import (
    NewsPageFactory,
    OrganisationPageFactory,
    ServicePageFactory,
    TrainingPageFactory,
    stored,
    translate,
)
from training.models import TrainingPage

pytestmark = pytest.mark.django_db


WEDNESDAYS = {
    "day": "2027-01-06",
    "starts": "12",
    "ends": "14",
    "repeats": "weekly",
    "until": "2027-05-26",
}


@pytest.mark.parametrize(
    ("repeats", "rule", "second"),
    [
        ("once", "", None),
        ("weekly", "FREQ=WEEKLY;UNTIL=20270526", "2027-01-13"),
        ("fortnightly", "FREQ=WEEKLY;INTERVAL=2;UNTIL=20270526", "2027-01-20"),
        ("monthly", "FREQ=MONTHLY;BYDAY=+1WE;UNTIL=20270526", "2027-02-03"),
    ],
)
def test_an_activity_repeats_by_a_plain_choice(desk, repeats, rule, second):
    page, answer = made(desk, "activity", **WEDNESDAYS | {"repeats": repeats})
    assert answer.status_code == 302
    (row,) = page.occurrences.all()
    assert row.rule == rule
    assert page.kind == ("event" if repeats == "once" else "activity")
    following = next_occurrence(row.recurrence, row.ends_at)
    assert (following and str(following.starts.date())) == second
    text = desk.get(reverse("desk_edit", args=[page.pk])).content.decode()
    assert 'value="2027-01-06"' in text
    assert f'value="{repeats}"' in text
    before = stored(page).latest_revision_id
    desk.post(
        reverse("desk_edit", args=[page.pk]),
        sent(page, **SERVICE, **WEDNESDAYS, price_note="") | {"repeats": repeats},
    )
    assert stored(page).latest_revision_id == before


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"ends": "11"}, "ends"),
        ({"until": "2026-12-01"}, "until"),
        ({"until": "2040-01-01"}, "until"),
        ({"until": ""}, "until"),
        ({"day": "joskus"}, "day"),
        ({"starts": "25:00"}, "starts"),
        ({"starts": ""}, "starts"),
    ],
)
def test_a_faulty_time_is_told_at_its_field_and_stays_typed(desk, fields, place):
    page, answer = made(desk, "activity", **WEDNESDAYS | fields)
    text = answer.content.decode()
    assert f'href="#f-{place}"' in text
    assert page.occurrences.count() == 0
    for typed in fields.values():
        assert typed in text


def test_a_rule_of_the_full_editor_stays(desk, home):
    page, _answer = made(desk, "activity", **WEDNESDAYS)
    (row,) = page.occurrences.all()
    row.rule = "FREQ=WEEKLY;BYDAY=WE,FR;COUNT=10"
    page.occurrences.set([row])
    page.save_revision()
    text = desk.get(reverse("desk_edit", args=[page.pk])).content.decode()
    assert 'name="day"' not in text
    desk.post(reverse("desk_edit", args=[page.pk]), sent(page, **SERVICE | {"title": "X"}))
    assert [r.rule for r in latest(page).occurrences.all()] == ["FREQ=WEEKLY;BYDAY=WE,FR;COUNT=10"]


def test_a_volunteer_task_needs_no_time(desk):
    page, answer = made(desk, "volunteer")
    assert (page.kind, answer.status_code) == ("volunteer", 302)


def test_a_course_gets_its_row_and_audience(desk, organisation):
    fields = {
        "title": "Puhelin tutuksi",
        "summary": "S.",
        "short": "T.",
        "audience": "professionals",
    }
    page, _answer = made(desk, "training", **fields)
    assert isinstance(page, TrainingPage)
    assert (page.course.organisation, page.course.audience) == (organisation, "professionals")


def test_a_live_courses_audience_is_not_changed_past_moderation(desk, home):
    page = TrainingPageFactory(parent=home)
    desk.post(reverse("desk_edit", args=[page.pk]), sent(page, title="X", audience="professionals"))
    assert stored(page).course.audience == "residents"


def test_news_is_written_with_a_day(desk):
    fields = {"title": "Muutto", "summary": "S.", "more": "Muutamme.", "date": "1.2.2027"}
    page, _answer = made(desk, "news", **fields)
    assert isinstance(page, NewsPage)
    assert str(page.date) == "2027-02-01"


def test_a_copy_holds_the_rest_and_shares_no_block(desk, home):
    page = ServicePageFactory(parent=home, groups=["older_people"], situations=["anxiety"])
    address = reverse("desk_new", args=["service"])
    text = desk.get(address, {"copy": page.pk}).content.decode()
    assert "040 123 4567" in text
    copied, _answer = made(desk, copy=page.pk, way0_number="016 123 456")
    assert copied.target_group_links.count() == 1
    assert copied.translation_key != page.translation_key
    assert {b.id for b in copied.channels}.isdisjoint(b.id for b in page.channels)
    assert stored(page).channels[0].value["number"] == "040 123 4567"


def test_the_form_offers_the_last_one_of_its_kind(desk, home):
    page = ServicePageFactory(parent=home)
    NewsPageFactory(parent=home)
    text = desk.get(reverse("desk_new", args=["service"])).content.decode()
    assert f"copy={page.pk}" in text
    assert "copy=" not in desk.get(reverse("desk_new", args=["volunteer"])).content.decode()


def test_the_organisation_is_asked_only_where_there_are_several(desk, author, organisation):
    address = reverse("desk_new", args=["service"])
    assert b'name="title"' in desk.get(address).content
    other = MembershipFactory(user=author).organisation
    OrganisationPageFactory(organisation=other)
    assert b'name="title"' not in desk.get(address).content
    page, _answer = made(desk, organisation=other.pk)
    assert page.get_parent().specific.organisation == other


def test_the_language_is_the_persons_where_the_organisation_has_it(desk, author, organisation):
    OrganisationPageFactory(organisation=organisation, language="sv")
    author.language = "sv"
    author.save()
    text = desk.get(reverse("desk_new", args=["service"])).content.decode()
    assert '<html lang="sv">' in text
    page, _answer = made(desk, language="sv")
    assert page.locale.language_code == "sv"


def test_the_organisations_own_page_is_changed_here_and_never_made(desk, home):
    address = reverse("desk_edit", args=[home.pk])
    fields = {"title": home.title, "summary": "Vertaistukea kaikille.", "way0_kind": ""}
    assert desk.post(address, sent(home, **fields)).status_code == 302
    assert latest(home).summary == "Vertaistukea kaikille."
    assert latest(home).organisation == home.organisation
    assert stored(home).summary != "Vertaistukea kaikille."
    assert desk.get(reverse("desk_delete", args=[home.pk])).status_code == 404
    assert desk.get(reverse("desk_new", args=["organisation"])).status_code == 404


def test_a_course_that_is_live_in_another_language_keeps_its_audience(desk, home, organisation):
    page = TrainingPageFactory(parent=home)
    swedish = translate(page, "sv", live=False)
    desk.post(reverse("desk_edit", args=[swedish.pk]), sent(swedish, audience="professionals"))
    assert stored(page).course.audience == "residents"


def test_large_ids_are_written_plain(desk, home):
    """Finnish numbers have spaces, ids have none: a form with `1 382` would always be stale."""
    page = ServicePageFactory(parent=home, pk=54321)
    revision = stored(page).latest_revision
    revision.pk = 65432
    revision.save(force_insert=True)
    ServicePage.objects.filter(pk=page.pk).update(latest_revision=revision)
    text = desk.get(reverse("desk_edit", args=[page.pk])).content.decode()
    assert 'name="seen" value="65432 ' in text
    assert "copy=54321" in text
    assert "copy=54321" in desk.get(reverse("desk_new", args=["service"])).content.decode()
    assert "copy=54321" in desk.get(reverse("desk_entries")).content.decode()
