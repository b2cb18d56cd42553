from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"
    label = "training"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from . import clock, kinds, rights  # noqa: F401
        from .courses import Course
        from .signups import clock as seats  # noqa: F401
        from .signups import messages

        messages.register()
        register_permission_policy(Course, rights.course_policy())
