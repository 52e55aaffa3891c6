from django.core.management.base import BaseCommand
from django.utils import timezone

from privacy import retention


class Command(BaseCommand):
    help = "Delete what was kept about people for as long as the register of processing says; part of `housekeeping`."

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be deleted, and delete nothing"
        )

    def handle(self, *, dry_run=False, **options):
        now = timezone.now()
        if dry_run:
            done = [(kind.name, number) for kind, number, _rows in retention.too_old(now)]
        else:
            done = retention.enforce(now)
        for name, number in done:
            self.stdout.write(f"{name}: {number}")
