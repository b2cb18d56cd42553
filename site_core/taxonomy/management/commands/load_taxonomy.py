"""Bring the vocabularies in line with their data files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from site_core.taxonomy.actions import MassRetirementError, load_taxonomy
from site_core.taxonomy.vocabulary_files import DIRECTORY, VocabularyFileError


class Command(BaseCommand):
    """Loads the vocabularies; may run again at any time and keeps what editors changed."""

    help = "Load the vocabularies (municipalities, themes and so on) from their data files."

    def add_arguments(self, parser):
        parser.add_argument(
            "--source", type=Path, default=DIRECTORY, help="directory with the six JSON files"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="print the changes and make none"
        )
        parser.add_argument(
            "--force", action="store_true", help="take any number of terms out of use"
        )

    def handle(self, *, source, dry_run, force, verbosity, **options):
        try:
            changes = load_taxonomy(source, dry_run=dry_run, force=force)
        except VocabularyFileError as error:
            raise CommandError(str(error)) from error
        except MassRetirementError as error:
            raise CommandError(f"{error} Use --force if this is meant.") from error
        if verbosity > 1 or dry_run:
            for change in changes:
                self.stdout.write(str(change))
        if verbosity:
            would = "would change" if dry_run else "changed"
            self.stdout.write(f"Vocabularies: {len(changes)} {would}.")
