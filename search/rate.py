"""How often one address may ask: counted in fixed minutes, the address itself is nowhere kept."""

import time

from django.conf import settings
from django.core.cache import caches
from django.utils.crypto import salted_hmac

WINDOW = 60  # seconds


def seconds_to_wait(request, door: str, limit: int) -> int:
    """Count a request at `door`; return 0 where it may pass, else after how many seconds one may."""
    window, elapsed = divmod(int(time.time()), WINDOW)
    address = salted_hmac("search.rate", f"{window} {client_address(request)}").hexdigest()
    return WINDOW - elapsed if _counted(f"rate-{door}-{address}") > limit else 0


def client_address(request) -> str:
    """Return the address that asks, as told by the proxies that are trusted."""
    proxies = settings.TRUSTED_PROXIES
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    # Each proxy adds at the right where it was asked from; what is further left, anybody may write.
    if proxies and len(told) >= proxies and told[-proxies].strip():
        return told[-proxies].strip()
    return request.META.get("REMOTE_ADDR", "")


def _counted(key: str) -> int:
    counts = caches["counts"]
    if counts.add(key, 1, 2 * WINDOW):
        return 1
    try:
        return counts.incr(key)
    except ValueError:  # it has gone out of the cache meanwhile
        return 1
