"""Two versions of a text side by side, in the words of those who write: piece by piece, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import blocks
from wagtail.admin.compare import (
    StreamFieldComparison,
    TextFieldComparison,
    diff_text,
    register_comparison_class,
)
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock

from editorial.writing.passages import rich_lines


def readable_lines(block, value, label="") -> list[str]:
    """Return what `value` says, as lines «Label: text»; what is empty says nothing."""
    if value in (None, "", False):
        return []
    if isinstance(block, ImageBlock):
        return _labelled(label, _picture_lines(value))
    if isinstance(block, blocks.StructBlock):
        children = [(child, value.get(name)) for name, child in block.child_blocks.items()]
        return [
            line for child, inner in children for line in readable_lines(child, inner, child.label)
        ]
    if isinstance(block, blocks.ListBlock):
        name = block.child_block.label
        return [line for item in value for line in readable_lines(block.child_block, item, name)]
    return _labelled(label, _leaf_lines(block, value))


def _labelled(label: str, lines: list[str]) -> list[str]:
    if not label:
        return lines
    return [_("%(label)s: %(text)s") % {"label": label, "text": line} for line in lines]


def _leaf_lines(block, value) -> list[str]:
    if isinstance(block, blocks.RichTextBlock):
        return [line for line in rich_lines(value.source) if line.strip()]
    if isinstance(block, TableBlock):
        rows = value.get("data") or []
        return [" | ".join(str(cell or "") for cell in row) for row in rows]
    if isinstance(block, blocks.ChoiceBlock):
        return [str(dict(block.field.choices).get(value, value))]
    if isinstance(block, blocks.BooleanBlock):
        return [_("yes")]
    if isinstance(block, blocks.DateBlock):
        return [date_format(value, "DATE_FORMAT")]
    if isinstance(block, blocks.TimeBlock):
        return [time_format(value, "TIME_FORMAT")]
    return str(value).splitlines()


def _picture_lines(picture) -> list[str]:
    described = _("decorative") if picture.decorative else picture.contextual_alt_text
    return [f"{picture.title} ({described})" if described else picture.title]


@dataclass
class Change:
    """What became of one piece; `status` is empty where it stands as it did."""

    label: str
    status: str
    before: list[str]
    after: list[str]
    css_class: str = ""

    def html(self):
        lines = format_html_join("", "<div>{}</div>", ((line,) for line in self._lines()))
        status = format_html(" <em>{}</em>", self.status) if self.status else ""
        css_class = f"comparison__child-object {self.css_class}"
        return format_html(
            '<div class="{}"><strong>{}</strong>{}{}</div>', css_class, self.label, status, lines
        )

    def _lines(self) -> Iterator:
        """Each line, with what was struck out of it and what was added."""
        if self.css_class:
            yield from self.before or self.after
            return
        matcher = SequenceMatcher(None, self.before, self.after, autojunk=False)
        for kind, i, j, k, n in matcher.get_opcodes():
            if kind == "equal":
                yield from self.after[k:n]
                continue
            old, new = self.before[i:j], self.after[k:n]
            for before, after in zip_longest(old, new, fillvalue=""):
                yield diff_text(before, after).to_html()


class TextComparison(StreamFieldComparison):
    """A stream: which pieces came, went, moved or changed; those that did not are only counted."""

    def htmldiff(self):
        pieces, unchanged = [], 0
        for change in [*self._changes(), None]:
            if change and not change.status:
                unchanged += 1
                continue
            if unchanged:
                pieces.append(_unchanged(unchanged))
                unchanged = 0
            if change:
                pieces.append(change.html())
        return format_html_join("\n", "{}", ((piece,) for piece in pieces))

    def _changes(self) -> Iterator[Change]:
        before = {block.id: block for block in self.val_a}
        after = {block.id: block for block in self.val_b}
        old, new = list(before), list(after)
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        for kind, i, j, k, n in matcher.get_opcodes():
            yield from (_removed(before[key]) for key in old[i:j] if key not in after)
            for key in new[k:n]:
                if key in before:
                    yield _kept(before[key], after[key], has_moved=kind != "equal")
                else:
                    yield _added(after[key])


def _lines_of(block) -> list[str]:
    return readable_lines(block.block, block.value)


def _removed(block) -> Change:
    return Change(block.block.label, _("removed"), _lines_of(block), [], "deletion")


def _added(block) -> Change:
    return Change(block.block.label, _("added"), [], _lines_of(block), "addition")


def _kept(before, after, has_moved: bool) -> Change:
    change = Change(after.block.label, "", _lines_of(before), _lines_of(after))
    says = [_("moved")] if has_moved else []
    if change.before != change.after:
        says.append(_("changed"))
    elif before.get_prep_value() != after.get_prep_value():
        says.append(_("changed in its form"))
    change.status = ", ".join(says)
    return change


def _unchanged(count: int):
    words = ngettext("%(count)s piece as it was", "%(count)s pieces as they were", count)
    return format_html('<p class="comparison-unchanged">{}</p>', words % {"count": count})


class DateComparison(TextFieldComparison):
    """Dates as people write them."""

    def __init__(self, field, obj_a, obj_b):
        super().__init__(field, obj_a, obj_b)
        self.val_a, self.val_b = in_words(self.val_a), in_words(self.val_b)


def in_words(value) -> str:
    """Return a date, or a moment in local time, as it is written in a sentence; empty where there is none."""
    if value is None:
        return ""
    if hasattr(value, "hour"):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    return date_format(value, "DATE_FORMAT")


register_comparison_class(StreamField, comparison_class=TextComparison)
register_comparison_class(models.DateField, comparison_class=DateComparison)
register_comparison_class(models.DateTimeField, comparison_class=DateComparison)
