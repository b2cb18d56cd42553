"""For monitoring: is all well with what runs in the background?"""

from django.core.management.base import BaseCommand

from site_core.worker.health import find_faults


class Command(BaseCommand):
    help = "List what is wrong with worker, loops and mail; ends with 1 if anything is."

    def handle(self, *args, **options):
        faults = find_faults()
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            raise SystemExit(1)
        self.stdout.write("All is well.")
