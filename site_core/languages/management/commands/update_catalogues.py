"""Bring the catalogues in step with the code."""

from django.core.management.base import BaseCommand

from site_core.languages.catalogues import update_all
from site_core.languages.extraction import all_messages


class Command(BaseCommand):
    """Adds new msgids, drops unused ones, keeps translations, fills in attested Sámi words."""

    help = "Finds all msgids in Python and templates and updates the catalogues."
    requires_system_checks = []

    def handle(self, *args, **options):
        """Write each .po file that changes."""
        messages = all_messages()
        for path in update_all(messages):
            self.stdout.write(str(path))
        self.stdout.write(f"{len(messages)} messages.")
