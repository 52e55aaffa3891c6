"""Which engine answers: the external one where there is one and it is well, else the site's own database."""

import logging
import time

from django.conf import settings
from django.core.cache import cache

from search.engines import EngineDown, Found, Wanted
from search.engines.database import DatabaseEngine
from search.engines.remote import RemoteEngine

logger = logging.getLogger(__name__)

REST = 10  # seconds that an engine that is down is left alone, before one search tries it again
FORGOTTEN = 3600  # seconds after which an engine that nobody asked is thought to be well
DOWN, RESTING = "search-engine-down", "search-engine-resting"
_resting_until = 0.0


def answer(wanted: Wanted) -> tuple[Found, str, bool]:
    """Return what is found, the name of the engine that found it, and whether it stands in for another."""
    database = DatabaseEngine()
    if not settings.SEARCH_URL:
        return database.find(wanted), database.name, False
    if _may_ask():
        remote = RemoteEngine()
        try:
            found = remote.find(wanted)
        except EngineDown as error:
            _engine_is_down(error)
        else:
            _engine_is_well()
            return found, remote.name, False
    return database.find(wanted), database.name, True


def _may_ask() -> bool:
    """Whether to ask the external engine: it is well, or it is time for this one search to try it."""
    if time.monotonic() < _resting_until:
        return False
    return not cache.get(DOWN) or cache.add(RESTING, True, REST)


def _engine_is_down(error: EngineDown) -> None:
    """Leave the engine alone for a while, in all the processes, and in this one if they share no cache."""
    global _resting_until
    _resting_until = time.monotonic() + REST
    if not cache.get(DOWN):
        logger.warning("The search engine is down, the database answers: %s", error)
    cache.set(DOWN, True, FORGOTTEN)
    cache.set(RESTING, True, REST)


def _engine_is_well() -> None:
    if cache.get(DOWN):
        logger.warning("The search engine answers again.")
        cache.delete(DOWN)
