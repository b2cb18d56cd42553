from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "site_core.feedback"
    label = "feedback"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from site_core.organisations.owned import OwnedPolicy

        from . import clock  # noqa: F401
        from .models import Feedback

        policy = OwnedPolicy(Feedback, "organisation", member_actions={"view", "change"})
        register_permission_policy(Feedback, policy)
