"""The light form: drafts made, saved, sent; nothing typed is lost."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, Page, Revision, TaskState

from news.models import NewsPage
from services.models import ServicePage
from site_core.desk.authors import actions
from site_core.desk.authors.forms import form_for
from site_core.desk.authors.forms.texts import untitled_in
from site_core.desk.authors.kinds import KINDS
from site_core.moderation.models import Decision
from site_core.pages.recurrence import next_occurrence
from tests.desk.conftest import SERVICE, desk_of
from tests.factories.organisations import MembershipFactory
from tests.factories.pages import (
    NewsPageFactory,
    OrganisationPageFactory,
    ServicePageFactory,
    TrainingPageFactory,
    draft,
    publish,
    stored,
    translate,
)
from training.models import TrainingPage

pytestmark = pytest.mark.django_db


def latest(page):
    return stored(page).get_latest_revision_as_object()


def sent(page, **fields):
    """What the form of a page sends after it was opened on the newest draft."""
    return {"seen": stored(page).latest_revision_id or "", **fields}


def made(desk, code="service", **fields):
    """The draft that a new form makes."""
    known = set(Page.objects.values_list("pk", flat=True))
    answer = desk.post(reverse("desk_new", args=[code]), {"key": uuid4(), **SERVICE, **fields})
    (pk,) = set(Page.objects.values_list("pk", flat=True)) - known
    return latest(Page.objects.get(pk=pk)), answer


def test_a_service_is_made_as_a_draft_with_all_that_was_typed(desk, author, organisation):
    page, answer = made(desk)
    assert answer.url == reverse("desk_edit", args=[page.pk])
    assert (page.title, page.kind, page.live, page.owner) == (
        "Kuuntelupuhelin",
        "service",
        False,
        author,
    )
    (channel,) = page.channels
    assert channel.block_type == "phone"
    assert channel.value.as_channel("fi")["href"] == "tel:+35816123456"
    assert channel.value["hours"].as_hours("fi")["weekly"] == {
        "mon": [["09:00", "15:30"]],
        "wed": [["09:00", "15:30"]],
    }
    assert [row["code"] for row in channel.value["languages"]] == ["fi"]
    assert page.body.get_prep_value()[0]["value"] == (
        "<p>Vastaamme iltaisin.</p><p>Voit soittaa nimettä.</p>"
    )
    assert stored(page).live is False
    assert page.slug == "kuuntelupuhelin"


def test_the_form_shows_what_was_stored(desk):
    page, _answer = made(desk)
    text = desk.get(reverse("desk_edit", args=[page.pk])).content.decode()
    for typed in ("Kuuntelupuhelin", "016 123 456", "Voit soittaa nimettä.", 'value="09:00"'):
        assert typed in text


def test_an_empty_draft_is_saved_too_and_named_later(desk):
    page, _answer = made(desk, **dict.fromkeys(SERVICE, ""))
    assert page.title == untitled_in("fi")
    text = desk.get(reverse("desk_edit", args=[page.pk])).content.decode()
    assert 'name="title" value=' not in text
    desk.post(reverse("desk_edit", args=[page.pk]), sent(page, title="Uusi nimi"))
    assert (latest(page).title, latest(page).slug, stored(page).slug) == (
        "Uusi nimi",
        "uusi-nimi",
        "uusi-nimi",
    )


def test_twice_sent_makes_one_draft(desk):
    key = uuid4()
    first, _answer = made(desk, key=key)
    desk.post(reverse("desk_new", args=["service"]), {"key": key, **SERVICE})
    assert ServicePage.objects.count() == 1
    assert Revision.page_revisions.filter(object_id=str(first.pk)).count() == 1


@pytest.mark.bypass
def test_a_forged_key_ties_no_entry_to_another_organisations(desk, foreign):
    page, _answer = made(desk, key=foreign.translation_key)
    assert page.translation_key != foreign.translation_key


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"summary": "x" * 200}, "x" * 200),
        ({"way0_number": "soita Maijalle"}, "soita Maijalle"),
        ({"way0_opens": "aamulla"}, "aamulla"),
        ({"way0_kind": "in_person", "way0_postal_code": "996"}, "996"),
    ],
)
def test_what_is_faulty_is_saved_as_far_as_it_can_be_and_always_shown(desk, fields, kept):
    page, answer = made(desk, **fields)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert kept in text
    assert 'class="errors' in text
    assert 'href="#f-' in text
    assert page.title == "Kuuntelupuhelin"
    again = desk.post(
        reverse("desk_edit", args=[page.pk]), sent(page, **{**SERVICE, "title": "Toinen"})
    )
    assert again.status_code == 302
    assert len(latest(page).channels) == 1


def test_long_and_odd_text_is_stored_as_typed(desk):
    page, _answer = made(desk, summary="x" * 200, title="A" * 400, more="<b>ei</b> & \x00loppu")
    assert page.summary == "x" * 200
    assert len(page.title) == 255
    assert page.body.get_prep_value()[0]["value"] == "<p>&lt;b&gt;ei&lt;/b&gt; &amp; loppu</p>"


def test_saving_nothing_new_makes_no_revision(desk):
    page, _answer = made(desk)
    before = stored(page).latest_revision_id
    answer = desk.post(reverse("desk_edit", args=[page.pk]), sent(page, **SERVICE))
    assert answer.status_code == 302
    assert stored(page).latest_revision_id == before


@pytest.mark.race
def test_a_stale_form_keeps_the_typed_text_and_says_so(desk, organisation):
    page, _answer = made(desk)
    opened = sent(page)
    colleague = desk_of(MembershipFactory(organisation=organisation).user)
    colleague.post(reverse("desk_edit", args=[page.pk]), sent(page, **SERVICE) | {"title": "Hers"})
    answer = desk.post(
        reverse("desk_edit", args=[page.pk]), {**SERVICE, **opened, "title": "Mine, still here"}
    )
    text = answer.content.decode()
    assert "Mine, still here" in text
    assert 'role="alert"' in text
    assert latest(page).title == "Hers"
    assert f'name="seen" value="{stored(page).latest_revision_id}"' in text
    desk.post(reverse("desk_edit", args=[page.pk]), sent(page, **SERVICE) | {"title": "Mine now"})
    assert latest(page).title == "Mine now"


def test_a_live_page_stays_while_its_draft_changes(desk, home):
    page = ServicePageFactory(parent=home, title="Vanha nimi")
    desk.post(reverse("desk_edit", args=[page.pk]), sent(page, **SERVICE))
    assert stored(page).title == "Vanha nimi"
    assert stored(page).live
    assert latest(page).title == "Kuuntelupuhelin"
    assert latest(page).slug == page.slug


def test_what_the_form_does_not_show_stays(desk, home):
    """A page of the full editor: several ways, hours, a body with a heading, target groups."""
    page = ServicePageFactory(parent=home, groups=["older_people"], municipalities=["732"])
    page.channels = [
        {
            "type": "phone",
            "id": "11111111-1111-1111-1111-111111111111",
            "value": {
                "number": "016 111 111",
                "label": "Soita Maijalle",
                "cost": "Puhelun hinta",
                "languages": [{"code": "se", "note": "tiistaisin"}],
                "hours": {
                    "weekly": [
                        {"days": ["mon"], "opens": "09:00", "closes": "12:00"},
                        {"days": ["tue"], "opens": "10:00", "closes": "11:00"},
                    ],
                    "holidays": "open",
                },
            },
        },
        {"type": "calculator", "value": {"url": "https://example.org/testi"}},
    ]
    page.body = [
        {"type": "heading", "value": {"text": "Otsikko", "level": "h2"}},
        {"type": "paragraph", "value": "<p>Teksti</p>"},
    ]
    page = draft(page)
    fields = {**SERVICE, "way0_number": "016 222 222", "way0_languages": ["fi", "se"]}
    desk.post(reverse("desk_edit", args=[page.pk]), sent(page, **fields))
    now = latest(page)
    phone, calculator = now.channels
    assert phone.id == "11111111-1111-1111-1111-111111111111"
    assert (phone.value["number"], phone.value["label"], phone.value["cost"]) == (
        "016 222 222",
        "Soita Maijalle",
        "Puhelun hinta",
    )
    assert phone.value["hours"].as_hours("fi")["weekly"] == {
        "mon": [["09:00", "12:00"]],
        "tue": [["10:00", "11:00"]],
    }
    assert {row["code"]: row["note"] for row in phone.value["languages"]} == {
        "fi": "",
        "se": "tiistaisin",
    }
    assert calculator.value["url"] == "https://example.org/testi"
    assert [block.block_type for block in now.body] == ["heading", "paragraph"]
    assert now.target_group_links.count() == 1


def test_another_way_is_added_and_removed(desk):
    page, _answer = made(desk, way1_kind="email", way1_address="tuki@example.org")
    assert [block.block_type for block in page.channels] == ["phone", "email"]
    desk.post(reverse("desk_edit", args=[page.pk]), sent(page, **SERVICE, way1_kind=""))
    assert [block.block_type for block in latest(page).channels] == ["phone"]


@pytest.mark.parametrize(
    ("typed", "stored_as"),
    [
        ("www.example.org/ilmoittaudu", "https://www.example.org/ilmoittaudu"),
        ("http://example.org", "https://example.org"),
        ("https://example.org/a?b=1", "https://example.org/a?b=1"),
    ],
)
def test_a_web_address_as_people_write_it(desk, typed, stored_as):
    page, _answer = made(desk, way0_kind="web_form", way0_url=typed)
    assert page.channels[0].value["url"] == stored_as


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "ei ole osoitetta", "https://"])
def test_an_odd_web_address_is_a_fault(desk, typed):
    page, answer = made(desk, way0_kind="web_form", way0_url=typed)
    assert answer.status_code == 200
    assert page.channels[0].value["url"] == ""
    assert 'href="#f-way0_url"' in answer.content.decode()


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


def test_sending_tells_at_the_fields_what_is_missing_and_keeps_the_draft(desk):
    page, _answer = made(desk)
    answer = desk.post(
        reverse("desk_edit", args=[page.pk]),
        sent(page, title="Vain nimi", way0_kind="phone", deed="submit"),
    )
    text = answer.content.decode()
    for place in ("f-summary", "f-short", "f-way0_number"):
        assert f'href="#{place}"' in text
    assert latest(page).title == "Vain nimi"
    assert stored(page).current_workflow_state is None


def test_a_whole_draft_is_sent_and_taken_back(desk):
    page, _answer = made(desk)
    answer = desk.post(reverse("desk_edit", args=[page.pk]), sent(page, **SERVICE, deed="submit"))
    assert answer.status_code == 302, answer.content.decode()
    assert stored(page).workflow_in_progress
    waiting = desk.get(reverse("desk_edit", args=[page.pk])).content.decode()
    assert 'name="title"' not in waiting
    late = desk.post(reverse("desk_edit", args=[page.pk]), sent(page, title="Too late"))
    assert "Too late" in late.content.decode()
    assert latest(page).title == "Kuuntelupuhelin"
    for _twice in range(2):
        desk.post(reverse("desk_take_back", args=[page.pk]))
    assert stored(page).current_workflow_state is None


def test_an_own_draft_is_deleted_after_asking_and_no_other(desk, home):
    page, _answer = made(desk)
    address = reverse("desk_delete", args=[page.pk])
    assert desk.get(address).status_code == 200
    assert Page.objects.filter(pk=page.pk).exists()
    assert desk.post(address).status_code == 302
    assert not Page.objects.filter(pk=page.pk).exists()
    assert desk.post(address).status_code == 404
    live = ServicePageFactory(parent=home)
    assert desk.post(reverse("desk_delete", args=[live.pk])).status_code == 404
    assert stored(live).live


def test_the_preview_shows_the_draft_and_says_so(desk, home):
    page = ServicePageFactory(parent=home, title="Vanha nimi")
    desk.post(reverse("desk_edit", args=[page.pk]), sent(page, **SERVICE))
    answer = desk.get(reverse("desk_preview", args=[page.pk]))
    text = answer.content.decode()
    assert "Kuuntelupuhelin" in text
    assert reverse("desk_edit", args=[page.pk]) in text
    assert "no-store" in answer["Cache-Control"]


def test_an_incomplete_draft_has_a_preview(desk):
    page, _answer = made(desk, **dict.fromkeys(SERVICE, "") | {"way0_kind": "phone"})
    assert desk.get(reverse("desk_preview", args=[page.pk])).status_code == 200


def test_the_owners_word_is_recorded(desk, home):
    page = ServicePageFactory(parent=home)
    assert desk.post(reverse("desk_confirm", args=[page.pk])).status_code == 302
    assert stored(page).standing.last_confirmed is not None
    unpublished, _answer = made(desk)
    assert desk.post(reverse("desk_confirm", args=[unpublished.pk])).status_code == 404


def test_a_draft_of_the_form_opens_in_the_full_editor(desk):
    page, _answer = made(desk, way1_kind="in_person", way1_street="Tie 1", way1_town="Inari")
    answer = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert answer.status_code == 200
    assert "Kuuntelupuhelin" in answer.content.decode()


def test_what_is_asked_is_shown_on_the_card_and_at_the_field(desk, author):
    page, _answer = made(desk)
    desk.post(reverse("desk_edit", args=[page.pk]), sent(page, **SERVICE, deed="submit"))
    state = stored(page).current_workflow_state
    Decision.objects.create(
        task_state=state.current_task_state,
        outcome=Decision.Outcome.CHANGES_ASKED,
        reason=Decision.Reason.PLAIN,
        text="Sano lyhyemmin.",
        submitted_at=timezone.now(),
        decided_at=timezone.now(),
    )
    TaskState.objects.filter(pk=state.current_task_state.pk).update(
        status=TaskState.STATUS_REJECTED
    )
    type(state).objects.filter(pk=state.pk).update(status=state.STATUS_NEEDS_CHANGES)
    Comment.objects.create(
        page_id=page.pk, user=author, text="Mikä numero tämä on?", contentpath="channels.x.number"
    )
    for address in (reverse("desk_entries"), reverse("desk_edit", args=[page.pk])):
        text = desk.get(address).content.decode()
        assert "Sano lyhyemmin." in text
        assert "tag--ember" in text
    assert 'id="f-way0_kind-said"' in text
    assert "Mikä numero tämä on?" in text


def test_actions_refuse_a_stranger(desk, foreign, author):
    form = form_for(KINDS["service"], latest(foreign), SERVICE)
    form.is_valid()
    for deed in (
        lambda: actions.save_draft(form, foreign, seen=foreign.latest_revision_id, by=author),
        lambda: actions.delete_draft(foreign, by=author),
        lambda: actions.create_draft(form, parent=foreign.get_parent(), key=uuid4(), by=author),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_a_published_page_can_be_published_again_after_the_light_form(desk, home):
    page, _answer = made(desk)
    publish(page)
    assert stored(page).live
    assert stored(page).title == "Kuuntelupuhelin"


def test_the_organisations_own_page_is_changed_here_and_never_made(desk, home):
    address = reverse("desk_edit", args=[home.pk])
    fields = {"title": home.title, "summary": "Vertaistukea kaikille.", "way0_kind": ""}
    assert desk.post(address, sent(home, **fields)).status_code == 302
    assert latest(home).summary == "Vertaistukea kaikille."
    assert latest(home).organisation == home.organisation
    assert stored(home).summary != "Vertaistukea kaikille."
    assert desk.get(reverse("desk_delete", args=[home.pk])).status_code == 404
    assert desk.get(reverse("desk_new", args=["organisation"])).status_code == 404


@pytest.mark.leak
def test_an_address_of_a_confidential_place_is_not_even_kept_in_a_draft(desk, home):
    page = ServicePageFactory(parent=home, confidential=True)
    before = stored(page).latest_revision_id
    address = reverse("desk_edit", args=[page.pk])
    for fields in (
        {"way0_kind": "in_person", "way0_street": "Piilokuja 3", "way0_town": "Inari"},
        {"short": "Tule osoitteeseen Piilokuja 3."},
    ):
        answer = desk.post(address, sent(page, **SERVICE | fields))
        assert answer.status_code == 200
        assert "Piilokuja 3" in answer.content.decode()
        assert 'class="errors' in answer.content.decode()
        assert stored(page).latest_revision_id == before
    answer = desk.post(
        reverse("desk_new", args=["service"]),
        {"key": uuid4(), "copy": page.pk, **SERVICE, "short": "Piilokuja 3"},
    )
    assert answer.status_code == 200
    assert ServicePage.objects.count() == 1


def test_a_course_that_is_live_in_another_language_keeps_its_audience(desk, home, organisation):
    page = TrainingPageFactory(parent=home)
    swedish = translate(page, "sv", live=False)
    desk.post(reverse("desk_edit", args=[swedish.pk]), sent(swedish, audience="professionals"))
    assert stored(page).course.audience == "residents"


def test_a_translation_leads_to_its_original(desk, home):
    page = ServicePageFactory(parent=home)
    swedish = translate(page, "sv", live=False)
    text = desk.get(reverse("desk_edit", args=[swedish.pk])).content.decode()
    assert reverse("desk_preview", args=[page.pk]) in text


def test_an_absurd_id_is_404(desk):
    assert desk.get(f"/desk/entries/{10**30}/").status_code == 404
    assert desk.get(reverse("desk_new", args=["service"]) + f"?copy={10**18}").status_code == 404
