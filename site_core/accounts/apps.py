from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "site_core.accounts"
    label = "accounts"
