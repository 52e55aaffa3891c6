"""What an attentive colleague would notice in an article: each rule is a function that yields findings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.db import models
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.footnotes import is_unclosed
from editorial.writing.passages import Passage, Reading, block_id, field_id
from editorial.writing.starts import is_working_title
from search.text import fold

LONGEST_TITLE = 90  # characters
LONGEST_SENTENCE = 40  # words
LONGEST_PARAGRAPH = 120  # words
LONGEST_FALSE_HEADING = 100  # characters
SHORTEST_QUOTATION = 60  # characters; a reply of a few words stays in its paragraph
EXCERPT = 70  # characters

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
SENTENCE_END = re.compile(r"(?<=[.!?…])[\s\u00a0\u202f»]+(?=[^\W\d_a-zà-ÿœæ«]|«)")
# Three words or more in capitals, as acronyms seldom follow one another.
CAPITALS = re.compile(r"\b[A-ZÀ-ÖØ-ÞŒ’'-]{2,}(?:[\s\u00a0,:]+[A-ZÀ-ÖØ-ÞŒ’'-]+){2,}\b")
FEWEST_CAPITALS = 12  # letters of a passage in capitals
REPEATED_SIGNS = re.compile(r"!{2,}|\?{2,}|!\s+!")
DOUBLE_SPACE = re.compile(r"\S {2,}\S")
QUOTATION = re.compile(r"\s*(?:«[^«»]+»|“[^“”]+”)[\s.]*")
ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$", re.IGNORECASE)
# As `fold` writes them.
VAGUE_LINKS = {
    *("ici", "la", "lien", "ce lien", "le lien", "suivre ce lien", "cliquez ici", "cliquer ici"),
    *("cliquez", "en cliquant ici", "voir", "voir ici", "lire", "lire la suite", "la suite"),
    *("en savoir plus", "en savoir +", "plus d'infos", "plus d'informations", "telecharger"),
    *("here", "click here", "this link", "link", "read more", "learn more", "more"),
}


class Severity(models.TextChoices):
    MUST = "must", gettext_lazy("To be put right before it is submitted")
    SHOULD = "should", gettext_lazy("Better for those who read it")


@dataclass(frozen=True)
class Finding:
    message: str
    where: str  # id, in the form, of the field or block to look at
    excerpt: str = ""
    severity: Severity = Severity.SHOULD


def found_at(message: str, passage: Passage, excerpt: str = "") -> Finding:
    return Finding(message, passage.where, Truncator(excerpt or passage.text).chars(EXCERPT))


def long_title(reading: Reading) -> Iterator[Finding]:
    if len(reading.article.title) > LONGEST_TITLE:
        yield Finding(
            _("The title has %(count)s characters: keep it under %(most)s.")
            % {"count": len(reading.article.title), "most": LONGEST_TITLE},
            field_id("title"),
        )


def title_in_capitals(reading: Reading) -> Iterator[Finding]:
    if reading.article.title.isupper() and len(reading.article.title) >= FEWEST_CAPITALS:
        message = _("The title is in capitals, which are hard to read.")
        yield Finding(message, field_id("title"))


def working_title(reading: Reading) -> Iterator[Finding]:
    if is_working_title(reading.article.title):
        yield Finding(_("The article still waits for its title."), field_id("title"))


def no_summary(reading: Reading) -> Iterator[Finding]:
    if not reading.article.summary.strip():
        message = _("«In brief» is empty: two sentences would make one want to read on.")
        yield Finding(message, field_id("summary"))


def unclassified(reading: Reading) -> Iterator[Finding]:
    if not reading.article.typologies.all():
        yield Finding(_("Say what kind of text it is: choose a typology."), field_id("typologies"))
    if not reading.article.categories.all():
        yield Finding(
            _("Say what it is about: choose one to three categories."), field_id("categories")
        )


def main_picture_undescribed(reading: Reading) -> Iterator[Finding]:
    if reading.article.picture and not reading.article.picture_alt.strip():
        message = _(
            "The main picture is not described. Leave it so only if it says no more than the text."
        )
        yield Finding(message, field_id("picture_alt"))


def pictures_undescribed(reading: Reading) -> Iterator[Finding]:
    for block in reading.article.body:
        image = block.value["image"] if block.block_type == "image" else None
        if image and not image.decorative and not (image.contextual_alt_text or "").strip():
            yield Finding(
                _("Say what this picture shows, or tick that it is decorative."),
                block_id(block),
                image.title,
                Severity.MUST,
            )


def tables_unnamed(reading: Reading) -> Iterator[Finding]:
    """Read cell by cell, a table is understood by its title and the names of its rows or columns."""
    for block in reading.article.body:
        if block.block_type != "table" or block in reading.empty_blocks:
            continue
        if not (block.value.get("table_caption") or "").strip():
            message = _("This table has no title: say what it is about in its caption.")
            yield Finding(message, block_id(block))
        if block.value.get("table_header_choice") in (None, "", "neither"):
            message = _("Nothing names the columns or the rows of this table: choose its headers.")
            yield Finding(message, block_id(block))


def videos_untold(reading: Reading) -> Iterator[Finding]:
    """A video is told in words, and played in the article once its house says that nobody is left out."""
    for block in reading.article.body:
        if block.block_type != "video":
            continue
        if not strip_tags(block.value["transcript"].source).strip():
            message = _("Write what is said and shown, for those who cannot see or hear the video.")
            yield Finding(message, block_id(block), block.value["title"])
        if block.value.player_url and not block.value.framed_url:
            message = _(
                "Has it subtitles, is it understood unseen? Tick both, or it is only a link."
            )
            yield Finding(message, block_id(block), block.value["title"])


def quotations_in_text(reading: Reading) -> Iterator[Finding]:
    for block, inside in reading.pieces:
        for passage in inside if block.block_type == "paragraph" else []:
            if len(passage.text) >= SHORTEST_QUOTATION and QUOTATION.fullmatch(passage.text):
                message = _("This paragraph is a quotation: put it in a piece «Quotation».")
                yield found_at(message, passage)


def pictures_without_credit(reading: Reading) -> Iterator[Finding]:
    """One may be the house's own; several are to be asked about."""
    without = [picture for picture in reading.article.pictures() if not picture.credit]
    if len(without) > 1:
        message = ngettext(
            "%(count)s picture has no credit: say who made it.",
            "%(count)s pictures have no credit: say who made them.",
            len(without),
        ) % {"count": len(without)}
        yield Finding(message, field_id("picture"), ", ".join(p.title for p in without[:3]))


def empty_blocks(reading: Reading) -> Iterator[Finding]:
    """Those of a part are told apart by its heading. The form refuses nearly all of them, but for a table."""
    part, empty = "", reading.empty_blocks
    for block in reading.article.body:
        if block.block_type == "heading":
            part = block.value["text"]
        if block in empty:
            message = _("This piece is empty: fill it in, or remove it.")
            excerpt = " – ".join(filter(None, [part, str(block.block.label)]))
            severity = Severity.SHOULD if block.block_type == "table" else Severity.MUST
            yield Finding(message, block_id(block), excerpt, severity)


def headings_out_of_order(reading: Reading) -> Iterator[Finding]:
    """A sub-part without a part above it; a heading with nothing below."""
    has_part = False
    for block, below in pairwise([*reading.article.body, None]):
        if block.block_type != "heading":
            continue
        level, title = block.value["level"], block.value["text"]
        if level == "3" and not has_part:
            message = _("This sub-part belongs to no part: make it a part, or put one above it.")
            yield Finding(message, block_id(block), title)
        has_part = has_part or level == "2"
        if below is None or (below.block_type == "heading" and below.value["level"] <= level):
            message = _("Nothing stands below this heading: write the part, or remove it.")
            yield Finding(message, block_id(block), title)


def bold_headings(reading: Reading) -> Iterator[Finding]:
    for block, inside in reading.pieces:
        for passage in inside if block.block_type == "paragraph" else []:
            if passage.is_all_bold and len(passage.text) <= LONGEST_FALSE_HEADING:
                message = _("These bold words look like a heading: use a heading instead.")
                yield found_at(message, passage)


def in_capitals(reading: Reading) -> Iterator[Finding]:
    for passage in reading.text:  # the title has its own rule
        for match in CAPITALS.finditer(passage.text):
            if sum(sign.isalpha() for sign in match[0]) >= FEWEST_CAPITALS:
                message = _("These words are in capitals, which are hard to read.")
                yield found_at(message, passage, match[0])


def vague_links(reading: Reading) -> Iterator[Finding]:
    for passage, label in _link_texts(reading):
        if fold(label).strip(" .:>»«[]()") in VAGUE_LINKS:
            message = _("This link does not say where it leads: name what one finds there.")
            yield found_at(message, passage, label)
        elif ADDRESS.match(label.strip()):
            message = _("This link shows its bare address: name what one finds there.")
            yield found_at(message, passage, label)


def _link_texts(reading: Reading) -> Iterator[tuple[Passage, str]]:
    """Yield (where it stands, its text) of each link, in the text and in lists of links."""
    for passage in reading.passages:
        for label in passage.links:
            yield passage, label
    listed = [(block, block.value) for block in reading.article.links]
    for block in reading.article.body:
        if block.block_type == "links":
            listed += [(block, link) for link in block.value["links"]]
    for block, link in listed:
        label = link.get("label") or ""
        yield Passage(block_id(block), label), label


def long_sentences(reading: Reading) -> Iterator[Finding]:
    for passage in reading.passages:
        for sentence in SENTENCE_END.split(passage.text):
            count = len(WORD.findall(sentence))
            if count > LONGEST_SENTENCE:
                message = _("This sentence has %(count)s words: could it be two?")
                yield found_at(message % {"count": count}, passage, sentence)


def long_paragraphs(reading: Reading) -> Iterator[Finding]:
    for passage in reading.passages:
        count = len(WORD.findall(passage.text))
        if count > LONGEST_PARAGRAPH:
            message = _("This paragraph has %(count)s words: split it, so that one can breathe.")
            yield found_at(message % {"count": count}, passage)


def careless_signs(reading: Reading) -> Iterator[Finding]:
    for passage in reading.passages:
        if REPEATED_SIGNS.search(passage.text):
            yield found_at(_("One exclamation or question mark is enough."), passage)
        if DOUBLE_SPACE.search(passage.text):
            yield found_at(_("Two spaces follow each other here."), passage, passage.text)


def unclosed_notes(reading: Reading) -> Iterator[Finding]:
    for passage in reading.text:
        if is_unclosed(passage.text):
            message = _(
                "This note is not closed: it begins with [[ and ends with ]], in one paragraph."
            )
            yield found_at(message, passage)


RULES = [
    pictures_undescribed,
    working_title,
    long_title,
    title_in_capitals,
    no_summary,
    unclassified,
    main_picture_undescribed,
    empty_blocks,
    headings_out_of_order,
    bold_headings,
    tables_unnamed,
    videos_untold,
    quotations_in_text,
    vague_links,
    in_capitals,
    long_sentences,
    long_paragraphs,
    careless_signs,
    unclosed_notes,
    pictures_without_credit,
]


def by_severity(findings: list[Finding]) -> list[tuple[str, list[Finding]]]:
    """Return (what to do of them, those) of the findings, the most serious first."""
    return [
        (severity.label, [finding for finding in findings if finding.severity == severity])
        for severity in Severity
    ]


def count_words(reading: Reading) -> int:
    return sum(len(WORD.findall(passage.text)) for passage in reading.passages)
