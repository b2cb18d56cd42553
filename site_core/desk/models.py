"""Models of the desks, which lie beside the code that uses them."""

from site_core.desk.onboarding.models import Application

__all__ = ["Application"]
