from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"
    label = "training"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from site_core.organisations.owned import OwnedPolicy

        from . import kinds  # noqa: F401
        from .courses import Course, Offering, Session
        from .signups import clock, messages  # noqa: F401

        messages.register()

        for model, owner_path in (
            (Course, "organisation"),
            (Offering, "course__organisation"),
            (Session, "offering__course__organisation"),
        ):
            register_permission_policy(model, OwnedPolicy(model, owner_path))
