"""`manage.py seed_demo`: make the demo content and its log-ins; can run again."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from site_core.demo.actions import seed
from site_core.demo.content import load
from site_core.demo.people import LOG_INS


class Command(BaseCommand):
    help = "Make the demo content that is missing: organisations, services, courses, news, log-ins."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--in-production",
            action="store_true",
            help="make it under settings that allow no demo content, with passwords of their own",
        )

    def handle(self, *args: Any, in_production: bool, **options: Any) -> None:
        total, done = len(load().organisations) + 3, 0

        def progress(step: str) -> None:
            nonlocal done
            done += 1
            self.stdout.write(f"  {done}/{total} {step}")

        try:
            seeded = seed(progress, in_production=in_production)
        except ImproperlyConfigured as error:
            raise CommandError(f"{error} To make it all the same: --in-production.") from error
        except LookupError as error:
            raise CommandError(f"Run setup_portal first. ({error})") from error
        self.stdout.write(f"Pages made: {seeded.pages}")
        self.stdout.write("")
        self.stdout.write("Log-ins of the demo (user name, password, who it is):")
        for person in LOG_INS:
            word = seeded.passwords.get(person.username, "as before")
            self.stdout.write(f"  {person.username:<12} {word:<12} {person.what}")
