from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "site_core.moderation"
    label = "moderation"

    def ready(self) -> None:
        from wagtail.models import WorkflowState
        from wagtail.signals import workflow_cancelled

        from site_core.media.publication import register_predicate

        from . import (
            clock,  # noqa: F401
            decisions,
            mails,
        )
        from .publication import is_public
        from .silence import silence_wagtail

        register_predicate(is_public)
        mails.register()
        silence_wagtail()
        workflow_cancelled.connect(decisions.withdrawn, sender=WorkflowState)
