"""What the HTML of a page makes a browser do: elements to build, files to fetch."""

import gzip
import re
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin
from urllib.request import Request, urlopen

LINKS = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}
CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)""")


class Markup(HTMLParser):
    """Counts the `elements` of a page and lists the `files` it names, each once."""

    def __init__(self, html: str):
        super().__init__()
        self.elements = 0
        self._files = []
        self._in_picture = self._source_chosen = False
        self.feed(html)

    @property
    def files(self) -> list[str]:
        """The local addresses of the files, in the order of the page."""
        found = dict.fromkeys(urldefrag(file)[0] for file in self._files)
        return [file for file in found if file.startswith("/") and not file.startswith("//")]

    def handle_starttag(self, tag, attrs):
        self.elements += 1
        attrs = dict(attrs)
        if tag == "picture":
            self._in_picture, self._source_chosen = True, False
        elif tag == "link" and LINKS & set(attrs.get("rel", "").split()):
            self._files.append(attrs["href"])
        elif tag in ("script", "img", "source", "iframe"):
            self._handle_source(attrs)

    def handle_endtag(self, tag):
        if tag == "picture":
            self._in_picture = False

    def _handle_source(self, attrs):
        """Keep one file: of a picture's sources, the first of the first, which browsers prefer."""
        file = attrs.get("src") or attrs.get("srcset", "").split(",")[0].split(" ")[0]
        if not file or (self._in_picture and self._source_chosen):
            return
        self._source_chosen = self._in_picture
        self._files.append(file)


def look_at(base_url: str, path: str) -> dict:
    """Visit a page and what it needs, and return sizes in bytes and counts.

    `first_view_bytes` is the most that a first visit transfers: the page, every local file named in
    it, lazy pictures included, and every file named in its style sheets, fonts included.
    """
    body, transferred, _ = fetch(base_url + path)
    markup = Markup(body.decode())
    sizes, in_css = {}, {}
    for file in markup.files:
        content, sizes[file], kind = fetch(base_url + file)
        if kind == "text/css":
            in_css |= files_of_css(base_url, file, content.decode())
    return {
        "bytes": len(body),
        "gzip_bytes": len(gzip.compress(body, 6)),
        "elements": markup.elements,
        "sub_requests": len(sizes),
        "first_view_bytes": transferred + sum((in_css | sizes).values()),
    }


def files_of_css(base_url: str, css_url: str, css: str) -> dict[str, int]:
    """Return the address and transferred size of each file that a style sheet names."""
    named = {urljoin(css_url, url) for url in CSS_URL.findall(css) if not url.startswith("data:")}
    return {file: fetch(base_url + file)[1] for file in named if file.startswith("/")}


def fetch(url: str) -> tuple[bytes, int, str]:
    """Return the content, the bytes that carried it (compressed if the server does), the type."""
    with urlopen(Request(url, headers={"Accept-Encoding": "gzip"})) as answer:
        carried = answer.read()
        compressed = answer.headers["Content-Encoding"] == "gzip"
        content = gzip.decompress(carried) if compressed else carried
        return content, len(carried), answer.headers.get_content_type()
