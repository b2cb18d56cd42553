"""What pages of services and organisations lead on to, and what professionals get."""

import pytest
from django.utils.html import escape

from search.models import Entry
from tests.factories.pages import (
    PHONE,
    NewsPageFactory,
    OrganisationPageFactory,
    ServicePageFactory,
    ServicePointPageFactory,
    TrainingPageFactory,
)
from tests.support.pages import save_page

pytestmark = pytest.mark.django_db

VIDEO = {"type": "video", "value": {"url": "https://example.org/etana"}}
JOIN = "/fi/search/?kind=service_point"


def html_of(client, page) -> str:
    return client.get(Entry.objects.get(page_id=page.pk).path).content.decode()


def test_a_remote_service_can_be_joined_from_the_points_of_its_municipalities(portal, client):
    here = ServicePageFactory(channels=[VIDEO], municipalities=["732", "890"])
    everywhere = ServicePageFactory(channels=[VIDEO], municipalities=[], coverage="remote")
    by_phone = ServicePageFactory(channels=[PHONE], municipalities=["890"])
    point = ServicePointPageFactory(channels=[VIDEO])
    assert f'class="act" href="{JOIN}&amp;municipality=732&amp;municipality=890"' in html_of(
        client, here
    )
    assert f'class="act" href="{JOIN}"' in html_of(client, everywhere)
    assert 'class="act" href="/fi/search/' not in html_of(client, by_phone)
    assert 'class="act" href="/fi/search/' not in html_of(client, point)


def test_an_organisation_shows_all_it_offers_by_kind_with_counts(portal, client):
    home = OrganisationPageFactory()
    for number in range(2):
        ServicePageFactory(parent=home, title=f"Palvelu {number}")
    ServicePageFactory(parent=home, kind="activity", title="Kerho")
    ServicePointPageFactory(parent=home, title="Piste")
    TrainingPageFactory(parent=home, title="Kurssi")
    NewsPageFactory(parent=home, title="Uutinen")
    ServicePageFactory(title="Toisen")
    ServicePageFactory(parent=home, title="Luonnos", live=False)
    response = client.get(Entry.objects.get(page_id=home.pk).path)
    save_page("organisation", response.content)
    offered = [(offer.entries[0].kind, len(offer.entries)) for offer in response.context["offered"]]
    assert sorted(offered) == [
        ("activity", 1),
        ("news", 1),
        ("service", 2),
        ("service_point", 1),
        ("training", 1),
    ]
    assert offered[0] == ("service", 2)
    assert '<span class="of">(2)</span>' in response.content.decode()
    assert "<dt>Tiedot vahvistettu</dt>" in response.content.decode()


def test_professionals_have_a_section_of_their_own(portal, client):
    ServicePageFactory(title="Asukkaille")
    page = ServicePageFactory(
        title="Konsultaatio",
        audience="professionals",
        referral_for="Ikääntyneet asiakkaat.",
        referral_how="Täytä lähete.",
        referral_reply="Kahdessa päivässä.",
    )
    response = client.get("/fi/search/?audience=professionals")
    listing = response.context["listing"]
    assert [card.title.text for card in listing.cards] == ["Konsultaatio"]
    assert listing.heading.text != client.get("/fi/search/").context["listing"].heading.text
    assert escape(listing.lead.text) in response.content.decode()
    assert client.get("/fi/search/").context["listing"].lead is None
    html = html_of(client, page)
    for words in ("Ikääntyneet asiakkaat.", "Täytä lähete.", "Kahdessa päivässä."):
        assert words in html
