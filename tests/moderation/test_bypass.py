"""Roads round the workflow: each is closed, and stands open where its guard is taken out.

The control, the same road without the guard, shows that the test would notice it missing.
"""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Locale, Page, Revision, TaskState
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from services.models import ServicePage
from site_core.moderation import actions, decisions, four_eyes, tasks, translations
from site_core.moderation.errors import Refused
from site_core.moderation.setup import LANGUAGE_REVIEWERS
from site_core.organisations import rights, tester
from site_core.organisations.actions import suspend
from site_core.pages import forms
from site_core.pages import models as page_models
from tests.factories.organisations import OrganisationFactory
from tests.factories.pages import OrganisationPageFactory, stored
from tests.moderation.conftest import approve, change, seen, write
from tests.organisations.conftest import posted
from tests.support.roads.steps import at

pytestmark = [pytest.mark.django_db, pytest.mark.bypass]

EVERYONE_MAY = lambda *args: True  # noqa: E731 - what stands where a guard was
NOBODY_IS = lambda *args: False  # noqa: E731


@pytest.fixture(params=[True, False], ids=["guarded", "control"])
def guarded(request) -> bool:
    return request.param


@pytest.fixture
def without(guarded, monkeypatch):
    """Takes a guard out in the control: a module or class, its name there, what stands instead."""

    def take_out(*changes):
        for place, name, instead in () if guarded else changes:
            monkeypatch.setattr(place, name, instead)

    return take_out


DIRECT = (tester, "is_reviewed", NOBODY_IS)
FOUR_EYES = (four_eyes, "may_decide", EVERYONE_MAY)
TURNS = (four_eyes, "decidable", lambda user, waiting, task: waiting)
LAST_WORD = (four_eyes, "may_approve", EVERYONE_MAY)


def edit(client, page, **fields):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), posted(page, **fields))


def bulk(client, page, **data):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return client.post(f"{address}?id={page.pk}", data)


def press(client, page, deed="approve"):
    """The button of the step on Wagtail's dashboard."""
    state = stored(page).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, deed, state.pk])
    return client.post(address, {"comment": ""})


def is_public(page) -> bool:
    return Page.objects.get(pk=page.pk).live


def latest(page) -> ServicePage:
    return stored(page).get_latest_revision_as_object()


def passed(page) -> int:
    """How many steps have been approved."""
    return TaskState.objects.for_instance(page).filter(status=TaskState.STATUS_APPROVED).count()


# Publishing without the workflow.


def test_a_members_publish_button(rounds, draft, guarded, without):
    without((rights, "MEMBER_ACTIONS", frozenset({"add", "change", "publish"})), DIRECT)
    edit(rounds.client("author"), draft, **{"action-publish": "1"})
    assert is_public(draft) is not guarded


@pytest.mark.parametrize("who", ["editor", "root"])
def test_the_publish_button_of_staff(rounds, draft, guarded, without, who):
    without(DIRECT)
    edit(rounds.client(who), draft, short="Toimituksen teksti.", **{"action-publish": "1"})
    assert is_public(draft) is not guarded


@pytest.mark.parametrize("who", ["editor", "root"])
def test_publishing_a_new_page_at_once(rounds, draft, guarded, without, who):
    without(DIRECT)
    address = reverse("wagtailadmin_pages:add", args=["services", "servicepage", rounds.home.pk])
    data = posted(draft, title="Toinen", slug="toinen", **{"action-publish": "1"})
    rounds.client(who).post(address, data)
    assert is_public(ServicePage.objects.get(slug="toinen")) is not guarded


def test_bulk_publishing(rounds, draft, guarded, without):
    without(DIRECT)
    bulk(rounds.client("editor"), draft)
    assert is_public(draft) is not guarded


def test_bulk_publishing_from_above(rounds, draft, guarded, without):
    without(DIRECT)
    index = Page.objects.get(pk=rounds.home.get_parent().pk)
    bulk(rounds.client("editor"), index, include_descendants="on")
    assert is_public(draft) is not guarded


@pytest.mark.parametrize("kind", ["publish_copies", "alias"])
def test_a_published_copy(rounds, live, guarded, without, kind):
    without(DIRECT)
    rounds.client("editor").post(
        reverse("wagtailadmin_pages:copy", args=[live.pk]),
        {
            "new_title": "Ei kukaan lukenut tätä",
            "new_slug": "kopio",
            "new_parent_page": rounds.home.pk,
            kind: "on",
        },
    )
    assert Page.objects.filter(slug="kopio", live=True).exists() is not guarded


@pytest.fixture
def swedish(rounds):
    """A Swedish version that wagtail-localize keeps in step with a live page of A."""
    OrganisationPageFactory(organisation=rounds.a, language="sv")
    page = write(rounds.home, "Käännettävä", by=rounds.author, live=True, channels=[])
    locale = Locale.objects.get(language_code="sv")
    translate_object(page, [locale])
    Translation.objects.update(enabled=True)
    return page.get_translation(locale)


def test_converting_a_translation_to_an_alias(rounds, swedish, guarded, without):
    without(DIRECT)
    rounds.client("editor").post(reverse("wagtail_localize:convert_to_alias", args=[swedish.pk]))
    assert (stored(swedish).alias_of_id is not None) is not guarded


def test_publishing_by_an_update_of_translations(
    rounds, swedish, guarded, without, django_capture_on_commit_callbacks
):
    without(DIRECT)
    source = TranslationSource.objects.get(object_id=swedish.translation_key)
    address = reverse("wagtail_localize:update_translations", args=[source.pk])
    with django_capture_on_commit_callbacks(execute=True):
        rounds.client("editor").post(address, {"publish_translations": "on"})
    assert is_public(swedish) is not guarded


def test_moving_public_text_under_an_organisation(rounds, guarded, without):
    without((tester.MembershipPermissionTester, "_would_publish_in", NOBODY_IS))
    portal = OrganisationFactory(name="Portal", is_portal=True)
    page = write(OrganisationPageFactory(organisation=portal), "Toimituksen oma", live=True)
    rounds.client("editor").post(
        reverse("wagtailadmin_pages:move_confirm", args=[page.pk, rounds.home.pk])
    )
    assert stored(page).is_descendant_of(rounds.home) is not guarded


def test_a_scheduled_draft_waits_for_approval(rounds, draft, guarded):
    soon = timezone.now() + timedelta(minutes=1)
    change(draft, by=rounds.author, go_live_at=soon)
    if not guarded:  # what an approval writes
        Revision.objects.filter(pk=seen(draft)).update(approved_go_live_at=soon)
    later = soon + timedelta(minutes=1)
    with at(later):
        actions.publish_due(now=later)
    assert is_public(draft) is not guarded


# Approving what is one's own.


def test_approving_ones_own_submission(rounds, draft, guarded, without):
    without(FOUR_EYES)
    rounds.editor.groups.add(Group.objects.get(name=LANGUAGE_REVIEWERS))
    actions.submit(draft, rounds.editor)
    press(rounds.client("editor"), draft)
    assert bool(passed(draft)) is not guarded


def test_a_superuser_approving_her_own_submission(rounds, draft, guarded, without):
    without(FOUR_EYES)
    actions.submit(draft, rounds.root)
    press(rounds.client("root"), draft)
    assert bool(passed(draft)) is not guarded


def test_approving_a_page_of_ones_own_organisation(rounds, submitted, guarded, without):
    without(FOUR_EYES)
    rounds.colleague.groups.add(Group.objects.get(name=LANGUAGE_REVIEWERS))
    press(rounds.client("colleague"), submitted)
    assert bool(passed(submitted)) is not guarded


def test_a_member_sees_no_page_of_her_own_in_her_queue(rounds, submitted, guarded, without):
    without((four_eyes, "branches_of_member", lambda user: []))
    rounds.colleague.groups.add(Group.objects.get(name=LANGUAGE_REVIEWERS))
    turn = TaskState.objects.reviewable_by(rounds.colleague)
    assert turn.exists() is not guarded


def test_the_last_approval_of_ones_own_text(rounds, submitted, guarded, without):
    without(LAST_WORD)
    both = rounds.content2
    both.groups.add(Group.objects.get(name=LANGUAGE_REVIEWERS))
    approve(submitted, rounds.language)
    change(submitted, by=both, short="Hänen oma tekstinsä.")
    approve(submitted, both)  # another step has to read it after her
    if guarded:
        with pytest.raises(PermissionDenied):
            approve(submitted, both)
    else:
        approve(submitted, both)
    assert is_public(submitted) is not guarded


# Skipping a step.


def test_the_content_check_before_the_language_check(rounds, submitted, guarded, without):
    without(FOUR_EYES, TURNS)
    press(rounds.client("content"), submitted)
    assert bool(passed(submitted)) is not guarded


def test_changed_text_after_a_rejection_skips_no_step(rounds, submitted, guarded, settings):
    settings.WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = guarded
    approve(submitted, rounds.language)
    actions.ask_changes(submitted, rounds.content, seen(submitted), "facts", "Lisää hinta.")
    change(submitted, by=rounds.author, short="Aivan uusi teksti.")
    actions.submit(submitted, rounds.author)
    step = stored(submitted).current_workflow_task
    assert isinstance(step, tasks.LanguageReview) is guarded


NOTHING_KEPT = (page_models, "is_kept", NOBODY_IS)


def test_overwriting_the_revision_a_step_has_approved(rounds, submitted, guarded, without):
    """As the editor's autosave does: the number stays, so the approval would."""
    without(NOTHING_KEPT)
    approve(submitted, rounds.language)
    old = seen(submitted)
    actions.ask_changes(submitted, rounds.content, old, "facts", "Lisää hinta.")
    new = {"short": "Aivan uusi teksti.", "overwrite_revision_id": old}
    edit(rounds.client("author"), latest(submitted), **new)
    assert latest(submitted).short == "Aivan uusi teksti."
    stored(submitted).current_workflow_state.resume(user=rounds.author)
    step = stored(submitted).current_workflow_task
    assert isinstance(step, tasks.LanguageReview) is guarded


def test_overwriting_the_revision_a_reviewer_reads(rounds, submitted, guarded, without):
    without(NOTHING_KEPT)
    change(submitted, by=rounds.language2, short="Luettu teksti.")
    old = seen(submitted)
    new = {"short": "Toinen teksti.", "overwrite_revision_id": old}
    edit(rounds.client("language2"), latest(submitted), **new)
    assert latest(submitted).short == "Toinen teksti."
    if guarded:
        with pytest.raises(decisions.Stale):
            actions.approve(submitted, rounds.language, old)
    else:
        actions.approve(submitted, rounds.language, old)
    assert bool(passed(submitted)) is not guarded


def core_start(self, workflow_state, user=None):
    """How Wagtail begins a step: the one that was rejected, whatever came before it."""
    return GroupApprovalTask.start(self, workflow_state, user=user)


def test_a_step_is_not_taken_up_before_an_earlier_one(rounds, submitted, guarded, without):
    without((tasks.FourEyes, "start", core_start))
    approve(submitted, rounds.language)
    actions.ask_changes(submitted, rounds.content, seen(submitted), "facts", "Lisää hinta.")
    change(submitted, by=rounds.author, short="Aivan uusi teksti.")
    actions.submit(submitted, rounds.author)
    step = stored(submitted).current_workflow_task
    assert isinstance(step, tasks.LanguageReview) is guarded


def test_text_changed_between_the_steps_is_read_again(
    rounds, submitted, guarded, without, settings
):
    without(LAST_WORD)
    settings.WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = guarded
    approve(submitted, rounds.language)
    edit(rounds.client("content"), latest(submitted), short="Moderaattorin teksti.")
    approve(submitted, rounds.content)
    assert is_public(submitted) is not guarded


def test_approving_unseen_text(rounds, submitted, guarded):
    old = seen(submitted)
    change(submitted, by=rounds.language2, short="Toisen tarkastajan teksti.")
    if not guarded:
        old = seen(submitted)
    try:
        actions.approve(submitted, rounds.language, old)
    except decisions.Stale:
        assert guarded
    assert bool(passed(submitted)) is not guarded


# Changing the text while it is read.


def test_the_author_edits_while_it_is_read(rounds, submitted, guarded, without):
    without((tasks.FourEyes, "locked_for_user", NOBODY_IS))
    edit(rounds.client("author"), submitted, short="Muutettu kesken.")
    assert (latest(submitted).short == "Muutettu kesken.") is not guarded


def test_a_superuser_with_a_part_in_it_edits_while_it_is_read(rounds, draft, guarded, without):
    without((tasks.FourEyes, "locked_for_user", NOBODY_IS))
    actions.submit(draft, rounds.root)
    edit(rounds.client("root"), draft, short="Muutettu kesken.")
    assert (latest(draft).short == "Muutettu kesken.") is not guarded


def test_reverting_while_it_is_read(rounds, draft, guarded, without):
    without((tasks.FourEyes, "locked_for_user", NOBODY_IS))
    first = seen(draft)
    change(draft, by=rounds.author, short="Uudempi.")
    actions.submit(draft, rounds.author)
    address = reverse("wagtailadmin_pages:revisions_revert", args=[draft.pk, first])
    rounds.client("author").post(address, posted(draft))
    assert (seen(draft) != stored(draft).current_workflow_task_state.revision_id) is not guarded


def test_a_reviewer_out_of_turn_edits(rounds, submitted, guarded, without):
    without(FOUR_EYES, TURNS)
    edit(rounds.client("content"), submitted, short="Väärällä vuorolla.")
    assert (latest(submitted).short == "Väärällä vuorolla.") is not guarded


def test_publishing_what_waits(rounds, submitted, guarded, without):
    without(DIRECT, (tasks.FourEyes, "locked_for_user", NOBODY_IS))
    edit(rounds.client("editor"), submitted, **{"action-publish": "1"})
    assert is_public(submitted) is not guarded


def test_changing_a_translations_texts_while_they_are_read(rounds, swedish, guarded, without):
    without((translations, "refuse_locked", NOBODY_IS))
    state = stored(swedish).get_workflow().start(stored(swedish), rounds.author)
    assert state.current_task_state.status == TaskState.STATUS_IN_PROGRESS
    translation = Translation.objects.get()
    segment = translation.source.stringsegment_set.order_by("pk").first()
    rounds.client("author").put(
        reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk]),
        "value=Muutettu+kesken",
        content_type="application/x-www-form-urlencoded",
    )
    changed = StringTranslation.objects.filter(data="Muutettu kesken").exists()
    assert changed is not guarded


# Other gates.


def test_approving_for_a_suspended_organisation(rounds, submitted, guarded, without):
    without((decisions, "require_active_organisation", NOBODY_IS))
    approve(submitted, rounds.language)
    suspend(rounds.a)
    if guarded:
        with pytest.raises(Refused):
            approve(submitted, rounds.content)
    else:
        approve(submitted, rounds.content)
    assert is_public(submitted) is not guarded


def test_errors_stop_submission_in_the_admin_too(rounds, draft, guarded, without):
    without((forms, "check_page", lambda *args, **kwargs: []))
    answer = edit(rounds.client("author"), draft, **{"action-submit": "1"})
    assert stored(draft).workflow_in_progress is not guarded
    assert "channels" in answer.context["form"].errors if guarded else answer.status_code == 302
