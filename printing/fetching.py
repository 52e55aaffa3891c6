"""What a PDF may take in: pictures that were uploaded, fonts of the site, drawings made here. Nothing else is opened."""

from io import BytesIO
from urllib.parse import unquote, urljoin

from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from PIL import Image

LARGEST_SIDE = 1400  # pixels: across the text of an A4 sheet, 200 an inch
MOST_PIXELS = 50_000_000
QUALITY = 80  # of a JPEG, out of 100
PAPER = "white"


class Refused(Exception):
    """An address that a PDF may not open."""


def read(address: str, site: str, static_url: str) -> tuple[bytes, str]:
    """Return (content, media type) of what is at `address`, or raise `Refused`.

    Parameters
    ----------
    site: address of the home page, below which those of local files are.
    static_url: where the site's own files are, from `site`.
    """
    media = urljoin(site, _media_url())
    if address.startswith(media):
        return _picture(unquote(address.removeprefix(media).partition("?")[0])), "image/jpeg"
    static = urljoin(site, static_url)
    found = address.startswith(static) and finders.find(unquote(address.removeprefix(static)))
    if not found:
        raise Refused(address)
    with open(found, "rb") as file:
        return file.read(), "font/woff2"


def _media_url() -> str:
    """Return what the addresses of all uploaded files begin with, wherever they are kept."""
    return default_storage.url("name").partition("?")[0].removesuffix("name")


def _picture(name: str) -> bytes:
    """Return an uploaded picture as a JPEG of a reasonable size: all that a PDF keeps as it is."""
    with default_storage.open(name) as file, Image.open(file) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise Refused(name)
        picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
        layer = picture.convert("RGBA")
    sheet = Image.new("RGB", layer.size, PAPER)
    sheet.paste(layer, mask=layer)
    content = BytesIO()
    sheet.save(content, "JPEG", quality=QUALITY)
    return content.getvalue()
