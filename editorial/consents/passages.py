"""The passages of an article for which people are asked: quotations with a name, pictures of people."""

from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles.models import ArticlePage
from search.text import fold

# Fields of an article that hold a picture.
PICTURE_FIELDS = ["picture", "social_image"]


@dataclass(frozen=True)
class Passage:
    """A quotation or a picture of people.

    Parameters
    ----------
    id: that of the block of a quotation; `picture_id` of a picture, wherever the article shows it.
    who: the name under a quotation; empty for a picture.
    words: what was said, or what the picture shows.
    """

    id: str
    is_picture: bool
    who: str
    words: str

    @property
    def label(self) -> str:
        words = Truncator(self.words).words(14, truncate="…")
        if self.is_picture:
            return _("Picture: %(words)s") % {"words": words}
        return _("%(who)s: “%(words)s”") % {"who": self.who, "words": words}

    @property
    def who_key(self) -> str:
        return fold(self.who)


def picture_id(pk: int) -> str:
    return f"picture-{pk}"


def passages(page: ArticlePage) -> list[Passage]:
    """Return the passages of this version of the article for which people are asked, each once.

    A quotation under which nobody is named asks nobody.
    """
    pictures = [getattr(page, name) for name in PICTURE_FIELDS]
    found = []
    for block in page.body:
        if block.block_type == "quotation" and block.value["who"]:
            found.append(Passage(block.id, False, block.value["who"], block.value["text"]))
        elif block.block_type == "image":
            pictures.append(block.value["image"])
    shown = {picture for picture in pictures if picture and picture.shows_people}
    found += [
        Passage(picture_id(picture.pk), True, "", picture.title)
        for picture in sorted(shown, key=lambda picture: picture.pk)
    ]
    return found


def known_passages(page: ArticlePage) -> list[Passage]:
    """Return the passages of the last version, then those that are online only."""
    found = {passage.id: passage for passage in passages(page.get_latest_revision_as_object())}
    if page.live and page.has_unpublished_changes:
        for passage in passages(page):
            found.setdefault(passage.id, passage)
    return list(found.values())
