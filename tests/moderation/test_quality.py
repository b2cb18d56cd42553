"""What the checks before submission find, and what they leave alone."""

import pytest

from site_core.moderation.actions import copy_for_translation
from site_core.moderation.quality import check_page
from tests.factories.media import PictureFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.pages import (
    PHONE,
    NewsPageFactory,
    OrganisationPageFactory,
    ServicePageFactory,
    TrainingPageFactory,
    body,
    stored,
)
from tests.moderation.conftest import write

pytestmark = pytest.mark.django_db

PLACE = {"type": "in_person", "value": {"street": "", "postal_code": "", "town": "Inari"}}
LINK = {"type": "e_service", "value": {"url": "https://example.org/asiointi"}}
NOWHERE = {"type": "phone", "value": {"number": ""}}
LONG = (
    "Me autamme kun et tiedä mistä aloittaa tai kenelle soittaa jos tarvitset apua nyt heti tänään."
)


def found(page, **fields) -> set[tuple[str, str, str]]:
    """Level, field and code of what is found once the fields are set."""
    for name, value in fields.items():
        setattr(page, name, value)
    return {(str(each.level), each.field, each.code) for each in check_page(page)}


@pytest.fixture
def service(rounds):
    return write(rounds.home, "Neuvonta")


def test_a_page_in_order_is_left_alone(service):
    assert found(service) == set()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"title": "a" * 101}, ("error", "title", "too_long")),
        ({"summary": ""}, ("error", "summary", "empty")),
        ({"short": ""}, ("error", "short", "empty")),
        ({"body": body("Apua. " * 420)}, ("error", "body", "too_long")),
        ({"channels": []}, ("error", "channels", "no_channel")),
        ({"channels": [NOWHERE]}, ("error", "channels", "no_action")),
        ({"kind": "volunteer", "channels": [LINK]}, ("error", "channels", "no_contact")),
        ({"channels": [LINK]}, ("error", "channels", "no_contact")),
        ({"short": LONG}, ("hint", "short", "long_sentence")),
        ({"short": "Päihdekuntoutusohjaaja auttaa."}, ("hint", "short", "long_words")),
        ({"body": body("Apua haetaan lomakkeella.")}, ("hint", "body", "passive")),
        ({"summary": "Palvelemme Rovanniemellä."}, ("hint", "summary", "place_name")),
    ],
)  # fmt: skip
def test_one_thing_wrong_is_found_alone(portal, fields, expected):
    service = ServicePageFactory(title="Neuvonta")
    assert found(service, **fields) == {expected}


def test_the_description_of_a_news_item_may_be_long(rounds):
    page = NewsPageFactory(parent=rounds.home, title="Uutinen")
    assert found(page, body=body("Apua saa. " * 400)) == {("error", "", "no_contact")}
    rounds.a.phone = "040 123 4567"
    rounds.a.save()
    assert found(page) == set()


def test_hints_look_at_the_beginning_of_a_text_of_any_length(portal):
    news = NewsPageFactory(title="Uutinen")
    told = "Apua haetaan Rovanniemellä."
    codes = {code for _level, _field, code in found(news, body=body("Apua saa. " * 900 + told))}
    assert {"passive", "place_name"} <= codes
    assert not {"passive", "place_name"} & {
        code for _level, _field, code in found(news, body=body("Apua saa. " * 1100 + told))
    }


def test_a_contact_on_the_organisations_page_serves_its_courses(rounds):
    page = TrainingPageFactory(parent=rounds.home)
    assert found(page) == {("error", "", "no_contact")}
    rounds.home.channels = [PHONE]
    rounds.home.save_revision().publish()
    assert found(stored(page)) == set()


def test_an_address_in_a_confidential_service(service):
    codes = found(
        service,
        confidential=True,
        summary="Rovakatu 3.",
        channels=[PHONE, PLACE],
        body=body("Apua."),
    )
    assert ("error", "summary", "confidential_address") in codes
    assert ("error", "channels", "confidential_address") in codes


def test_the_same_name_twice_in_one_organisation(rounds, service):
    twin = write(rounds.home, "neuvonta")
    assert found(twin) == {("hint", "title", "double_draft")}
    service.save_revision().publish()
    assert found(twin) == {("error", "title", "double")}
    other = write(OrganisationPageFactory(organisation=OrganisationFactory()), "Neuvonta")
    assert found(other) == set()


def test_the_picture_is_described_or_decoration(rounds, service):
    picture = PictureFactory(alt_text="Kaksi ihmistä pöydän ääressä.")
    assert found(service, picture=picture) == set()
    picture.alt_text = ""
    assert found(service) == {("error", "picture_alt", "alt_text")}
    assert found(service, picture_alt="Lumista metsää.") == set()
    picture.is_decorative = True
    assert found(service, picture_alt="") == set()


def test_a_translation_says_in_its_own_language_what_the_picture_shows(rounds, service):
    service.picture = PictureFactory(alt_text="Kaksi ihmistä pöydän ääressä.")
    service.save_revision()
    swedish = copy_for_translation(service, "sv", rounds.colleague)
    swedish.summary = ""
    assert ("hint", "picture_alt", "alt_text_language") in found(swedish)
    assert not {each for each in found(swedish) if each[0] == "error"}


def test_hard_swedish_is_told_by_its_lix(rounds):
    page = write(OrganisationPageFactory(organisation=rounds.a, language="sv"), "Rådgivning")
    hard = "Socialförvaltningens handläggningsprocesser förutsätter utredningar. " * 10
    assert ("hint", "body", "lix") in found(page, body=body(hard))
    assert ("hint", "body", "lix") not in found(
        page, body=body("Vi hjälper dig. Ring oss nu. " * 9)
    )


def test_messages_are_whole_sentences_with_their_values(service):
    service.title = "a" * 101
    (finding,) = check_page(service)
    assert "101" in str(finding)
    assert "100" in str(finding)
