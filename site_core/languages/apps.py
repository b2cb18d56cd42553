"""The languages app."""

from django.apps import AppConfig


class LanguagesConfig(AppConfig):
    """Brings template tags, catalogue commands and the system checks of the languages."""

    name = "site_core.languages"
    label = "languages"

    def ready(self) -> None:
        """Register the system checks."""
        from . import checks  # noqa: F401
