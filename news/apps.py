from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "news"
    label = "news"

    def ready(self) -> None:
        from . import kinds  # noqa: F401
