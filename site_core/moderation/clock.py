"""What moderation does because time passes."""

from datetime import datetime, timedelta

from site_core.worker.loops import loop

from .actions import publish_due


@loop("publishing", every=timedelta(seconds=30))
def publish_and_expire(now: datetime) -> int:
    """Publish what is scheduled, take down what has expired."""
    done = publish_due(now=now)
    return done["published"] + done["expired"]
