"""HTML made into tagged PDF (PDF/UA-1) by WeasyPrint, where the libraries it needs are installed."""

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
LONGEST = 2_000_000  # characters of HTML: about 300 sheets, half a minute
WAIT = 3  # seconds for another PDF to be done

_one_at_once = BoundedSemaphore()


class Busy(Exception):
    """Another PDF is being made in this process."""


class TooLong(Exception):
    """More than is made at once."""


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
    Busy, TooLong: it can't be made now, or at all.
    """
    if len(html) > LONGEST:
        raise TooLong
    with open(finders.find(STYLESHEET), encoding="utf-8") as file:
        style = file.read()
    key = f"pdf-{blake2s((style + html).encode()).hexdigest()}"
    if (kept := cache.get(key)) is not None:
        return kept
    if not _one_at_once.acquire(timeout=WAIT):
        raise Busy
    try:
        made = _made(html, style, site)
    finally:
        _one_at_once.release()
    if len(made) <= LARGEST_KEPT:
        cache.set(key, made, KEPT)
    return made


def _made(html: str, style: str, site: str) -> bytes:
    files, fonts = PublicFiles(site), FontConfiguration()
    style_address = urljoin(site, settings.STATIC_URL) + STYLESHEET
    sheet = weasyprint.CSS(
        string=style, base_url=style_address, url_fetcher=files, font_config=fonts
    )
    document = weasyprint.HTML(string=html, base_url=site, url_fetcher=files)
    return document.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant=VARIANT)
