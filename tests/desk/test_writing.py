"""The light form: drafts made and saved; nothing typed is lost, nothing it does not show either."""

from uuid import uuid4

import pytest
from django.urls import reverse
from wagtail.models import Revision

from services.models import ServicePage
from site_core.desk.authors.forms.texts import untitled_in
from tests.desk.conftest import SERVICE, desk_of, latest, made, sent
from tests.factories.organisations import MembershipFactory
from tests.factories.pages import (
    ServicePageFactory,
    draft,
    stored,
)

pytestmark = pytest.mark.django_db


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
    assert f'name="seen" value="{sent(page)["seen"]}"' in text
    desk.post(reverse("desk_edit", args=[page.pk]), sent(page, **SERVICE) | {"title": "Mine now"})
    assert latest(page).title == "Mine now"


@pytest.mark.race
def test_what_autosave_wrote_over_the_revision_she_saw_is_noticed(desk, organisation):
    page, _answer = made(desk)
    colleague = MembershipFactory(organisation=organisation).user
    draft = latest(page)
    seen = draft.save_revision(user=colleague)
    opened = sent(page)
    draft.title = "Hers"
    assert draft.save_revision(user=colleague, overwrite_revision=seen) == seen
    answer = desk.post(
        reverse("desk_edit", args=[page.pk]), {**SERVICE, **opened, "title": "Mine, still here"}
    )
    assert "Mine, still here" in answer.content.decode()
    assert latest(page).title == "Hers"


@pytest.mark.race
def test_a_text_refused_for_another_reason_is_no_newer_for_that(desk, home, author, organisation):
    """What a colleague wrote meanwhile has not been told yet, so it is not to be overwritten."""
    page = ServicePageFactory(parent=home, confidential=True)
    opened, address = sent(page), reverse("desk_edit", args=[page.pk])
    colleague = desk_of(MembershipFactory(organisation=organisation).user)
    colleague.post(address, sent(page, **SERVICE) | {"title": "Hers"})
    text = desk.post(address, {**SERVICE, **opened, "short": "Piilokuja 3"}).content.decode()
    assert f'name="seen" value="{opened["seen"]}"' in text
    page.get_workflow().start(stored(page), author)
    text = desk.post(address, {**SERVICE, **opened}).content.decode()
    assert f'name="seen" value="{opened["seen"]}"' in text


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


def test_a_draft_of_the_form_opens_in_the_full_editor(desk):
    page, _answer = made(desk, way1_kind="in_person", way1_street="Tie 1", way1_town="Inari")
    answer = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert answer.status_code == 200
    assert "Kuuntelupuhelin" in answer.content.decode()


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
