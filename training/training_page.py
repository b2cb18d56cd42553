"""TrainingPage: what is told about a course, one page per language, all of one `Course`."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel

from site_core.organisations.branches import organisation_for_path
from site_core.pages.blocks import BodyBlock
from site_core.pages.body import render_body
from site_core.pages.entry import EntryContent, marked
from site_core.pages.fields import StreamField
from site_core.pages.links import TargetGroupLink, ThemeLink, linked_codes
from site_core.pages.models import BasePage
from site_core.pages.panels import ConceptPanel, text_panel
from training.actions import create_course
from training.courses import Course, Offering
from training.forms import TrainingPageForm


class TrainingPage(BasePage):
    """A course in one language.

    `course` is set by code: a translation takes the course of its group, any other new page gets a
    course of its own. Sign-ups will hang on the course, so nothing done to a page can lose them.
    """

    entry_kind = "training"
    required_texts = ("summary", "short")
    page_description = _("A course: what is learnt and for whom. Its times lie with the course.")
    exclude_fields_in_copy = ["course"]

    course = models.ForeignKey(
        Course,
        on_delete=models.PROTECT,
        related_name="pages",
        editable=False,
        verbose_name=_("course"),
    )
    short = models.CharField(
        _("in short"),
        max_length=300,
        blank=True,
        help_text=_("What you learn and whom it suits, in two or three plain sentences."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("more about it"))

    base_form_class = TrainingPageForm
    parent_page_types = ["services.OrganisationPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        text_panel("short"),
        HelpPanel(template="training/admin/course_link.html", heading=_("Times")),
        FieldPanel("body"),
        MultiFieldPanel(
            [ConceptPanel("themes"), ConceptPanel("target_groups")],
            heading=_("About what and for whom"),
        ),
        BasePage.picture_panel,
    ]

    class Meta:
        verbose_name = _("training page")
        verbose_name_plural = _("training pages")

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Find or make the course before the first save, in one transaction with it."""
        with transaction.atomic():
            if self.course_id is None:
                self.course = self._course_of_group() or self._new_course()
            return super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> "TrainingPage":
        """A revision never moves the page to another course, whatever it holds."""
        page = super().with_content_json(content)
        page.course_id = self.course_id
        return page

    def _course_of_group(self) -> Course | None:
        return Course.objects.filter(pages__translation_key=self.translation_key).first()

    def _new_course(self) -> Course:
        organisation = organisation_for_path(self.path)
        if organisation is None:
            raise ValueError("A training page lies below an organisation's page.")
        return create_course(
            organisation, title=self.title[:100], by=self.owner, text_language=self.language
        )

    def get_entry_content(self) -> EntryContent:
        base = super().get_entry_content()
        course = self.course if self.course_id else Course(languages=[])
        offerings = list(course.offerings.all()) if self.course_id else []
        sessions = [
            session
            for offering in offerings
            for session in offering.sessions.all()
            if session.cancelled_at is None
        ]
        starts = [session.starts_at for session in sessions]
        ends_at = max((session.ends_at for session in sessions), default=None)
        municipalities = {s.municipality.code for s in sessions if s.municipality}
        remote = any(session.is_remote for session in sessions)
        return EntryContent(
            texts={**base.texts, "short": self.short, "body": render_body(self.body)},
            facets={
                "municipality": sorted(municipalities),
                "theme": linked_codes(self, "theme_links", "theme"),
                "group": linked_codes(self, "target_group_links", "target_group"),
                "language": list(course.languages),
            },
            coverage="remote" if remote or not municipalities else "municipal",
            audience=course.audience,
            facts={
                **self._facts(course, offerings, remote, sorted(municipalities)),
                "enrolment": _enrolment(course, ends_at),
            },
            picture=base.picture,
            starts_at=min(starts, default=None),
            ends_at=ends_at,
        )

    def _facts(
        self, course: Course, offerings: list[Offering], remote: bool, municipalities: list[str]
    ) -> dict[str, Any]:
        language = course.text_language
        return {
            "municipalities": municipalities,
            "remote": remote,
            "languages": list(course.languages),
            "groups": linked_codes(self, "target_group_links", "target_group"),
            "recording": course.recording_policy,
            "prerequisites": marked(course.prerequisites, language),
            "price_note": marked(course.price_note, language),
            "offerings": [
                {
                    "name": offering.name,
                    "sessions": [
                        {
                            "start": session.starts_at.isoformat(),
                            "end": session.ends_at.isoformat(),
                            "cancelled": session.cancelled_at is not None,
                            "remote": session.is_remote,
                            "place": session.place,
                            "point": session.service_point and str(session.service_point),
                            "municipality": session.municipality and session.municipality.code,
                        }
                        for session in offering.sessions.all()
                    ],
                }
                for offering in offerings
            ],
        }


def _enrolment(course: Course, ends_at: datetime | None) -> dict[str, str | None] | None:
    """From when until when one can sign up: nothing where nothing is held.

    How many seats there are is never told here: a page that shows it would be old at once.
    """
    if ends_at is None:
        return None
    opens, closes = course.enrolment_opens_at, course.enrolment_closes_at
    return {
        "opens": opens.isoformat() if opens else None,
        "closes": min(closes or ends_at, ends_at).isoformat(),
    }


class TrainingTheme(ThemeLink):
    page = ParentalKey(TrainingPage, on_delete=models.CASCADE, related_name="theme_links")


class TrainingTargetGroup(TargetGroupLink):
    page = ParentalKey(TrainingPage, on_delete=models.CASCADE, related_name="target_group_links")
