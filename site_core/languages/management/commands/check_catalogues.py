"""Fail when a catalogue is stale, incomplete or holds words that nobody attested."""

from django.core.management.base import BaseCommand, CommandError

from site_core.languages.catalogue_checks import problems
from site_core.languages.extraction import all_messages


class Command(BaseCommand):
    """For `make test`: one line per problem, and an exit code."""

    help = "Checks the catalogues of all languages."
    requires_system_checks = []

    def handle(self, *args, **options):
        """List the problems; any makes the command fail."""
        messages = all_messages()
        found = problems(messages)
        for line in found:
            self.stderr.write(line)
        if found:
            raise CommandError(f"{len(found)} problems in the catalogues.")
        self.stdout.write(f"{len(messages)} messages, all well.")
