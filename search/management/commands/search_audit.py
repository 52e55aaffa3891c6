"""Tell, and mend, what the search has otherwise than what is published."""

from django.core.management.base import BaseCommand, CommandError

from search.audit import audit
from search.engines import EngineDown


class Command(BaseCommand):
    help = "Print each difference between what is published and what is found; the exit status is 1 where any is left."

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true", help="mend what is printed")

    def handle(self, *, repair, **options):
        try:
            number = self._print(audit(repair=repair))
            if repair and number:
                number = sum(1 for _difference in audit())
        except EngineDown as error:
            raise CommandError(f"The search engine is down: {error}") from error
        if number:
            raise CommandError(f"Differences: {number}.")
        self.stdout.write(self.style.SUCCESS("No difference is left."))

    def _print(self, differences) -> int:
        number = 0
        for difference in differences:
            self.stdout.write(difference)
            number += 1
        return number
