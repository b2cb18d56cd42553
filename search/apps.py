from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    label = "search"

    def ready(self) -> None:
        from site_core.pages.projection import register_projector

        from . import checks, clock, health, setup  # noqa: F401
        from .entries import actions, organisations  # noqa: F401
        from .entries.projector import EntryProjector

        register_projector(EntryProjector())
