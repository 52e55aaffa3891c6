"""HTML made into tagged PDF (PDF/UA-1) by WeasyPrint, where the libraries it needs are installed."""

import json
import subprocess
import sys
from hashlib import blake2s
from threading import BoundedSemaphore
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache
from PIL import ImageFile

from printing import fetching

try:
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse
except (ImportError, OSError) as error:  # OSError: the package is there, not the libraries
    weasyprint, URLFetcher, MISSING = None, object, str(error)
else:
    MISSING = ""
    # WeasyPrint has Pillow take half a picture for a whole one, in all the site: uploads would be accepted so.
    ImageFile.LOAD_TRUNCATED_IMAGES = False

VARIANT = "pdf/ua-1"
STYLESHEET = "css/pdf.css"
KEPT = 24 * 3600  # seconds
LARGEST_KEPT = 5_000_000  # bytes
LONGEST = 2_000_000  # characters of HTML: about 300 sheets
WAIT = 3  # seconds for another PDF to be done
LIMIT = 25  # seconds to make one: servers of the site wait for half a minute
# What took too long is not tried again for so many seconds.
SLOW, SLOW_FOR = b"", 600

_one_at_once = BoundedSemaphore()


class Busy(Exception):
    """Another PDF is being made in this process."""


class TooLong(Exception):
    """More than is made at once."""


class TooSlow(Exception):
    """It was not made in time: the process that made it was stopped."""


class PublicFiles(URLFetcher):
    """Opens for WeasyPrint what `fetching` allows; the rest is left out of the document."""

    def __init__(self, site: str):
        super().__init__(allowed_protocols={"data"})
        self.site = site

    def fetch(self, url, headers=None):
        if url.startswith("data:"):
            return super().fetch(url, headers)
        content, media_type = fetching.read(url, self.site, settings.STATIC_URL)
        return URLFetcherResponse(url, content, {"Content-Type": media_type})


def is_available() -> bool:
    return weasyprint is not None


def pdf_of(html: str, site: str) -> bytes:
    """Return `html` as a PDF, kept ready until the text or its style changes.

    Parameters
    ----------
    site: address of the home page, to which relative ones are joined.

    Raises
    ------
    Busy, TooSlow, TooLong: it can't be made now, for some minutes, or at all.
    """
    if len(html) > LONGEST:
        raise TooLong
    with open(finders.find(STYLESHEET), encoding="utf-8") as file:
        style = file.read()
    key = f"pdf-{blake2s((style + html).encode()).hexdigest()}"
    if (kept := cache.get(key)) == SLOW:
        raise TooSlow
    if kept is not None:
        return kept
    if not _one_at_once.acquire(timeout=WAIT):
        raise Busy
    try:
        content = _made_apart(html=html, style=style, site=site)
    except subprocess.TimeoutExpired as error:
        cache.set(key, SLOW, SLOW_FOR)
        raise TooSlow from error
    finally:
        _one_at_once.release()
    if len(content) <= LARGEST_KEPT:
        cache.set(key, content, KEPT)
    return content


def _made_apart(**asked) -> bytes:
    """Have another process make it, killed after `LIMIT`: nothing stops WeasyPrint within this one."""
    return subprocess.run(
        [sys.executable, "-m", "printing.making"],
        input=json.dumps(asked).encode(),
        stdout=subprocess.PIPE,
        cwd=settings.BASE_DIR,
        timeout=LIMIT,
        check=True,
    ).stdout


def made(html: str, style: str, site: str) -> bytes:
    """Return the PDF, made here however long it takes."""
    files, fonts = PublicFiles(site), FontConfiguration()
    style_address = urljoin(site, settings.STATIC_URL) + STYLESHEET
    sheet = weasyprint.CSS(
        string=style, base_url=style_address, url_fetcher=files, font_config=fonts
    )
    document = weasyprint.HTML(string=html, base_url=site, url_fetcher=files)
    return document.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant=VARIANT)
