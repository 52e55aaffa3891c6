"""The parts of a page that a reader can comment on: its fields, and each block of its text."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.formats import localize
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from portal.models import Picture

# How many characters of a part recall which one it is.
BEGINNING = 70
# Not on the page itself.
UNREAD = {"social_image"}


class Part(NamedTuple):
    key: str
    label: str
    beginning: str
    path: str  # where the form of the page has it, as Wagtail writes it: body.<block>


def parts_of(page: Page) -> Iterator[Part]:
    """Yield the parts of `page`, as its type, that are filled in, in the order of its fields."""
    yield _part("title", _("Title"), page.title)
    for field in filter(_is_read, page._meta.local_fields):
        value = getattr(page, field.name)
        if value in (None, ""):
            continue
        if isinstance(field, StreamField):
            yield from _blocks(field.name, value)
        else:
            display = getattr(
                page, f"get_{field.name}_display", lambda value=value: localize(value)
            )
            yield _part(field.name, capfirst(field.verbose_name), display())


def part_at(path: str, parts: Iterable[Part]) -> Part | None:
    """The one of `parts` that holds what a form has at `path`: a field, a block, or what is inside it."""
    return next((part for part in parts if f"{path}.".startswith(f"{part.path}.")), None)


def _is_read(field) -> bool:
    """Whether readers see `field`; not another page, whose title they would be told before it is published."""
    is_shown = not field.is_relation or field.related_model is Picture
    return is_shown and field.editable and field.name not in UNREAD


def _part(field_name: str, label: str, text: str) -> Part:
    return Part(field_name, str(label), _beginning(text), field_name)


def _blocks(field_name: str, stream) -> Iterator[Part]:
    """A block is known by its rank: a link opens one revision, in which it does not move."""
    for rank, block in enumerate(stream):
        label = str(capfirst(block.block.label))
        text = " ".join(block.block.get_searchable_content(block.value))
        yield Part(f"{field_name}-{rank}", label, _beginning(text), f"{field_name}.{block.id}")


def _beginning(text) -> str:
    return Truncator(get_text_for_indexing(str(text))).chars(BEGINNING)
