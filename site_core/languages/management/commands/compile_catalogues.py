"""Compile the catalogues with Babel, so that no gettext is needed."""

from django.core.management.base import BaseCommand

from site_core.languages.catalogues import compile_all


class Command(BaseCommand):
    """Runs before anything else works: without compiled catalogues no language is known."""

    help = "Compiles the catalogues of all languages."
    requires_system_checks = []

    def handle(self, *args, **options):
        """Write each .mo file."""
        self.stdout.write(f"Compiled {len(compile_all())} catalogues.")
