from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "site_core.moderation"
    label = "moderation"

    def ready(self) -> None:
        from site_core.media.publication import register_predicate

        from . import clock  # noqa: F401
        from .publication import is_public

        register_predicate(is_public)
