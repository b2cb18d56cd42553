from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "site_core.portal"
    label = "portal"

    def ready(self) -> None:
        from . import kinds  # noqa: F401
