"""Where it is, what it costs, what it is about; a course's audience; a news item's day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from services.models import ServicePage
from site_core.desk.authors.forms.base import Piece
from site_core.desk.authors.forms.fields import Checks, DayField, LongChecks, Picks, TextLine
from site_core.pages.forms import ConceptChoices
from site_core.taxonomy.models import LifeSituation, Municipality, TargetGroup, Theme
from training.courses import Audience


class Concepts(Piece):
    """Vocabulary choices kept as the page's link rows; terms out of use stay where chosen."""

    def load(self, page: Any) -> dict[str, Any]:
        found = super().load(page)
        for name, field in self.base_fields.items():
            if isinstance(field, ConceptChoices):
                found[name] = field.chosen(page)
        return found

    def prepare(self) -> None:
        super().prepare()
        for name, field in self._concepts():
            field.queryset = field.model.objects.active() | field.model.objects.filter(
                pk__in=self.initial[name]
            )

    def store(self, page: Any) -> None:
        super().store(page)
        for name, field in self._concepts():
            if self.valid(name):
                field.store(page, self.value(name))

    def _concepts(self) -> list[tuple[str, ConceptChoices]]:
        return [(n, f) for n, f in self.fields.items() if isinstance(f, ConceptChoices)]


class Where(Concepts):
    coverage = forms.ChoiceField(
        label=gettext_lazy("Where is it available?"),
        choices=[
            (ServicePage.Coverage.MUNICIPAL, gettext_lazy("In certain municipalities")),
            (ServicePage.Coverage.ALL_LAPLAND, gettext_lazy("All over Lapland")),
            (ServicePage.Coverage.REMOTE, gettext_lazy("Remotely, wherever one is")),
            (ServicePage.Coverage.WHOLE_COUNTRY, gettext_lazy("In the whole country")),
        ],
        widget=Picks,
    )
    municipalities = ConceptChoices(
        Municipality,
        relation="municipality_links",
        target="municipality",
        label=gettext_lazy("In which municipalities?"),
        widget=Checks,
    )

    def load(self, page: Any) -> dict[str, Any]:
        return super().load(page) | {"coverage": page.coverage}

    def clean(self) -> dict[str, Any]:
        """Forget municipalities that were ticked before another answer was given."""
        cleaned = super().clean()
        if self.value("coverage") not in (None, "", ServicePage.Coverage.MUNICIPAL):
            cleaned["municipalities"] = Municipality.objects.none()
        return cleaned

    def missing(self) -> list[str]:
        found = super().missing()
        municipal = (self.value("coverage") or self.page.coverage) == ServicePage.Coverage.MUNICIPAL
        return (
            [*found, "municipalities"] if municipal and not self["municipalities"].data else found
        )

    def store(self, page: Any) -> None:
        super().store(page)
        if self.value("coverage"):
            page.coverage = self.value("coverage")


class Price(Piece):
    price = forms.ChoiceField(
        label=gettext_lazy("What does it cost?"),
        choices=[
            (ServicePage.Price.FREE, gettext_lazy("It costs nothing")),
            (ServicePage.Price.PAID, gettext_lazy("It costs something")),
        ],
        widget=Picks,
    )
    price_note = TextLine(
        label=gettext_lazy("More about the price"),
        help_text=gettext_lazy("For example: Coffee costs two euros."),
        max_length=150,
    )

    def load(self, page: Any) -> dict[str, Any]:
        return super().load(page) | {"price": page.price, "price_note": page.price_note}

    def store(self, page: Any) -> None:
        super().store(page)
        if self.value("price"):
            page.price = self.value("price")
        page.price_note = self.text("price_note")


class Topics(Concepts):
    themes = ConceptChoices(
        Theme,
        relation="theme_links",
        target="theme",
        label=gettext_lazy("What is it about?"),
        help_text=gettext_lazy("Choose one to three: people find it by these."),
        widget=LongChecks,
    )


class Situations(Concepts):
    life_situations = ConceptChoices(
        LifeSituation,
        relation="life_situation_links",
        target="life_situation",
        label=gettext_lazy("In which situation does a person look for it?"),
        widget=LongChecks,
    )


class Groups(Concepts):
    target_groups = ConceptChoices(
        TargetGroup,
        relation="target_group_links",
        target="target_group",
        label=gettext_lazy("Whom does it suit best?"),
        widget=LongChecks,
    )


class Places(Concepts):
    municipalities = ConceptChoices(
        Municipality,
        relation="municipality_links",
        target="municipality",
        label=gettext_lazy("Which municipalities does it concern?"),
        help_text=gettext_lazy("Choose none if it concerns all of Lapland."),
        widget=Checks,
    )


class CourseAudience(Piece):
    """For whom the course is: a fact of the `Course` row, shared by every language."""

    audience = forms.ChoiceField(
        label=gettext_lazy("For whom is the course?"), choices=Audience.choices, widget=Picks
    )

    def load(self, page: Any) -> dict[str, Any]:
        course = page.course if page.course_id else None
        self.audience_now = course.audience if course else Audience.RESIDENTS
        return super().load(page) | {"audience": self.audience_now}

    def prepare(self) -> None:
        super().prepare()
        if told_to_readers(self.page):
            self.elsewhere.add("audience")
            self.remove("audience")

    @property
    def chosen_audience(self) -> str:
        """What the course's audience is to be."""
        return (self.valid("audience") and self.value("audience")) or self.audience_now


def told_to_readers(page: Any) -> bool:
    """Whether a page of the course is live, in any language: its facts are not a draft's then."""
    return bool(page.course_id) and page.course.pages.filter(live=True).exists()


class Byline(Piece):
    date = DayField(label=gettext_lazy("Day of the news"))
    byline = TextLine(
        label=gettext_lazy("Who wrote it"),
        help_text=gettext_lazy("For example: The board. You need not give a name."),
        max_length=120,
    )

    def load(self, page: Any) -> dict[str, Any]:
        return super().load(page) | {"date": page.date, "byline": page.byline}

    def clean_date(self) -> Any:
        """Without a day the item keeps the one it has."""
        return self.cleaned_data["date"] or self.page.date

    def store(self, page: Any) -> None:
        super().store(page)
        if self.valid("date"):
            page.date = self.value("date")
        page.byline = self.text("byline")
