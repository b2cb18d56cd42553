"""Who may sign in: the custom user, from the first migration on."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "site_core.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Write down log-ins and roles on whatever road they change."""
        from axes.signals import user_locked_out
        from django.contrib.auth import signals
        from django.contrib.auth.models import Group
        from django.db.models.signals import m2m_changed, post_save, pre_delete

        from site_core.accounts import middleware, records
        from site_core.accounts.models import User

        signals.user_logged_in.connect(middleware.on_logged_in)
        signals.user_logged_in.connect(records.on_logged_in)
        signals.user_logged_out.connect(records.on_logged_out)
        signals.user_login_failed.connect(records.on_log_in_failed)
        user_locked_out.connect(records.on_locked)
        m2m_changed.connect(records.on_groups_changed, sender=User.groups.through)
        pre_delete.connect(records.on_group_deleted, sender=Group)
        post_save.connect(records.on_user_saved, sender=User)
