"""Fields of two versions as a reviewer reads them: nothing that changed passes unseen."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from services.models import Occurrence
from site_core.desk.review.plain import plain_text
from site_core.desk.review.values import Reader
from site_core.desk.review.versions import compare_versions
from site_core.moderation.differences import Kind, State, new_text, old_text
from tests.factories.media import PictureFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.pages import (
    NewsPageFactory,
    OrganisationPageFactory,
    ServicePageFactory,
    ServicePointPageFactory,
    TrainingPageFactory,
    body,
    draft,
    link,
    stored,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal", "_in_finnish")]


TEXTS = (
    *("title", "slug", "seo_title", "search_description", "summary", "short", "alert"),
    *("price_note", "picture_alt", "referral_for", "referral_how", "referral_reply"),
)


@pytest.fixture
def _in_finnish():
    with translation.override("fi"):
        yield


def changes(page, **fields) -> dict:
    """Change a live page in a draft; returns what a reviewer sees to differ, by field."""
    for name, value in fields.items():
        setattr(page, name, value)
    found = compare_versions(stored(page), draft(page))
    return {each.change.name: each.change for each in found if each.change.differs}


@pytest.mark.parametrize(
    "factory",
    [
        ServicePageFactory,
        ServicePointPageFactory,
        NewsPageFactory,
        TrainingPageFactory,
        OrganisationPageFactory,
    ],
)
def test_a_page_that_did_not_change_shows_no_change(factory):
    assert changes(factory()) == {}


@pytest.mark.parametrize(
    "factory", [ServicePageFactory, ServicePointPageFactory, NewsPageFactory, TrainingPageFactory]
)
def test_a_new_page_is_there_as_a_whole(factory):
    page = factory(live=False)
    found = {each.change.name for each in compare_versions(None, page)}
    assert {"title", "summary"} <= found
    assert all(each.change.differs for each in compare_versions(None, page))


def test_choices_are_read_in_words_and_booleans_too():
    found = changes(ServicePageFactory(), price="paid", service_voucher=True)
    assert found.keys() == {"price", "service_voucher"}
    assert old_text(found["price"].runs) == "Maksuton"
    assert new_text(found["service_voucher"].runs) == "Kyllä"


def test_every_single_field_that_differs_is_shown():
    """Each field of a service in turn, the ones that stand in no form too."""
    values = {
        **dict.fromkeys(TEXTS, "uusi"),
        "kind": "event",
        "coverage": "remote",
        "audience": "professionals",
        "confidential": True,
        "reviewed_by_speaker": "yes",
        "expire_at": datetime(2030, 1, 1, tzinfo=UTC),
    }
    page = ServicePageFactory()
    for name, value in values.items():
        assert changes(stored(page), **{name: value}).keys() == {name}, name


def test_terms_and_times_are_read_row_by_row():
    page = ServicePageFactory(municipalities=["732", "890"])
    link(page, municipalities=["890", "047"])
    page.occurrences.add(
        Occurrence(
            starts_at=datetime(2026, 12, 1, 10, tzinfo=UTC),
            ends_at=datetime(2026, 12, 1, 12, tzinfo=UTC),
        )
    )
    found = changes(page)
    terms = {part.state: (part.old or part.new).text for part in found["municipality_links"].parts}
    assert terms == {State.SAME: "Utsjoki", State.ADDED: "Enontekiö", State.REMOVED: "Salla"}
    (time,) = found["occurrences"].parts
    assert "1.12.2026 12.00" in time.new.text


def test_blocks_are_matched_by_their_id():
    page = ServicePageFactory()
    page.channels.append(("email", {"address": "apua@example.org", "languages": []}))
    page.save_revision().publish()
    page = stored(page)
    first, second = page.channels[0].id, page.channels[1].id
    page.channels[0].value["number"] = "040 765 4321"
    raw = list(page.channels.raw_data)
    page.channels = [raw[1], raw[0]]
    page.channels[1].value["number"] = "040 765 4321"
    found = changes(page)["channels"]
    assert [(part.key, part.state) for part in found.parts] == [
        (second, State.SAME),
        (first, State.CHANGED),
    ]
    assert sum(part.moved for part in found.parts) == 1
    changed = [run.text for run in found.parts[1].runs if run.kind is Kind.NEW]
    assert "".join(changed).strip() == "765 4321"


def test_a_link_that_leads_elsewhere_is_seen():
    page = ServicePageFactory(body=body('<a href="https://kela.fi">Kela</a>'))
    raw = list(page.body.raw_data)
    raw[0] = {**raw[0], "value": '<p><a href="https://kela.example">Kela</a></p>'}
    (part,) = changes(page, body=raw)["body"].parts
    assert "https://kela.example" in new_text(part.runs)
    assert "https://kela.fi" in old_text(part.runs)


def test_formatting_alone_is_told_to_have_changed():
    page = ServicePageFactory(body=body("Soita heti."))
    raw = list(page.body.raw_data)
    raw[0] = {**raw[0], "value": "<p>Soita <b>heti</b>.</p>"}
    (part,) = changes(page, body=raw)["body"].parts
    assert part.only_unseen


@pytest.mark.leak
def test_pictures_show_a_copy_that_exists_and_only_where_they_belong(settings):
    organisation = OrganisationFactory()
    home = OrganisationPageFactory(organisation=organisation)
    own = PictureFactory(title="Oma kuva", organisation=organisation)
    foreign = PictureFactory(title="Kanarialintu", organisation=OrganisationFactory())
    for picture in (own, foreign):
        picture.get_rendition("max-165x165")
    before = own.renditions.count()
    page = ServicePageFactory(parent=home)
    shown = {}
    for picture in (own, foreign):
        page.picture = picture
        found = compare_versions(stored(page), draft(page))
        shown[picture] = next(each for each in found if each.change.name == "picture")
        page = stored(page)
    assert [thumb.title for thumb in shown[own].new_pictures] == ["Oma kuva"]
    assert own.renditions.count() == before
    assert shown[foreign].new_pictures == ()
    assert "Kanarialintu" not in new_text(shown[foreign].change.runs)


@pytest.mark.leak
def test_a_draft_of_somebody_else_is_not_named():
    theirs = ServicePageFactory(title="Kanarialintu", live=False)
    html = f'<p><a linktype="page" id="{theirs.pk}">täällä</a></p>'
    assert "Kanarialintu" not in Reader(OrganisationFactory()).rich(html)
    theirs.get_latest_revision().publish()
    assert "Kanarialintu" in Reader(OrganisationFactory()).rich(html)  # the control


def test_rich_text_keeps_its_lines_points_and_addresses():
    html = "<p>Soita &amp; <b>kysy</b><br/>tai</p><ul><li>yksi</li><li>kaksi</li></ul><hr/>"
    assert plain_text(html, lambda kind, pk: "") == "Soita & kysy\ntai\n– yksi\n– kaksi"
    link_to = '<p><a linktype="document" id="3">lomake</a> <a href="tel:112">112</a></p>'
    assert plain_text(link_to, lambda kind, pk: kind + pk) == "lomake (document3) 112 (tel:112)"
    assert plain_text('<p><a id="x" linktype="page">y', lambda kind, pk: "z") == "y"


def test_queries_do_not_grow_with_the_text():
    counted = []
    for many in (1, 30):
        page = ServicePageFactory(
            body=body("Sana.") * many, municipalities=["732", "890", "047"][: many + 1]
        )
        compare_versions(stored(page), draft(page))  # content types and labels are read once
        live, changed = stored(page), draft(page)
        with CaptureQueriesContext(connection) as queries:
            compare_versions(live, changed)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_a_file_of_the_portal_may_be_named():
    picture = PictureFactory(title="Portaalin kuva", organisation=None)
    assert "Portaalin kuva" in Reader(None).named(picture)
