from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "site_core.outbox"
    label = "outbox"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import clock, health  # noqa: F401
