"""`manage.py setup_portal`: bring what the portal needs before the first page; can run again."""

from django.core.management.base import BaseCommand

from site_core.portal.actions import set_up_portal


class Command(BaseCommand):
    help = "Make locales, vocabularies, groups, home and index pages; safe to run again."

    def handle(self, *args, **options):
        set_up_portal(lambda step: self.stdout.write(f"  {step}"))
        self.stdout.write(self.style.SUCCESS("The portal is set up."))
