"""Bring the external engine up to date, as long as the site runs."""

import logging
import signal
from threading import Event

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections

from search import outbox
from search.engines import EngineDown

logger = logging.getLogger(__name__)

BUSY, IDLE = 0.3, 1.0  # seconds between two looks, while things change and once they do not
LONGEST_REST = 5.0  # seconds between two tries of an engine that is down


class Command(BaseCommand):
    help = "Send what is published to Elasticsearch or OpenSearch, until stopped."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="send what is pending, then end")

    def handle(self, *, once, **options):
        if not settings.SEARCH_URL:
            raise CommandError("SEARCH_URL names no search engine: there is nothing to send to.")
        if once:
            self._send_once()
            return
        stopped = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_arguments: stopped.set())
        run(stopped)

    def _send_once(self):
        try:
            taken, refused = outbox.send_pending()
        except EngineDown as error:
            raise CommandError(f"The search engine is down: {error}") from error
        self.stdout.write(f"{taken} documents sent, {refused} refused.")
        if refused:
            raise CommandError("The search engine refused some documents; the log says why.")


def run(stopped: Event) -> None:
    """Send what changes until `stopped`, whatever happens to the engine or to the database."""
    pause, trouble = BUSY, ""
    while not stopped.is_set():
        close_old_connections()
        try:
            taken, refused = outbox.send_pending()
        except (EngineDown, DatabaseError) as error:
            if not trouble:
                logger.warning("Nothing can be sent to the search engine: %s", error)
            trouble = str(error)
            pause = min(2 * pause, LONGEST_REST)
        else:
            if trouble:
                logger.warning("The search engine is up to date again.")
            trouble = ""
            pause = BUSY if taken else min(1.2 * pause, IDLE)
            if refused:
                pause = LONGEST_REST
        stopped.wait(pause)
