from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from exchange.errors import LineError
from exchange.pasting import import_capture, read_capture


class Command(BaseCommand):
    help = "Import captures, the text of articles copied from a browser (.txt), as drafts."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--publish", action="store_true", help="Put the articles online.")

    def handle(self, *, files, publish, **options):
        refused = 0
        for number, path in enumerate(files, start=1):
            try:
                self._import_file(path, publish, f"{number}/{len(files)}")
            except (LineError, OSError) as error:
                refused += 1
                self.stderr.write(f"{path.name}: {error}")
            except UnicodeDecodeError as error:
                refused += 1
                message = _("not UTF-8: byte %(position)s") % {"position": error.start + 1}
                self.stderr.write(f"{path.name}: {message}")
        if refused:
            raise CommandError(
                _("%(refused)s files were refused; the others are in.") % {"refused": refused}
            )

    def _import_file(self, path: Path, publish: bool, progress: str) -> None:
        capture = read_capture(path.read_text("utf-8-sig"))
        article, outcome, notes = import_capture(capture, publish=publish)
        self.stdout.write(f"[{progress}] {path.name}: {article.title} ({outcome}, {article.pk})")
        for note in notes:
            self.stdout.write(f"    {note}")
