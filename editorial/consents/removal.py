"""What a person said, and the pictures of them, taken out of the stored text of an article."""

import json
from dataclasses import dataclass, replace

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from editorial.consents.passages import PICTURE_FIELDS, picture_id
from search.text import bare, fold

# The fields of an article that people write in, where a name may be left.
WRITTEN = [
    *("title", "summary", "seo_title", "search_description", "picture_alt", "body", "contacts"),
    *("links", "event", "event_place", "speaker", "speaker_role"),
]
AROUND = 40  # characters shown on each side of a name that is left
# What stands in place of a name, unless other words are chosen.
NOBODY = gettext_lazy("Anonymous testimony")


@dataclass(frozen=True)
class Change:
    """What stands in the article, and what will stand in its place; empty: nothing."""

    before: str
    after: str = ""


@dataclass(frozen=True)
class Removal:
    """What is taken out of every version of an article, from the content of a revision.

    Parameters
    ----------
    person_key: the folded name; what bears it is taken out where `is_quoted` and `is_named` say so.
    covers: ids of the passages that show or quote the person.
    words: what stands in place of the name of who said it; empty, the quotation goes too.
    """

    person_key: str
    covers: frozenset[str]
    is_quoted: bool = True
    is_pictured: bool = True
    is_named: bool = True
    words: str = ""

    @classmethod
    def of(cls, consent, words: str = "") -> "Removal":
        """What is to go when `consent` has ended: what it allowed."""
        return cls(
            person_key=consent.person_key,
            covers=frozenset(consent.covers),
            is_quoted=consent.to_text or consent.to_name,
            is_pictured=consent.to_picture,
            is_named=consent.to_name,
            words=words,
        )

    def in_language(self, language: str, contents) -> "Removal":
        """The same in a translation: its blocks have the ids of those of `contents`, a name may be written otherwise.

        The words chosen are of one language: another one has those that are offered in it.
        """
        ids = {
            block.get("id")
            for content in contents
            for name in ("body", "contacts")
            for block in json.loads(content.get(name) or "[]")
            if self._block(block, []) != block
        }
        with override(language):
            words = str(NOBODY) if self.words else ""
        return replace(self, covers=self.covers | ids, words=words)

    def apply(self, content: dict) -> tuple[dict, list[Change]]:
        """Return the content without what is to go, and what changed."""
        content, changes = dict(content), []
        for name in ("body", "contacts"):
            blocks = [
                self._block(block, changes) for block in json.loads(content.get(name) or "[]")
            ]
            content[name] = json.dumps([block for block in blocks if block is not None])
        if self.is_pictured:
            for name in PICTURE_FIELDS:
                if content.get(name) and picture_id(content[name]) in self.covers:
                    content[name] = None
                    changes.append(Change(_("Picture at the top or in lists")))
        if self.is_named and self._is_them(content.get("speaker")):
            changes.append(Change(_("Told by %(who)s") % {"who": content["speaker"]}))
            content["speaker"] = content["speaker_role"] = ""
        return content, changes

    def _block(self, block: dict, changes: list[Change]) -> dict | None:
        """Return the block as it will be, None where it goes."""
        value = block["value"]
        if block["type"] == "quotation" and self._is_quotation(block):
            return self._quotation(block, changes)
        if block["type"] == "image" and self.is_pictured and self._is_picture(value["image"]):
            caption = value.get("caption") or value["image"].get("alt_text") or "…"
            changes.append(Change(_("Picture: %(words)s") % {"words": caption}))
            return None
        if block["type"] == "contact" and self.is_named and self._is_contact(block):
            changes.append(Change(_("Contact: %(who)s") % {"who": value["name"]}))
            return None
        return block

    def _is_picture(self, image: dict) -> bool:
        return picture_id(image["image"]) in self.covers

    def _is_contact(self, block: dict) -> bool:
        return block.get("id") in self.covers or self._is_them(block["value"].get("name"))

    def _is_quotation(self, block: dict) -> bool:
        is_theirs = block.get("id") in self.covers or self._is_them(block["value"].get("who"))
        return self.is_quoted and is_theirs and bool(block["value"].get("who"))

    def _quotation(self, block: dict, changes: list[Change]) -> dict | None:
        value = block["value"]
        before = f"« {value['text']} » {value['who']}"
        if not self.words:
            changes.append(Change(before))
            return None
        changes.append(Change(before, f"« {value['text']} » {self.words}"))
        # Nobody is named any more: the words stand where the capacity does.
        return {**block, "value": {**value, "who": "", "capacity": self.words}}

    def _is_them(self, name: str | None) -> bool:
        return bool(name) and bool(self.person_key) and fold(name) == self.person_key


def still_named(content: dict, person: str) -> list[str]:
    """Return the passages of running text in which the name is left, each cut to its neighbourhood."""
    found = []
    for text in _texts([_stored(content.get(name)) for name in WRITTEN]):
        place = bare(text).find(bare(person))
        if person and place >= 0:
            start, end = max(0, place - AROUND), place + len(person) + AROUND
            found.append(f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}")
    return found


def _stored(value):
    """A stream as the lists and dicts it is made of, another value as it is."""
    return json.loads(value) if value and value.startswith("[{") else value


def _texts(value) -> list[str]:
    """Return the texts in `value`, without their markup and the names and ids of their blocks."""
    if isinstance(value, str):
        return [" ".join(strip_tags(value).split())]
    if isinstance(value, dict):
        inner = [value["value"]] if {"type", "value"} <= value.keys() else value.values()
        return [text for each in inner for text in _texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    return []
