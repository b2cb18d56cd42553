"""The author's list: what is hers, where it stands, and nothing of anybody else's."""

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from site_core.feedback.models import Feedback
from site_core.moderation.models import Standing
from site_core.moderation.states import PageState
from site_core.organisations.models import Organisation
from tests.desk.conftest import SERVICE, desk_of, sent
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.pages import (
    NewsPageFactory,
    OrganisationPageFactory,
    ServicePageFactory,
    ServicePointPageFactory,
    TrainingPageFactory,
)
from tests.organisations.conftest import memberships_in

pytestmark = pytest.mark.django_db

ON_A_PAGE = ("desk_edit", "desk_preview", "desk_languages", "desk_delete")
DEEDS = ("desk_edit", "desk_take_back", "desk_confirm", "desk_delete", "desk_languages")


def text_of(answer):
    return answer.content.decode()


def listed(client, **query):
    return text_of(client.get(reverse("desk_entries"), query))


@pytest.mark.leak
def test_the_list_and_the_forms_show_nothing_of_another_organisation(desk, home, foreign):
    live = ServicePageFactory(title="Canary open", parent=foreign.get_parent(), live=True)
    ServicePageFactory(parent=home, title="Oma palvelu")
    Feedback.objects.create(
        kind=Feedback.Kind.WRONG_INFORMATION,
        organisation=OrganisationFactory(),
        language="fi",
        text="Canary feedback",
        received_at=timezone.now(),
        due_at=timezone.now(),
    )
    other = foreign.get_parent().specific.organisation
    for path in (
        reverse("desk_entries"),
        reverse("desk_entries") + f"?organisation={other.pk}",
        *(reverse("desk_new", args=[code]) for code in ("service", "training", "news")),
    ):
        answer = desk.get(path)
        assert answer.status_code == 200
        assert "Canary" not in text_of(answer), path
    for page in (foreign, live, foreign.get_parent()):
        for name in ON_A_PAGE:
            answer = desk.get(reverse(name, args=[page.pk]))
            assert answer.status_code == 404, name
            assert "Canary" not in text_of(answer)


@pytest.mark.permission
@pytest.mark.parametrize("name", DEEDS)
def test_nothing_can_be_done_to_what_is_foreign_or_not_there(name, desk, foreign):
    before = Page.objects.get(pk=foreign.pk)
    for pk in (foreign.pk, foreign.get_parent().pk, 10**9, 1):
        fields = sent(foreign, **SERVICE | {"title": "Taken over", "language": "sv"})
        assert desk.post(reverse(name, args=[pk]), fields).status_code == 404
    after = Page.objects.get(pk=foreign.pk)
    assert (after.latest_revision_id, after.draft_title) == (
        before.latest_revision_id,
        before.draft_title,
    )


@pytest.mark.permission
@pytest.mark.parametrize(
    "query",
    ["organisation={other}", "copy={foreign}", "copy=x", "language=se", "organisation=x"],
)
def test_forged_ids_in_a_new_form_are_404(query, desk, foreign):
    other = foreign.get_parent().specific.organisation
    filled = query.format(other=other.pk, foreign=foreign.pk)
    address = reverse("desk_new", args=["service"])
    assert desk.get(f"{address}?{filled}").status_code == 404
    name, _, value = filled.partition("=")
    pages = Page.objects.count()
    assert desk.post(address, {**SERVICE, name: value}).status_code == 404
    assert Page.objects.count() == pages
    assert desk.get(reverse("desk_new", args=["organisation"])).status_code == 404


@pytest.mark.permission
def test_who_is_no_member_finds_no_desk(foreign, portal):
    ended = MembershipFactory(is_active=False, organisation=OrganisationFactory()).user
    paused = MembershipFactory(
        organisation=OrganisationFactory(state=Organisation.State.SUSPENDED)
    ).user
    for person in (ended, paused):
        for name in ("desk_edit", "desk_preview"):
            assert desk_of(person).get(reverse(name, args=[foreign.pk])).status_code == 404
        assert desk_of(person).get(reverse("desk_entries")).status_code == 404
    for name in ("desk_entries",):
        assert Client().get(reverse(name)).status_code == 302


@pytest.mark.permission
def test_deeds_are_posts_with_a_token(desk, author, home):
    page = ServicePageFactory(parent=home)
    for name in ("desk_take_back", "desk_confirm"):
        assert desk.get(reverse(name, args=[page.pk])).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(author)
    answer = strict.post(reverse("desk_new", args=["service"]), SERVICE)
    assert answer.status_code == 403


def test_every_kind_of_entry_is_listed_with_the_organisations_own_page(desk, home):
    ServicePageFactory(parent=home, title="Palvelu yksi")
    ServicePageFactory(parent=home, title="Tehtävä", kind="volunteer", live=False)
    NewsPageFactory(parent=home, title="Uutinen yksi")
    TrainingPageFactory(parent=home, title="Kurssi yksi")
    point = ServicePointPageFactory(parent=home, title="Piste")
    text = listed(desk)
    for title in ("Palvelu yksi", "Tehtävä", "Uutinen yksi", "Kurssi yksi", "Piste"):
        assert title in text
    assert text.count('<li class="card">') == 6
    assert f'href="{reverse("desk_edit", args=[home.pk])}"' in text
    assert reverse("wagtailadmin_pages:edit", args=[point.pk]) in text


def test_a_draft_says_what_is_missing_and_a_hidden_entry_asks_first(desk, home):
    hidden = ServicePageFactory(parent=home, title="Piilossa")
    ServicePageFactory(parent=home, title="Kesken", short="", channels=[], live=False)
    Standing.objects.update_or_create(page_id=hidden.pk, defaults={"hidden_at": timezone.now()})
    answer = desk.get(reverse("desk_entries"))
    first, second, *_home = answer.context["rows"]
    assert (first.page.pk, first.state, first.to_confirm) == (hidden.pk, PageState.HIDDEN, True)
    assert second.state == PageState.DRAFT
    assert len(second.missing) == 2
    assert reverse("desk_confirm", args=[hidden.pk]) in text_of(answer)


def test_an_old_entry_asks_to_be_confirmed(desk, home):
    page = ServicePageFactory(parent=home)
    row = desk.get(reverse("desk_entries")).context["rows"][0]
    assert not row.to_confirm
    old = timezone.localdate() - timedelta(days=181)
    Standing.objects.update_or_create(page_id=page.pk, defaults={"last_confirmed": old})
    assert desk.get(reverse("desk_entries")).context["rows"][0].to_confirm
    desk.post(reverse("desk_confirm", args=[page.pk]))
    assert not desk.get(reverse("desk_entries")).context["rows"][0].to_confirm


def test_place_in_the_queue_and_usual_wait(desk, author, home, monkeypatch):
    from site_core.desk.authors import entries

    page = ServicePageFactory(parent=home, live=False)
    page.get_workflow().start(page, author)
    text = listed(desk)
    row = desk.get(reverse("desk_entries")).context["rows"][0]
    assert (row.state, row.place, row.total) == (PageState.IN_REVIEW, 1, 1)
    assert desk.get(reverse("desk_entries")).context["wait"] is None
    monkeypatch.setattr(entries, "usual_wait", lambda now: timedelta(days=2, hours=3))
    wait = desk.get(reverse("desk_entries")).context["wait"]
    assert "2" in wait.text
    assert row.next_step.text in unescape(text)


def test_feedback_about_ones_own_page_waits_here(desk, organisation):
    Feedback.objects.create(
        kind=Feedback.Kind.WRONG_INFORMATION,
        organisation=organisation,
        language="fi",
        text="Numero on vaihtunut.",
        received_at=datetime(2026, 11, 1, tzinfo=UTC),
        due_at=datetime(2026, 11, 15, tzinfo=UTC),
    )
    assert "Numero on vaihtunut." in listed(desk)


def test_several_organisations_are_named_and_narrowed(desk, author, home):
    other = MembershipFactory(user=author, organisation__name="Toinen ry").organisation
    ServicePageFactory(parent=home, title="Ensimmäisen palvelu")
    ServicePageFactory(parent=OrganisationPageFactory(organisation=other), title="Toisen palvelu")
    text = listed(desk)
    assert "Ensimmäisen palvelu" in text
    assert "Toisen palvelu" in text
    assert "Toinen ry" in text
    narrowed = listed(desk, organisation=other.pk)
    assert "Ensimmäisen palvelu" not in narrowed
    assert "Toisen palvelu" in narrowed


def test_long_lists_come_in_pages(desk, home):
    for number in range(21):
        ServicePageFactory(parent=home, title=f"Palvelu {number:02}", live=False)
    assert listed(desk).count('<li class="card">') == 20
    assert listed(desk, page=2).count('<li class="card">') == 2
    assert listed(desk, page="x").count('<li class="card">') == 20


def test_in_another_language(desk, home, author):
    page = ServicePageFactory(parent=home, title="Neuvonta")
    address = reverse("desk_languages", args=[page.pk])
    assert 'value="fi"' not in text_of(desk.get(address))
    assert desk.post(address, {"language": "xx"}).status_code == 200
    answer = desk.post(address, {"language": "sv"})
    (made,) = Page.objects.filter(translation_key=page.translation_key, locale__language_code="sv")
    assert answer.url == reverse("desk_edit", args=[made.pk])
    assert not made.live
    assert desk.get(answer.url).status_code == 200
    assert desk.post(address, {"language": "sv"}).url == answer.url


class TestQueries:
    """The same number for a member of 1, 20 and 200 organisations, and for one entry or many."""

    SIZES = (1, 20, 200)

    @pytest.fixture
    def people(self, portal):
        found = {}
        for size in self.SIZES:
            person = memberships_in(size)
            home = (
                person.memberships.order_by("pk")
                .first()
                .organisation.pages.get(locale__language_code="fi")
            )
            home = Page.objects.get(pk=home.pk).specific
            pages = [ServicePageFactory(parent=home, live=False) for _number in range(4)]
            found[size] = (person, home, pages)
        return found

    @staticmethod
    def counted(client, address):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    def test_no_growth_with_organisations(self, people):
        counts = {}
        for size, (person, home, pages) in people.items():
            client = desk_of(person)
            new = reverse("desk_new", args=["service"])
            for name, address in {
                "entries": reverse("desk_entries"),
                "form": reverse("desk_edit", args=[pages[0].pk]),
                "new": f"{new}?organisation={home.specific.organisation_id}&language=fi",
                "preview": reverse("desk_preview", args=[pages[0].pk]),
            }.items():
                counts.setdefault(name, {})[size] = self.counted(client, address)
        assert {name: len(set(found.values())) for name, found in counts.items()} == dict.fromkeys(
            counts, 1
        ), counts
        assert counts["entries"][200] <= 25, counts
        assert counts["form"][200] <= 75, counts

    def test_no_growth_with_entries(self, desk, home, author):
        ServicePageFactory(parent=home)
        waiting = ServicePageFactory(parent=home, live=False)
        waiting.get_workflow().start(waiting, author)
        few = self.counted(desk, reverse("desk_entries"))
        for number in range(8):
            page = ServicePageFactory(parent=home, live=False)
            if number % 2:
                page.get_workflow().start(page, author)
        assert self.counted(desk, reverse("desk_entries")) == few
