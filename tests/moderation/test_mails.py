"""One mail per person and event, on both roads, in her language, with links and nobody's data."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from site_core.moderation import actions
from site_core.outbox.models import Message
from tests.factories.pages import stored
from tests.moderation.conftest import approve, change, seen, write
from tests.organisations.conftest import posted, with_address
from tests.support.roads.steps import at

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str]]:
    """Who got which mail since it was last asked; nothing went out by another road."""
    assert mail.outbox == []
    found = Message.objects.values_list("kind", "user__username")
    pairs = sorted((kind.removeprefix("moderation_"), name) for kind, name in found)
    Message.objects.all().delete()
    return pairs


class Desk:
    """Our own actions, as the desks call them."""

    def __init__(self, rounds):
        self.rounds = rounds

    def submit(self, page):
        actions.submit(page, self.rounds.author)

    def approve(self, page, who):
        approve(page, self.rounds.people[who])

    def ask_changes(self, page, who):
        actions.ask_changes(page, self.rounds.people[who], seen(page), "facts", "Lisää hinta.")

    def reject(self, page, who):
        actions.reject(page, self.rounds.people[who], seen(page), "scope", "Tämä on mainos.")


class Admin(Desk):
    """Wagtail's buttons: those of the editor to submit, those of the dashboard to decide."""

    def submit(self, page):
        client = self.rounds.client("author")
        page = stored(page).get_latest_revision_as_object()
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        answer = client.post(address, with_address(posted(page, **{"action-submit": "1"})))
        assert answer.status_code == 302, answer.context["form"].errors

    def approve(self, page, who):
        self._press(page, who, "approve", {"comment": ""})

    def ask_changes(self, page, who):
        self._press(page, who, "reject", {"reason": "facts", "comment": "Lisää hinta."})

    def reject(self, page, who):
        self._press(page, who, "refuse", {"reason": "scope", "comment": "Tämä on mainos."})

    def _press(self, page, who, deed, data):
        state = stored(page).current_workflow_task_state
        address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, deed, state.pk])
        assert self.rounds.client(who).post(address, data).status_code == 302


@pytest.fixture(params=[Desk, Admin], ids=["desk", "admin"])
def road(request, rounds):
    return request.param(rounds)


LANGUAGE = [("to_review", "language"), ("to_review", "language2")]
CONTENT = [("to_review", "content"), ("to_review", "content2")]
RECEIPT = [("submitted", "author")]


def test_from_submission_to_publication(road, draft):
    road.submit(draft)
    assert told() == RECEIPT + LANGUAGE
    road.approve(draft, "language")
    assert told() == [("approved", "author"), *CONTENT]
    road.approve(draft, "content")
    assert told() == [("published", "author")]
    assert stored(draft).live


def test_asked_for_changes_and_submitted_again(road, draft):
    road.submit(draft)
    road.approve(draft, "language")
    told()
    road.ask_changes(draft, "content")
    assert told() == [("changes_asked", "author")]
    road.submit(draft)
    if isinstance(road, Admin):  # the form saves a revision, which the language has to be read of
        assert told() == RECEIPT + LANGUAGE
    else:
        assert told() == RECEIPT + CONTENT


def test_rejected(road, draft):
    road.submit(draft)
    told()
    road.reject(draft, "language")
    assert told() == [("rejected", "author")]
    assert stored(draft).current_workflow_state is None


def test_approved_for_a_later_day(rounds, draft):
    day = timezone.now() + timedelta(days=1)
    change(draft, by=rounds.author, go_live_at=day)
    actions.submit(draft, rounds.author)
    approve(draft, rounds.language)
    told()
    approve(draft, rounds.content)
    assert told() == [("approved", "author")]
    assert not stored(draft).live
    later = day + timedelta(minutes=1)
    with at(later):
        assert actions.publish_due(now=later)["published"] == 1
        assert told() == [("published", "author")]
        actions.publish_due(now=later)
    assert told() == []


def test_the_same_text_published_again_is_told_again(rounds, submitted):
    approve(submitted, rounds.language, rounds.content)
    stored(submitted).unpublish()
    actions.submit(submitted, rounds.author)
    approve(submitted, rounds.language, rounds.content)
    assert stored(submitted).live
    assert Message.objects.filter(kind="moderation_published").count() == 2


def test_only_who_may_decide_is_told(rounds, draft):
    for name in ("language", "content"):
        rounds.people[name].memberships.create(organisation=rounds.a)
    rounds.people["content2"].is_active = False
    rounds.people["content2"].save()
    actions.submit(draft, rounds.author)
    assert told() == [*RECEIPT, ("to_review", "language2")]
    approve(draft, rounds.language2)
    assert told() == [("approved", "author")]


def test_the_second_submission_of_the_same_sends_nothing(rounds, submitted):
    told()
    actions.submit(submitted, rounds.author)
    assert told() == []


def test_comments_send_nothing(rounds, submitted):
    told()
    actions.comment(submitted, rounds.language, "summary", "Voisiko tämän sanoa lyhyemmin?")
    assert told() == []


def test_each_in_her_language_with_links_alone(rounds):
    rounds.author.language = "sv"
    rounds.author.save()
    page = write(rounds.home, "Neuvonta", by=rounds.author)
    actions.submit(page, rounds.author)
    approve(page, rounds.language)
    actions.ask_changes(page, rounds.content, seen(page), "facts", "Soita Liisalle 040 765 4321.")
    receipt, _approved, asked = Message.objects.filter(user=rounds.author).order_by("pk")
    review = Message.objects.filter(user=rounds.content).get()
    assert (receipt.language, asked.language, review.language) == ("sv", "sv", "fi")
    assert reverse("desk_edit", args=[page.pk]) in asked.text
    waiting = page.current_workflow_state.task_states.order_by("-pk")[0]
    assert reverse("desk_review", args=[waiting.pk]) in review.html
    for message in Message.objects.all():
        for part in (message.subject, message.text, message.html):
            assert "Neuvonta" in part
            assert "Liisa" not in part
            for person in rounds.people.values():
                assert person.last_name not in part
                assert person.email not in part


@pytest.mark.leak
def test_who_has_left_hears_no_more_of_the_page(road, rounds, submitted):
    """The title of a draft is her former colleagues' alone."""
    told()
    rounds.author.memberships.update(is_active=False)
    road.ask_changes(submitted, "language")
    assert told() == []
