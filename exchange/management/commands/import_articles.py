from contextlib import nullcontext
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from exchange.files import FileImport, source_name
from exchange.importer import Options
from houses.models import House


class Command(BaseCommand):
    help = (
        "Import articles from JSON Lines files (.jsonl or .jsonl.gz), described in docs/import.md."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--source", help="Name of where the articles come from (default: the file's name)."
        )
        parser.add_argument(
            "--house", help="Short name of the house responsible for articles that name none."
        )
        parser.add_argument("--publish", action="store_true", help="Put the articles online.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would be done, and write nothing."
        )
        parser.add_argument(
            "--no-new-terms", action="store_true", help="Refuse lines with an unknown term."
        )

    def handle(self, *, files, source, house, publish, dry_run, no_new_terms, **options):
        missing = [str(path) for path in files if not path.is_file()]
        if missing:
            raise CommandError(_("No such file: %(files)s") % {"files": ", ".join(missing)})
        responsible = House.objects.filter(slug=house).first() if house else None
        if house and responsible is None:
            raise CommandError(_("There is no house “%(house)s”.") % {"house": house})
        refused = 0
        for path in files:
            import_options = Options(
                source=source or source_name(path),
                house=responsible,
                publish=publish,
                new_terms=not no_new_terms,
            )
            refused += self._import_file(path, import_options, dry_run)
        if refused:
            message = (
                _("%(refused)s lines were refused.")
                if dry_run
                else _("%(refused)s lines were refused; the others are in.")
            )
            raise CommandError(message % {"refused": refused})

    def _import_file(self, path: Path, options: Options, dry_run: bool) -> int:
        """Import one file and return how many lines were refused."""
        # Each batch has its own transaction, so that a kill loses none that is done.
        with transaction.atomic() if dry_run else nullcontext():
            report = FileImport(path, options, tell=self.stdout.write, warn=self.stderr.write)
            report.run()
            if dry_run:
                transaction.set_rollback(True)
                report.importer.undo_files()
                self.stdout.write(_("Nothing was written (--dry-run)."))
        return report.refused
