from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "site_core.demo"
    label = "demo"
