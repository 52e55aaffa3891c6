"""The guided starts: for each kind of article, the pieces it is made of, in order, and what to write in each.

To change a start, change its list of pieces. A hint is shown in the form beside its piece: it is no part of the text,
and can't be published.
"""

import re
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.blocks import StreamValue

from articles.models import ArticlePage, Typology
from houses.models import HousePage
from portal.text import first_free, title_slug

WORKING_TITLE = _("Untitled article")


@dataclass(frozen=True)
class Piece:
    """One block of the text; a heading comes with its words, which the author may change."""

    kind: str  # name of the block in articles.blocks.BodyBlock
    hint: Promise | str = ""
    heading: Promise | str = ""


@dataclass(frozen=True)
class Start:
    name: str
    label: Promise
    description: Promise
    typology: str  # label of the typology it is given, where the site has it
    pieces: tuple[Piece, ...]

    def block_id(self, number: int) -> str:
        """Return the id of the piece `number`: always the same, so that its hint is found again."""
        return str(uuid5(NAMESPACE_URL, f"start:{self.name}:{number}"))


def heading(words) -> Piece:
    return Piece("heading", heading=words)


STARTS = [
    Start(
        "practice",
        _("Tell a practice"),
        _("What your house tried, how, and what came of it."),
        "Cas pratiques & témoignages",
        (
            heading(_("Where we started from")),
            Piece(
                "paragraph",
                _(
                    "What was the difficulty, and for whom? A scene or a figure says more than a principle."
                ),
            ),
            heading(_("What we did")),
            Piece(
                "steps",
                _("One step for each thing done: who did it, with whom, in how much time."),
            ),
            heading(_("What came of it")),
            Piece(
                "paragraph",
                _("What has changed, for whom? Say also what you had not expected."),
            ),
            Piece(
                "key_figures",
                _(
                    "Two or three figures: people, money, hours. Remove this piece if you have none."
                ),
            ),
            Piece(
                "quotation",
                _("A sentence of somebody who was there. Ask whether they agree to be quoted."),
            ),
            heading(_("What did not work")),
            Piece("paragraph", _("What would you do otherwise? It helps the other houses most.")),
            Piece("takeaways", _("Three pieces of advice for a house that would begin tomorrow.")),
        ),
    ),
    Start(
        "meeting",
        _("Report on a meeting"),
        _("What was said and decided, for those who were not there."),
        "Compte rendu",
        (
            Piece(
                "paragraph",
                _(
                    "In a few lines: why this meeting, and who was there. Its date and place go into «Where and when»."
                ),
            ),
            heading(_("What people said")),
            Piece(
                "paragraph",
                _("The main ideas, not the order of the speeches. One paragraph for each idea."),
            ),
            Piece(
                "quotation",
                _("The sentence that people remember. Ask whether they agree to be quoted."),
            ),
            heading(_("What we decided")),
            Piece("takeaways", _("One decision a line: who does what, by when.")),
            heading(_("What comes next")),
            Piece("paragraph", _("The next date, and how to take part.")),
            Piece(
                "document",
                _("The slides or the minutes, if they may be shared. Otherwise remove this piece."),
            ),
        ),
    ),
    Start(
        "initiative",
        _("Present an initiative"),
        _("A project of your territory, on one sheet."),
        "Fiche initiative",
        (
            heading(_("The idea")),
            Piece("paragraph", _("In three sentences: what it is, who runs it, since when.")),
            heading(_("Whom it is for")),
            Piece("paragraph", _("Who comes, from where, how they heard of it.")),
            heading(_("How it works")),
            Piece("steps", _("What happens, from the first contact to the last.")),
            heading(_("What it takes")),
            Piece("key_figures", _("Budget, people, hours a week, area in square metres…")),
            Piece("paragraph", _("Who pays, which partners, which authorisations.")),
            heading(_("Where it stands")),
            Piece("paragraph", _("What has been reached, and what is still to be done.")),
            Piece("contact", _("Who answers questions. Check that they agree to be named.")),
        ),
    ),
    Start(
        "workshop",
        _("Synthesis of a workshop"),
        _("What a group worked out together, ready to be used by others."),
        "Synthèse d’atelier",
        (
            Piece("paragraph", _("The question that the workshop started from, in one sentence.")),
            Piece("sessions", _("One session or several: theme, date, associations taking part.")),
            heading(_("What came out of it")),
            Piece("paragraph", _("The ideas on which people agreed, grouped by theme.")),
            Piece("quotation", _("A sentence heard around the table. Remove it if you have none.")),
            heading(_("What is not settled")),
            Piece("paragraph", _("The disagreements and open questions, without names.")),
            heading(_("Ways forward")),
            Piece("takeaways", _("What an association can do next week with this.")),
            Piece("links", _("Tools and texts that were spoken of. Remove it if there were none.")),
        ),
    ),
]
STARTS_BY_NAME = {start.name: start for start in STARTS}
HINTS = {
    start.block_id(number): piece.hint
    for start in STARTS
    for number, piece in enumerate(start.pieces)
    if piece.hint
}


def hints_for(article: ArticlePage) -> dict[str, str]:
    """Return the hint of each piece of `article` that has one, by the id of its block."""
    return {block.id: str(HINTS[block.id]) for block in article.body if block.id in HINTS}


def is_working_title(title: str) -> bool:
    """Whether `title` is the one that a draft begins with, in whatever language."""
    bare = re.sub(r" \d+$", "", title)
    for code, _name in settings.LANGUAGES:
        with override(code):
            if bare == str(WORKING_TITLE):
                return True
    return False


@transaction.atomic
def begin(start: Start, house_page: HousePage, user) -> ArticlePage:
    """Make the draft of an article of the house, with the pieces of `start`, and return it."""
    with override(house_page.locale.language_code):
        title, slug = _free_title(house_page)
        article = ArticlePage(
            title=title, slug=slug, owner=user, live=False, locale=house_page.locale
        )
        article.body = _body(start)
    article.typologies = list(Typology.objects.labelled(start.typology))
    house_page.add_child(instance=article)
    article.save_revision(user=user, log_action=True, clean=False)
    return article


def _free_title(house_page: HousePage) -> tuple[str, str]:
    """Return a title and its short name, numbered where the house has such a draft already."""
    base = title_slug(str(WORKING_TITLE))
    siblings = house_page.get_children()
    slug = first_free(base, lambda slug: siblings.filter(slug=slug).exists())
    return f"{WORKING_TITLE} {slug.removeprefix(base)[1:]}".strip(), slug


def _body(start: Start) -> StreamValue:
    stream_block = ArticlePage.body.field.stream_block
    rows = []
    for number, piece in enumerate(start.pieces):
        value = stream_block.child_blocks[piece.kind].get_default()
        if piece.heading:
            value["text"] = str(piece.heading)
        rows.append((piece.kind, value, start.block_id(number)))
    return StreamValue(stream_block, rows)
