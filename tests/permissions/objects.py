"""What lies behind the addresses: for each parameter of a route something that is there.

Pages are A's draft, where a route is about a page in its turn A's page in the language check, and
A's live page where only that has what is asked for. Pictures and attachments are A's too.
"""

import re
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Locale, Page, PageViewRestriction, Site, Task, Workflow
from wagtail_localize.models import Translation, TranslationSource

from site_core.accounts import links
from site_core.desk.onboarding import actions as joining
from site_core.desk.onboarding import purposes
from site_core.desk.onboarding.models import Application
from site_core.organisations.invitations import invite
from site_core.outbox.models import Message
from site_core.taxonomy.models import Theme
from tests.desk.onboarding.joining import application, waiting
from tests.factories.media import AttachmentFactory, PictureFactory
from tests.factories.pages import TrainingPageFactory, stored
from tests.factories.training import CourseFactory, OfferingFactory, SessionFactory
from tests.feedback.making import feedback
from tests.permissions.routes import Route
from tests.permissions.world import World
from tests.training.signups.making import join, offering_with
from training.question_actions import save_question
from training.questions import Question
from training.signups import links as signup_links
from training.signups.models import NextTime

Values = dict[str, Any]


class Objects:
    """Knows what to put into a route, from the first pattern that fits it."""

    def __init__(self, world: World) -> None:
        self.table = [
            *_vocabularies(),
            *_pages(world),
            *_files(world),
            *_admin(),
            *_desk(world),
            *_public(world),
        ]

    def values(self, route: Route) -> Values:
        """Values for all parameters of a route. Raises LookupError where there is none."""
        found: Values = {}
        for pattern, values in self.table:
            if re.search(pattern, route.text):
                found = {**values, **found}
        missing = set(route.parameters) - set(found)
        if missing:
            raise LookupError(f"{route.text}: nothing known for {sorted(missing)}")
        return found


def _pages(world: World) -> list[tuple[str, Values]]:
    draft, turn, live = (world.pages[name] for name in ("draft", "language_check", "live"))
    task_state = turn.current_workflow_task_state
    source, _made = TranslationSource.update_or_create_from_instance(stored(world.home))
    translation = Translation.objects.create(
        source=source, target_locale=Locale.objects.get(language_code="sv")
    )
    translation.save_target(publish=False)
    session = EditingSession.objects.create(
        user=world.people["admin"],
        content_object=Page.objects.get(pk=draft.pk),
        last_seen_at=draft.latest_revision_created_at,
    )
    in_turn = {
        "page_id": turn.pk,
        "task_state_id": task_state.pk,
        "task_id": task_state.task_id,
        "workflow_state_id": task_state.workflow_state_id,
        "action_name": "approve",
    }
    compare = f"/cms/pages/{draft.pk}/revisions/compare/earliest...latest/"
    return [
        (r"^cms/pages/workflow/|workflow_history/", in_turn),
        (r"revisions/compare/", {"path": compare}),
        (r"unschedule", _scheduled(world.pages["scheduled"])),
        (
            r"^cms/localize/page/.*convert_to_alias",
            {"page_id": translation.get_target_instance().pk},
        ),
        (r"^cms/pages/<int:page_id>/convert_alias/", {"page_id": draft.pk}),
        (r"^cms/pages/<int:page_id>/unpublish/", {"page_id": live.pk}),
        (r"^cms/(pages|choose-page|localize|workflows/remove)", _in_the_tree(draft, world.home)),
        (
            r"^cms/localize/",
            {
                "translation_source_id": source.pk,
                "translation_id": translation.pk,
                "string_segment_id": source.stringsegment_set.order_by("pk").first().pk,
                "overridable_segment_id": _first(source.overridablesegment_set),
                "mode": "default",
            },
        ),
        (r"^cms/api/main/.*pages/find", {"query": f"id={draft.pk}"}),
        (r"^cms/api/main/.*pages/", {"pk": draft.pk, "action_name": "copy"}),
        (r"^cms/editing-sessions/", {**ANY_PAGE, "object_id": draft.pk, "session_id": session.pk}),
        (r"^cms/bulk/", {**ANY_PAGE, "action": "delete", "query": f"id={draft.pk}"}),
    ]


ANY_PAGE: Values = {"app_label": "wagtailcore", "model_name": "page"}


def _in_the_tree(draft: Page, home: Page) -> Values:
    """The names that addresses of pages use, of a draft and of what it may be put under."""
    return {
        "page_id": draft.pk,
        "page_pk": home.pk,
        "parent_page_id": home.pk,
        "page_to_move_id": draft.pk,
        "destination_id": home.pk,
        "revision_id": draft.latest_revision_id,
        "content_type_app_name": "services",
        "content_type_model_name": "servicepage",
        "app_label": "services",
        "model_name": "servicepage",
    }


def _files(world: World) -> list[tuple[str, Values]]:
    picture = PictureFactory(organisation=world.a)
    attachment = AttachmentFactory(organisation=world.a)
    upload = {"uploaded_file_id": 0}  # nobody's: an unfinished upload has no place in a test
    return [
        (r"^cms/api/main/.*images/find", {"query": f"id={picture.pk}"}),
        (r"^cms/api/main/.*documents/find", {"query": f"id={attachment.pk}"}),
        (r"^cms/(api/main/.*)?images/", {"pk": picture.pk, "image_id": picture.pk, **upload}),
        (r"^cms/images/.*preview", {"filter_spec": "original"}),
        (
            r"^cms/(api/main/.*)?documents/",
            {"pk": attachment.pk, "document_id": attachment.pk, "doc_id": attachment.pk, **upload},
        ),
        (r"^originals/", {"name": picture.file.name}),
        (
            r"^documents/\^",
            {"path": f"/documents/{attachment.pk}/{attachment.filename}"},
        ),
    ]


def _vocabularies() -> list[tuple[str, Values]]:
    concepts = apps.get_app_config("taxonomy").get_models()
    theme = Theme.objects.order_by("pk").first()
    return [
        (
            r"^cms/localize/.*snippet",
            {"app_label": "taxonomy", "model_name": "theme", "pk": theme.pk},
        ),
        *(
            (rf"/taxonomy/{model._meta.model_name}/", {"pk": row.pk})
            for model in concepts
            if (row := model.objects.order_by("pk").first())
        ),
    ]


def _admin() -> list[tuple[str, Values]]:
    collection = Collection.get_first_root_node().add_child(name="Extra")
    redirect = Redirect.add_redirect("/vanha/", redirect_to="/fi/")
    workflow = Workflow.objects.active().first()
    message = Message.objects.order_by("pk").first()
    return [
        (r"^cms/collections/", {"pk": collection.pk, "collection_id": collection.pk}),
        (r"^cms/redirects/", {"redirect_id": redirect.pk}),
        (
            r"^cms/workflows/",
            {
                "pk": workflow.pk,
                "workflow_pk": workflow.pk,
                "task_id": workflow.tasks[0].pk,
                "app_label": "wagtailcore",
                "model_name": "groupapprovaltask",
            },
        ),
        (r"^cms/workflows/tasks/(edit|disable|enable)", {"pk": Task.objects.first().pk}),
        (r"^cms/tag-autocomplete/", {"app_name": "taggit", "model_name": "tag"}),
        (r"^cms/outbox/", {"pk": message.pk}),
        (r"^cms/locales/", {"pk": Locale.objects.get(language_code="sv").pk}),
        (r"^cms/sites/", {"pk": Site.objects.get().pk}),
        (r"^cms/groups/", {"pk": Group.objects.order_by("pk").first().pk}),
    ]


def _desk(world: World) -> list[tuple[str, Values]]:
    draft, turn = world.pages["draft"], world.pages["language_check"]
    membership = world.a.memberships.get(user=world.people["writer"])
    lead = world.people["lead_a"]
    invitation = invite(world.a, "uusi@example.org", "author", language="fi", by=lead)
    pk = {"pk": world.people["writer"].pk}
    return [
        (r"^desk/accounts/", pk),
        (r"^cms/users/", pk),
        (r"^desk/entries/.*confirm", {"pk": world.pages["live"].pk}),
        (r"^desk/entries/", {"pk": draft.pk, "code": "service"}),
        (r"^desk/members/.*invitations/", {"pk": invitation.pk}),
        (r"^desk/members/", {"organisation": world.a.pk, "pk": membership.pk}),
        (r"^desk/organisations/", {"pk": world.b.pk}),
        (r"^desk/review/", {"task_state_id": turn.current_workflow_task_state.pk}),
        (r"^desk/history/", {"page_id": turn.pk}),
        (r"^desk/applications/", {"pk": waiting().pk}),
        (r"^cms/organisation/", {"pk": world.a.pk}),
        (r"^cms/membership/", {"pk": membership.pk}),
        (r"^desk/courses/.*/people/", _participants(world)),
        *_course(world),
        (r"^cms/feedback/", {"pk": feedback().pk}),
    ]


def _participants(world: World) -> Values:
    """Somebody who waits for a place in a group of A that has begun."""
    group = offering_with(0, course__organisation=world.a)
    session = SessionFactory(offering=group, starts_at=timezone.now())
    signup = join(group, "waiting").signup
    return {
        "course": group.course_id,
        "offering": group.pk,
        "session": session.pk,
        "pk": signup.pk,
    }


def _course(world: World) -> list[tuple[str, Values]]:
    """A course of A with a second group, so that either may go, a question and a coming session."""
    course = CourseFactory(organisation=world.a)
    offering = OfferingFactory(course=course)
    question = save_question(Question(course=course, text="Mistä kuulit?"))
    soon = timezone.now() + timedelta(days=3)
    session = SessionFactory(offering=offering, starts_at=soon, ends_at=soon + timedelta(hours=1))
    return [
        (r"^desk/courses/.*questions/", {"course": course.pk, "pk": question.pk}),
        (r"^desk/courses/.*/sessions/<int:pk>", {"course": course.pk, "pk": session.pk}),
        (r"^desk/courses/.*/groups/<int:pk>", {"course": course.pk, "pk": offering.pk}),
        (r"^desk/courses/", {"course": course.pk}),
    ]


def _signups() -> list[tuple[str, Values]]:
    """A public course, somebody who signed up for it, and somebody who waits for the next one."""
    page = TrainingPageFactory()
    signup = join(page.course.offerings.get(), "public", confirmed=False, now=timezone.now()).signup
    wish = NextTime.objects.create(
        course=page.course, email="x@example.org", language="fi", created_at=timezone.now()
    )
    mine = {"token": signup_links.make(signup_links.MINE, signup.key), "part": "who"}
    confirm = {"token": signup_links.make(signup_links.CONFIRM, signup.key)}
    return [
        (r"^fi/courses/mine/.*/confirm/", confirm),
        (r"^fi/courses/mine/", mine),
        (r"^fi/courses/next-time/", {"token": signup_links.make("next-time", wish.key)}),
        (r"^fi/courses/<uuid:key>/", {"key": page.translation_key}),
    ]


def _public(world: World) -> list[tuple[str, Values]]:
    live, author = world.pages["live"], world.people["stranger"]
    restriction = PageViewRestriction.objects.create(
        page=world.pages["expired"], restriction_type="password", password="x"
    )
    fresh = application(
        email="uusi.hakija@example.org", kind="informal_group", business_id="", name="Uusi väki"
    )
    asked = waiting(
        email="kysytty@example.org", kind="informal_group", business_id="", name="Kysytty väki"
    )
    joining.ask_more(asked, "Mitä?", by=world.people["moderator"], seen=asked.version)
    asked = Application.objects.get(pk=asked.pk)
    tokens = {
        "confirm": links.make_link(purposes.CONFIRM, fresh.pk, fresh.version),
        "complete": links.make_link(purposes.COMPLETE, asked.pk, asked.version),
    }
    refused = waiting(
        email="hylatty@example.org", kind="informal_group", business_id="", name="Hylätty väki"
    )
    joining.reject(refused, "other", "Ei.", by=world.people["moderator"], seen=refused.version)
    refused = Application.objects.get(pk=refused.pk)
    tokens["decision"] = links.make_link(purposes.DECISION, refused.pk, refused.version)
    invitation = world.a.invitations.get()
    tokens["invitation"] = links.make_link("invitation", invitation.pk, invitation.version)
    uid = urlsafe_base64_encode(force_bytes(author.pk))
    return [
        *((rf"^fi/join/{name}/", {"token": token}) for name, token in tokens.items()),
        *_signups(),
        (r"^fi/e/", {"key": live.translation_key}),
        (
            r"^fi/_util/",
            {
                "page_view_restriction_id": restriction.pk,
                "page_id": restriction.page_id,
            },
        ),
        (r"^documents/authenticate", {"restriction_id": 0}),  # no collection is restricted
        (r"^fi/\^", {"path": live.url}),
        (r"^cms/password_reset/confirm/", {"uidb64": uid, "token": "set-password"}),
        (r"^cms/\^", {"path": "/cms/nothing-of-that-name/"}),
    ]


def _scheduled(page: Page) -> Values:
    return {"page_id": page.pk, "revision_id": page.scheduled_revision.pk}


def _first(related: Any) -> int:
    row = related.order_by("pk").first()
    return row.pk if row else 0
