"""A file of articles imported, by the command and by the admin alike."""

from pathlib import Path

from django.utils.translation import gettext as _

from exchange.errors import LineError
from exchange.importer import CREATED, KEPT, UNCHANGED, UPDATED, Importer, Options
from exchange.lines import parse_line, read_lines
from exchange.links import Links, link_articles

PROGRESS_EVERY = 250  # lines


def source_name(path: Path) -> str:
    """Return the name of the source of a file where none is given: its own, without endings."""
    return path.name.removesuffix(".gz").removesuffix(".jsonl")


class FileImport:
    """One file on its way in: what was seen, what was refused, what remains to link.

    Parameters
    ----------
    tell: called with each line of progress.
    warn: called with each refused line and its reason, and with what is left to look at.
    """

    def __init__(self, path: Path, options: Options, *, tell, warn, user=None):
        self.path, self.options, self.tell, self.warn = path, options, tell, warn
        self.importer = Importer(options, user)
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
        for article, note in self.importer.notes:
            self.warn(f"{self.path.name}:{article.number}: {note}")
        self._report_not_linked(link_articles(self.options.source, self.to_link))
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
        self.warn(f"{self.path.name}:{number}: {reason}")

    def _report_not_linked(self, not_linked):
        if not_linked.missing:
            message = _("%(count)s links lead to articles that are not there: %(examples)s…")
            self._report_links(message, not_linked.missing)
        if not_linked.circular:
            message = _("%(count)s articles would be adapted from themselves: %(examples)s…")
            self._report_links(message, not_linked.circular)

    def _report_links(self, message, links):
        examples = ", ".join(f"{article_id} → {wanted}" for article_id, wanted in links[:3])
        self.warn(message % {"count": len(links), "examples": examples})

    def _report_unknown(self, names):
        for name in sorted(names - self.unknown):
            self.warn(_("unknown field, ignored: %(name)s") % {"name": name})
        self.unknown |= names

    def _write_progress(self, number):
        message = _("%(file)s: line %(number)s")
        self.tell(message % {"file": self.path.name, "number": number})

    def _write_summary(self):
        message = _(
            "%(file)s: %(created)s created, %(updated)s updated, %(unchanged)s unchanged, "
            "%(kept)s edited here and kept, %(refused)s refused"
        )
        counts = {
            name: self.importer.outcomes[name] for name in (CREATED, UPDATED, UNCHANGED, KEPT)
        }
        self.tell(message % {"file": self.path.name, "refused": self.refused, **counts})
