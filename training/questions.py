"""What a course asks of its participants beside name and address."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from training.courses import Course


class Question(models.Model):
    """One question, in the language of the course's texts, with how long its answers are kept.

    Once somebody has answered, only `position` may change: another wording would change what was
    said. It is taken out of the form by `retired`.
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("Short text")
        CHOICE = "choice", _("One of several")
        CONSENT = "consent", _("Yes or no")

    class Kept(models.IntegerChoices):
        """Days after the last session until answers are erased."""

        WEEK = 7, _("A week after the course")
        MONTH = 30, _("A month after the course")
        HALF_YEAR = 180, _("Half a year after the course")

    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, related_name="questions", verbose_name=_("course")
    )
    text = models.CharField(_("question"), max_length=200)
    kind = models.CharField(_("kind of answer"), max_length=8, choices=Kind, default=Kind.TEXT)
    choices = models.JSONField(
        _("answers to choose from"), default=list, blank=True, help_text=_("One on each line.")
    )
    required = models.BooleanField(_("must be answered"), default=False)
    kept = models.PositiveSmallIntegerField(_("answers are kept"), choices=Kept, default=Kept.MONTH)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    retired = models.BooleanField(_("not asked any more"), default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="question_kind_known",
                condition=models.Q(kind__in=["text", "choice", "consent"]),
            ),
            models.CheckConstraint(
                name="question_kept_known", condition=models.Q(kept__in=[7, 30, 180])
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        """A choice has at least two answers, each once; other kinds have none."""
        if self.kind != self.Kind.CHOICE:
            self.choices = []
        elif len(set(self.choices)) < 2 or len(set(self.choices)) != len(self.choices):
            raise ValidationError({"choices": _("Give at least two different answers.")})
