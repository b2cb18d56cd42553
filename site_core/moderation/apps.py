from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "site_core.moderation"
    label = "moderation"
