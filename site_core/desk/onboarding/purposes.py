"""What the links in mails about joining are for, and how long each of them opens.

A link of one purpose opens nothing of another.
"""

from datetime import timedelta

from site_core.organisations.models import Invitation

CONFIRM = "join-confirm"
COMPLETE = "join-complete"
DECISION = "join-decision"

CONFIRM_LASTS = timedelta(days=7)
ANSWER_LASTS = timedelta(days=60)
INVITATION_LASTS = Invitation.LASTS
