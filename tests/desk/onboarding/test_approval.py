"""Approval makes all an organisation needs, whole or not at all, once, and no rights rows."""

from unittest import mock

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    ModelLogEntry,
    PageLogEntry,
)

from services.models import OrganisationPage
from site_core.desk.onboarding import actions
from site_core.desk.onboarding.actions import SettledError
from site_core.desk.onboarding.models import Application
from site_core.organisations.models import Membership, Organisation
from site_core.outbox.models import Message
from tests.desk.onboarding.joining import (
    GOOD_ID,
    OTHER_ID,
    kinds_sent,
    link_in,
    organisation,
    visitor,
    waiting,
)
from tests.desk.together import together
from tests.factories.organisations import PersonFactory

pytestmark = pytest.mark.django_db
RIGHTS_ROWS = (
    Group,
    Permission,
    Collection,
    GroupPagePermission,
    GroupCollectionPermission,
    get_user_model().groups.through,
    get_user_model().user_permissions.through,
)


def counts() -> list[int]:
    return [model.objects.count() for model in RIGHTS_ROWS]


def made() -> list[int]:
    """How much of what an approval makes is there."""
    return [
        Organisation.objects.filter(is_portal=False).count(),
        Membership.objects.count(),
        OrganisationPage.objects.filter(organisation__is_portal=False).count(),
        Message.objects.filter(kind="join_approved").count(),
        Application.objects.filter(state="approved").count(),
    ]


def approve(sent: Application, by):
    return actions.approve(sent, by=by, seen=sent.version)


def test_an_approval_makes_all_and_no_row_of_rights(moderator):
    sent, before = waiting(languages=["fi", "sv", "se"]), counts()
    result = approve(sent, moderator)
    user = result.user
    assert (user.email, user.get_full_name(), user.language, user.is_active) == (
        "aino@example.org",
        "Aino Joki",
        "fi",
        True,
    )
    assert not user.has_usable_password()
    membership = Membership.objects.get()
    assert (membership.user, membership.role) == (user, "lead")
    organisation = result.organisation
    assert (organisation.name, organisation.business_id, organisation.kind) == (
        "Jokivarren Väki ry",
        GOOD_ID,
        "association",
    )
    pages = OrganisationPage.objects.filter(organisation=organisation)
    assert {page.locale.language_code for page in pages} == {"fi", "sv", "se"}
    assert not any(page.live for page in pages)
    assert len({page.translation_key for page in pages}) == 1
    assert counts() == before
    assert kinds_sent()[-1] == "join_approved"
    kept = Application.objects.get()
    assert (kept.state, kept.settled_by, kept.organisation) == (
        "approved",
        moderator,
        organisation,
    )


def test_the_log_names_who_approved(moderator):
    approve(waiting(), moderator)
    for entries in (
        ModelLogEntry.objects.filter(action="desk.approve_application"),
        ModelLogEntry.objects.filter(action="wagtail.create", label="Jokivarren Väki ry"),
        PageLogEntry.objects.filter(action="wagtail.create", page__title="Jokivarren Väki ry"),
    ):
        assert entries.exists()
        assert {entry.user for entry in entries} == {moderator}


def test_the_new_lead_chooses_a_password_and_is_at_her_desk(moderator, client):
    approve(waiting(), moderator)
    path = link_in("join_approved", "aino@example.org")
    shown = client.get(path, follow=True)
    assert shown.status_code == 200
    words = {"new_password1": "kolme kuusta ja kelo", "new_password2": "kolme kuusta ja kelo"}
    client.post(shown.redirect_chain[-1][0], words)
    assert (
        get_user_model()
        .objects.get(email="aino@example.org")
        .check_password("kolme kuusta ja kelo")
    )


def test_somebody_with_an_account_joins_with_it(moderator):
    there = PersonFactory(email="Aino@Example.org", language="sv")
    there.set_password("oma salasana on tämä")
    there.save()
    result = approve(waiting(), moderator)
    assert (result.user, result.is_new_user) == (there, False)
    assert get_user_model().objects.get(pk=there.pk).has_usable_password()
    mail = Message.objects.latest("pk")
    assert (mail.kind, mail.language, mail.user) == ("join_welcome", "sv", there)


@pytest.mark.parametrize(
    "obstacle",
    [
        lambda: PersonFactory(email="aino@example.org", is_active=False),
        lambda: organisation("Muu", business_id=GOOD_ID),
        lambda: organisation("Jokivarren Väki ry"),
    ],
    ids=["closed account", "same id", "same name"],
)
@pytest.mark.fault
def test_what_cannot_be_approved_leaves_nothing_behind(moderator, obstacle):
    sent = waiting()
    obstacle()
    before, mails = made(), kinds_sent()
    with pytest.raises(ValidationError):
        approve(sent, moderator)
    assert (made(), kinds_sent()) == (before, mails)
    assert Application.objects.get().state == "waiting"


@pytest.mark.fault
@pytest.mark.parametrize(
    "failing",
    ["add_member", "create_organisation_page", "open_account", "messages.approved", "log"],
)
def test_an_approval_that_breaks_half_way_leaves_nothing(moderator, failing):
    sent, before = waiting(), made()
    with (
        mock.patch(f"site_core.desk.onboarding.actions.{failing}", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        approve(sent, moderator)
    assert made() == before
    assert approve(sent, moderator).is_new_user


@pytest.mark.fault
def test_the_second_moderator_is_told_that_somebody_was_faster(moderator):
    sent = waiting()
    approve(sent, moderator)
    for deed in (
        lambda: approve(sent, moderator),
        lambda: actions.reject(sent, "other", "x", by=moderator, seen=sent.version),
        lambda: actions.ask_more(sent, "x", by=moderator, seen=sent.version),
    ):
        with pytest.raises(SettledError):
            deed()
    assert made() == [1, 1, 2, 1, 1]


def test_what_changed_since_it_was_read_is_not_approved(moderator):
    sent = waiting()
    seen = sent.version
    actions.ask_more(sent, "Mikä?", by=moderator, seen=seen)
    asked = Application.objects.get()
    fields = {"name": "Aivan toinen"}
    actions.complete(asked, fields, version=asked.version)
    with pytest.raises(SettledError):
        actions.approve(asked, by=moderator, seen=seen)
    assert made()[0] == 0


def test_nobody_approves_an_application_of_her_own(moderator):
    sent = waiting(email=moderator.email.upper())
    with pytest.raises(ValidationError):
        approve(sent, moderator)
    assert made()[0] == 0


@pytest.mark.permission
@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("moderator", True),
        ("editor", True),
        ("language reviewer", False),
        ("lead", False),
        ("author", False),
        ("stranger", False),
    ],
)
def test_who_decides(people, who, may):
    by = people[who]
    for deed in (
        lambda sent: actions.ask_more(sent, "Mikä?", by=by, seen=sent.version),
        lambda sent: actions.reject(sent, "other", "x", by=by, seen=sent.version),
        lambda sent: actions.approve(sent, by=by, seen=sent.version),
    ):
        sent = waiting()
        if may:
            deed(sent)
            Application.objects.all().delete()
            continue
        with pytest.raises(PermissionDenied):
            deed(sent)
        assert Application.objects.get().state == "waiting"
        Application.objects.all().delete()


def test_what_an_approval_costs(moderator):
    costs = {}
    for languages in (["fi"], ["fi"], ["fi", "sv"], ["fi", "sv", "se"]):  # the first warms caches
        number = len(costs)
        sent = waiting(
            name="abcd"[number] * 9,
            email=f"lead{number}@example.org",
            kind="informal_group",
            languages=languages,
        )
        with CaptureQueriesContext(connection) as captured:
            approve(sent, moderator)
        costs["warm" if not costs else len(languages)] = len(captured)
    assert costs[1] <= 140
    assert max(costs[3] - costs[2], costs[2] - costs[1]) <= 80


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_approving_twice_at_once_makes_one_organisation(moderator):
    sent = waiting()
    answers = together(*[lambda: approve(sent, moderator)] * 4)
    assert sum(isinstance(answer, SettledError) for answer in answers) == 3
    assert made() == [1, 1, 2, 1, 1]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_applications_of_one_id_make_one_organisation(moderator):
    one = waiting(name="Ensimmäinen nimi", email="a@example.org")
    two = waiting(name="Kokonaan muuta", email="b@example.org")
    answers = together(lambda: approve(one, moderator), lambda: approve(two, moderator))
    assert sum(isinstance(answer, ValidationError) for answer in answers) == 1
    assert made() == [1, 1, 2, 1, 1]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_twice_at_once_is_kept_once(moderator):
    from tests.desk.onboarding.joining import FORM, filled

    sent = filled(business_id=OTHER_ID)
    answers = together(*[lambda: visitor().post(FORM, sent).status_code] * 4)
    assert answers == [303] * 4
    assert Application.objects.count() == 1
    assert kinds_sent() == ["join_confirm"]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_link_opened_twice_at_once_confirms_once(moderator):
    from tests.desk.onboarding.joining import application

    application()
    path = link_in("join_confirm")
    answers = together(*[lambda: visitor().post(path).status_code] * 4)
    assert sorted(answers) == [303, 410, 410, 410]
    assert kinds_sent().count("join_waiting") == 1
