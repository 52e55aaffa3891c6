"""How often one address may ask: counted in fixed spans of time, the address itself is nowhere kept."""

import time

from django.conf import settings
from django.core.cache import caches
from django.utils.crypto import salted_hmac

WINDOW = 60  # seconds


def seconds_to_wait(request, door: str, limit: int, window: int = WINDOW) -> int:
    """Count a request at `door`; return 0 where it may pass, else after how many seconds one may.

    Parameters
    ----------
    limit: how many pass in a `window` of seconds.
    """
    key, left = _place(request, door, window)
    return left if _counted(key, window) > limit else 0


def forget(request, door: str, window: int = WINDOW) -> None:
    """Let whoever asks pass at `door` as if they had not asked in this `window`."""
    key, _left = _place(request, door, window)
    caches["counts"].delete(key)


def _place(request, door: str, window: int) -> tuple[str, int]:
    """Return where the requests at `door` of this address are counted now, and for how many seconds."""
    number, elapsed = divmod(int(time.time()), window)
    asked = f"{number} {client_address(request)} {door}"
    return f"rate-{salted_hmac('search.rate', asked).hexdigest()}", window - elapsed


def client_address(request) -> str:
    """Return the address that asks, as told by the proxies that are trusted."""
    proxies = settings.TRUSTED_PROXIES
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    # Each proxy adds at the right where it was asked from; what is further left, anybody may write.
    if proxies and len(told) >= proxies and told[-proxies].strip():
        return told[-proxies].strip()
    return request.META.get("REMOTE_ADDR", "")


def _counted(key: str, window: int) -> int:
    counts = caches["counts"]
    if counts.add(key, 1, 2 * window):
        return 1
    try:
        return counts.incr(key)
    except ValueError:  # it has gone out of the cache meanwhile
        return 1
