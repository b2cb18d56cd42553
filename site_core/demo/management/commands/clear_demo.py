"""`manage.py clear_demo`: remove the demo content with everything below its organisations."""

from typing import Any

from django.core.management.base import BaseCommand

from site_core.demo.actions import clear


class Command(BaseCommand):
    help = "Remove the demo content: its organisations with all that lies below them, its log-ins."

    def handle(self, *args: Any, **options: Any) -> None:
        clear(lambda step: self.stdout.write(f"  {step}"))
        self.stdout.write(self.style.SUCCESS("The demo content is gone."))
