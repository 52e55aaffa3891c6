"""Who may see a page: what is live and not in a section that is restricted."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page, PageViewRestriction

# The paths read during one request, so that each of its queries does not read them again.
_paths_of_request: ContextVar[list | None] = ContextVar("paths_of_request", default=None)


def restricted_paths() -> list[str]:
    """Return the tree paths of the sections that not everybody may see: few, most often none."""
    memory = _paths_of_request.get()
    if memory is None:
        return list(PageViewRestriction.objects.values_list("page__path", flat=True))
    if not memory:
        memory.append(list(PageViewRestriction.objects.values_list("page__path", flat=True)))
    return memory[0]


def remember_no_restriction() -> None:
    """Spare this request the reading: it is known that nothing is restricted."""
    memory = _paths_of_request.get()
    if memory == []:
        memory.append([])


def publicly_visible() -> Q:
    """Return the condition of being a page that anybody may see.

    The same as Wagtail's ``live().public()``, which reads the restrictions again each time. They are
    read first rather than joined: a join by prefix makes SQLite compare every page with every other.
    """
    visible = Q(live=True)
    for path in restricted_paths():
        visible &= ~Q(path__startswith=path)
    return visible


def visible_page(pk: str, **conditions) -> Exists:
    """Return the condition that the page whose key is in the column `pk` may be seen by anybody.

    `conditions` are others that it must meet.

    For rows that only need to know it: the table of all pages is then looked up, not joined, and
    the order of the rows can be read from their own index.
    """
    return Exists(Page.objects.order_by().filter(publicly_visible(), pk=OuterRef(pk), **conditions))


@contextmanager
def one_reading():
    """Read the restrictions at most once within this block."""
    token = _paths_of_request.set([])
    try:
        yield
    finally:
        _paths_of_request.reset(token)
