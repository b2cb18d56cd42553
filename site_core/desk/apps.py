from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "site_core.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_save
        from wagtail.users.models import UserProfile

        from site_core.accounts.models import User
        from site_core.desk.onboarding import clock, messages  # noqa: F401
        from site_core.desk.signin import clock as log_in_clock  # noqa: F401
        from site_core.desk.signin import language

        messages.register()
        post_save.connect(language.on_profile_saved, sender=UserProfile)
        post_save.connect(language.on_user_saved, sender=User)
