from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"
    label = "training"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from site_core.organisations.owned import OwnedPolicy

        from . import kinds, rights  # noqa: F401
        from .courses import Course, Offering
        from .signups import clock, messages  # noqa: F401

        messages.register()
        register_permission_policy(Course, rights.course_policy())
        register_permission_policy(
            Offering, OwnedPolicy(Offering, "course__organisation", roles=rights.RUNNERS)
        )
