"""Erases personal data of courses that has served; the worker does so every hour by itself."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from training.signups.erasing import purge


class Command(BaseCommand):
    help = "Erase what participants of courses told, once its time is over (docs/courses.md)."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only tell how much it is")

    def handle(self, *args, dry_run: bool, **options):
        for what, count in purge(timezone.now(), dry_run=dry_run).items():
            self.stdout.write(f"{what}: {count}")
