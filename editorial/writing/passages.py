"""The texts of an article as a reader meets them: passage after passage, each with where it stands in the form."""

from dataclasses import dataclass
from functools import cached_property

from bs4 import BeautifulSoup
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

# What blocks that are not made of words need for not being empty.
CHOSEN = {"image": "image", "document": "document", "video": "url"}
LINES = ["p", "li", "h2", "h3", "h4"]


@dataclass(frozen=True)
class Passage:
    """A title, a paragraph, an item of a list: `text` is as it is read, `html` as it is written."""

    where: str  # id, in the form, of the field or block that it stands in
    text: str
    html: str = ""

    @cached_property
    def links(self) -> list[str]:
        """The text of each link."""
        if "<a" not in self.html:
            return []
        return [link.get_text() for link in BeautifulSoup(self.html, "html.parser").find_all("a")]

    @cached_property
    def is_all_bold(self) -> bool:
        if "<b" not in self.html and "<strong" not in self.html:
            return False
        bold = BeautifulSoup(self.html, "html.parser").find_all(["b", "strong"])
        return bool(self.text.strip()) and _bare("".join(b.get_text() for b in bold)) == _bare(
            self.text
        )


def _bare(text: str) -> str:
    return "".join(text.split())


def field_id(name: str) -> str:
    return f"id_{name}"


def block_id(block) -> str:
    """Return the id of the section of the form in which `block`, of a stream, is written."""
    return f"block-{block.id}-section"


class Reading:
    """An article and what is to be read in it, taken apart once for all those who look at it."""

    def __init__(self, article: Page):
        self.article = article

    @cached_property
    def pieces(self) -> list[tuple[object, list[Passage]]]:
        """Each block of the text, with its passages; empty texts are left out."""
        return [(block, _passages_of(block)) for block in self.article.body]

    @cached_property
    def text(self) -> list[Passage]:
        """All but the title, in order."""
        summary = Passage(field_id("summary"), self.article.summary)
        return [summary, *(passage for _block, inside in self.pieces for passage in inside)]

    @cached_property
    def passages(self) -> list[Passage]:
        return [Passage(field_id("title"), self.article.title), *self.text]

    @property
    def empty_blocks(self) -> list:
        """The blocks in which nothing was written, nor chosen."""
        return [block for block, inside in self.pieces if _is_empty(block, inside)]


def _passages_of(block) -> list[Passage]:
    return [
        Passage(block_id(block), text, html)
        for text, html in _pieces(block.block, block.value)
        if text.strip()
    ]


def _is_empty(block, inside: list[Passage]) -> bool:
    if chosen := CHOSEN.get(block.block_type):
        return not block.value[chosen]
    return not inside


def _pieces(block, value) -> list[tuple[str, str]]:
    """Return (text, HTML) of what is to be read in `value`, which `block` describes."""
    if value is None:
        return []
    if isinstance(block, blocks.RichTextBlock):
        return _lines(value.source)
    if isinstance(block, blocks.CharBlock | blocks.TextBlock):
        return [(value, "")]
    if isinstance(block, ImageBlock):
        return [(value.contextual_alt_text or "", "")]
    if isinstance(block, TableBlock):
        return [(str(cell), "") for row in value.get("data") or [] for cell in row if cell]
    if isinstance(block, blocks.StructBlock):
        children = [(child, value.get(name)) for name, child in block.child_blocks.items()]
    elif isinstance(block, blocks.ListBlock):
        children = [(block.child_block, item) for item in value]
    else:
        return []
    return [piece for child, inner in children for piece in _pieces(child, inner)]


def rich_lines(source: str) -> list[str]:
    """Return the paragraphs and items of a rich text, each link followed by where it leads."""
    soup = BeautifulSoup(source, "html.parser")
    for link in soup.find_all("a"):
        if link.get("href"):
            link.append(f" [{link['href']}]")
    return [text for text, _html in _lines(str(soup))]


def _lines(source: str) -> list[tuple[str, str]]:
    """Return (text, HTML) of each paragraph and item of a rich text."""
    soup = BeautifulSoup(source, "html.parser")
    found = soup.find_all(LINES) or [soup]
    return [(line.get_text(), str(line)) for line in found if not line.find(LINES)]
