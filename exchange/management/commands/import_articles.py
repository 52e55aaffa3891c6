from contextlib import nullcontext
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from exchange.errors import LineError
from exchange.importer import CREATED, KEPT, UNCHANGED, UPDATED, Importer, Options
from exchange.lines import parse_line, read_lines
from exchange.links import Links, link_articles
from houses.models import House

PROGRESS_EVERY = 250  # lines


class Command(BaseCommand):
    help = "Import articles from JSON Lines files (.jsonl or .jsonl.gz), described in docs/import.md."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--source", help="Name of where the articles come from (default: the file's name).")
        parser.add_argument("--house", help="Short name of the house responsible for articles that name none.")
        parser.add_argument("--publish", action="store_true", help="Put the articles online.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done, and write nothing.")
        parser.add_argument("--no-new-terms", action="store_true", help="Refuse lines with an unknown term.")

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
                source=source or path.name.removesuffix(".gz").removesuffix(".jsonl"),
                house=responsible,
                publish=publish,
                new_terms=not no_new_terms,
            )
            refused += self._import_file(path, import_options, dry_run)
        if refused:
            raise CommandError(_("%(refused)s lines were refused; the others are in.") % {"refused": refused})

    def _import_file(self, path: Path, options: Options, dry_run: bool) -> int:
        """Import one file and return how many lines were refused."""
        # Each batch has its own transaction, so that a kill loses none that is done.
        with transaction.atomic() if dry_run else nullcontext():
            report = FileImport(self, path, options)
            report.run()
            if dry_run:
                transaction.set_rollback(True)
                self.stdout.write(_("Nothing was written (--dry-run)."))
        return report.refused


class FileImport:
    """One file on its way in: what was seen, what was refused, what remains to link."""

    def __init__(self, command, path: Path, options: Options):
        self.command, self.path, self.options = command, path, options
        self.importer = Importer(options)
        self.refused = 0
        self.seen = {}
        self.unknown = set()
        self.to_link = []

    def run(self):
        with self.importer:
            for line in read_lines(self.path):
                try:
                    self._import_line(line)
                except LineError as error:
                    self._refuse(line.number, error)
                if line.number % PROGRESS_EVERY == 0:
                    self._write_progress(line.number)
        for article, reason in self.importer.refused:
            self._refuse(article.number, reason)
        self._report_missing(link_articles(self.options.source, self.to_link))
        self._write_summary()

    def _import_line(self, line):
        article = parse_line(line)
        if article.id in self.seen:
            message = _("the id %(id)s is that of line %(line)s already")
            raise LineError(message % {"id": article.id, "line": self.seen[article.id]})
        self.seen[article.id] = line.number
        self._report_unknown(article.unknown)
        self.importer.save(article, self.path.parent)
        self.to_link.append(Links(article.id, article.see_also, article.adapted_from))

    def _refuse(self, number, reason):
        self.refused += 1
        self.command.stderr.write(f"{self.path.name}:{number}: {reason}")

    def _report_missing(self, links):
        if links:
            message = _("%(count)s links lead to articles that are not there: %(examples)s…")
            examples = ", ".join(f"{article_id} → {wanted}" for article_id, wanted in links[:3])
            self._warn(message % {"count": len(links), "examples": examples})

    def _report_unknown(self, names):
        for name in sorted(names - self.unknown):
            self._warn(_("unknown field, ignored: %(name)s") % {"name": name})
        self.unknown |= names

    def _warn(self, message):
        self.command.stderr.write(f"{self.path.name}: {message}")

    def _write_progress(self, number):
        message = _("%(file)s: line %(number)s")
        self.command.stdout.write(message % {"file": self.path.name, "number": number})

    def _write_summary(self):
        message = _(
            "%(file)s: %(created)s created, %(updated)s updated, %(unchanged)s unchanged, "
            "%(kept)s edited here and kept, %(refused)s refused"
        )
        counts = {name: self.importer.outcomes[name] for name in (CREATED, UPDATED, UNCHANGED, KEPT)}
        self.command.stdout.write(
            message % {"file": self.path.name, "refused": self.refused, **counts}
        )
