"""What is done to a draft: sent, taken back, looked at, deleted, vouched for."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, Page, TaskState, WorkflowState

from site_core.desk.authors import actions
from site_core.desk.authors.forms import form_for
from site_core.desk.authors.kinds import KINDS
from site_core.moderation import actions as moderation
from site_core.moderation.models import Decision
from site_core.moderation.setup import LANGUAGE_REVIEWERS
from tests.desk.conftest import SERVICE, latest, made, sent
from tests.desk.onboarding.conftest import in_group
from tests.factories.pages import (
    ServicePageFactory,
    publish,
    stored,
    translate,
)

pytestmark = pytest.mark.django_db


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


@pytest.mark.race
def test_what_was_asked_meanwhile_is_not_lost_by_taking_it_back(desk):
    page, _answer = made(desk)
    desk.post(reverse("desk_edit", args=[page.pk]), sent(page, **SERVICE, deed="submit"))
    assert "said-once" in desk.get(reverse("desk_edit", args=[page.pk])).content.decode()
    seen, reviewer = stored(page).latest_revision_id, in_group(LANGUAGE_REVIEWERS)
    moderation.ask_changes(stored(page), reviewer, seen, "facts", "Lisää hinta.")
    answer = desk.post(reverse("desk_take_back", args=[page.pk]), follow=True)
    assert "Lisää hinta." in answer.content.decode()
    assert "said-once" not in answer.content.decode()
    assert stored(page).current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES


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
        lambda: actions.save_draft(form, foreign, by=author, **sent(foreign)),
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


def test_a_translation_leads_to_its_original(desk, home):
    page = ServicePageFactory(parent=home)
    swedish = translate(page, "sv", live=False)
    text = desk.get(reverse("desk_edit", args=[swedish.pk])).content.decode()
    assert reverse("desk_preview", args=[page.pk]) in text


def test_an_absurd_id_is_404(desk):
    assert desk.get(f"/desk/entries/{10**30}/").status_code == 404
    assert desk.get(reverse("desk_new", args=["service"]) + f"?copy={10**18}").status_code == 404
