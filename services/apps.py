from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "services"
    label = "services"

    def ready(self) -> None:
        from site_core.moderation.parents import register_parent_maker

        from . import kinds, quality, setup  # noqa: F401
        from .actions import organisation_page_in

        register_parent_maker(organisation_page_in)
