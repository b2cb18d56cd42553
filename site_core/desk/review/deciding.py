"""A reviewer's decision with the comments that go with it: all of it or none."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from wagtail.models import Comment, Page

from site_core.desk.faults import add_faults
from site_core.desk.review.forms import DecisionForm
from site_core.desk.review.showing import COMMENT
from site_core.desk.review.turns import Turn
from site_core.languages.fallback import Phrase, say
from site_core.moderation import actions
from site_core.moderation.decisions import APPROVE, ASK_CHANGES, REJECT
from site_core.moderation.errors import Stale
from site_core.throttle.forms import writable

KEEP = "keep"
"""Value of the button that stores the comments and leaves the decision for later."""

LONGEST = 3000
"""Characters in a comment at most; the boxes say so too."""


class Outcome(Enum):
    """What came of sending the review."""

    APPROVED = gettext_noop("“%(title)s” is approved.")
    ASKED = gettext_noop("“%(title)s” went back to its author.")
    REJECTED = gettext_noop("“%(title)s” is rejected.")
    KEPT = gettext_noop("Your comments are saved. You have not decided yet.")
    REFUSED = ""
    STALE = "stale"

    def words(self, turn: Turn) -> Phrase:
        """What the reviewer reads about it."""
        return say(self.value, title=turn.draft.title)


OUTCOMES = {APPROVE: Outcome.APPROVED, ASK_CHANGES: Outcome.ASKED, REJECT: Outcome.REJECTED}


def written_comments(sent: QueryDict) -> dict[str, str]:
    """Comments as sent, by path, without what no database can store; empty ones left out."""
    return {
        writable(name.removeprefix(COMMENT)): text
        for name, value in sent.items()
        if name.startswith(COMMENT) and (text := writable(value).strip())
    }


def carry_out(
    turn: Turn, by: Any, form: DecisionForm, comments: Mapping[str, str], *, then: str
) -> Outcome:
    """Store the comments and the decision in one transaction.

    A refusal is told in the form and nothing is stored; where somebody was faster, or the text is
    not the one that was read, the outcome is STALE and the form says why.
    """
    try:
        if then == KEEP:
            with transaction.atomic():
                _hold(turn)
                _comment(turn, by, comments)
            return Outcome.KEPT
        if not form.is_valid():
            return Outcome.REFUSED
        with transaction.atomic():
            _hold(turn)
            _comment(turn, by, comments)
            _decide(turn, by, form.cleaned_data)
    except Stale as stale:
        form.is_valid()
        form.add_error(None, str(stale))
        return Outcome.STALE
    except PermissionDenied:
        form.add_error(None, _("This is not yours to decide. Another reviewer takes it."))
        return Outcome.REFUSED
    except ValidationError as fault:
        form.is_valid()
        add_faults(form, fault)
        return Outcome.REFUSED
    return OUTCOMES[form.cleaned_data["outcome"]]


def _hold(turn: Turn) -> None:
    """Lock the page, and raise Stale unless the step that was read still waits.

    Who may decide in both steps would else approve the second while meaning the first.
    """
    page = Page.objects.select_for_update(of=("self",)).filter(pk=turn.page.pk).first()
    waiting = page.specific.current_workflow_task_state if page is not None else None
    if waiting is None or waiting.pk != turn.state.pk:
        raise Stale


def _comment(turn: Turn, by: Any, comments: Mapping[str, str]) -> None:
    """Store comments; one that stands there word for word is not stored again."""
    if any(len(text) > LONGEST for text in comments.values()):
        raise ValidationError(
            _("A comment has at most %(most)s characters."), params={"most": LONGEST}
        )
    there = set(
        Comment.objects.filter(page_id=turn.page.pk, user=by, resolved_at=None).values_list(
            "contentpath", "text"
        )
    )
    for path, text in comments.items():
        if (path, text) not in there:
            actions.comment(turn.page, by, path, text)


def _decide(turn: Turn, by: Any, decided: Mapping[str, Any]) -> None:
    page, seen = turn.page, decided["seen"]
    if decided["outcome"] == APPROVE:
        actions.approve(page, by, seen)
    elif decided["outcome"] == ASK_CHANGES:
        actions.ask_changes(page, by, seen, decided["reason"], decided["text"])
    else:
        actions.reject(page, by, seen, decided["reason"], decided["text"])
