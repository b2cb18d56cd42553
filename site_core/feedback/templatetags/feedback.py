"""The form of feedback on a page of another kind."""

from django import template

from site_core.feedback.forms import FeedbackForm

register = template.Library()


@register.simple_tag
def feedback_form(kind: str) -> FeedbackForm:
    """An empty form of a kind: `{% feedback_form "accessibility" as form %}`."""
    return FeedbackForm(initial={"kind": kind})
