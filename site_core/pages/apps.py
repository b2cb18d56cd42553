from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "site_core.pages"
    label = "pages"

    def ready(self) -> None:
        from . import checks, quality, signals  # noqa: F401
