"""Make the index again: that of the external engine, or that of the database."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search.engines import EngineDown, indices
from search.rebuilding import rebuild
from search.reindexing import reindex


class Command(BaseCommand):
    help = "Make new indices for Elasticsearch or OpenSearch from the projection, while searches go on."

    def add_arguments(self, parser):
        parser.add_argument(
            "--database",
            action="store_true",
            help="make the index inside the site's own database again instead",
        )

    def handle(self, *, database, **options):
        if database:
            number, forgotten = rebuild()
            self.stdout.write(f"{number} documents read again, {forgotten} words forgotten.")
            return
        if not settings.SEARCH_URL:
            raise CommandError("SEARCH_URL names no search engine. Did you mean --database?")
        try:
            for language in indices.languages():
                reindex(language, self.stdout.write)
        except EngineDown as error:
            raise CommandError(f"The search engine is down: {error}. Run this again.") from error
