from django.apps import AppConfig


class WorkerConfig(AppConfig):
    name = "site_core.worker"
    label = "worker"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import tasks  # noqa: F401
