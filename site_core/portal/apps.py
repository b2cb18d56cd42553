from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "site_core.portal"
    label = "portal"

    def ready(self) -> None:
        from site_core.pages.rendering import register_renderer

        from . import kinds, statement_setup  # noqa: F401
        from .reading import render_live

        register_renderer(render_live)
