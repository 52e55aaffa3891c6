"""Who may see a page: what is live and not in a section that is restricted."""

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache, wraps

from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page, PageViewRestriction

from portal.prepared import PreparedQuery
from search import audience

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


def prepared(build):
    """Return the function `build`, its queries prepared: written once, and again where what is restricted changes."""

    @lru_cache(maxsize=32)
    def write(restricted: tuple, *args) -> PreparedQuery:
        return PreparedQuery(build(*args))

    @wraps(build)
    def query(*args) -> PreparedQuery:
        with one_reading():
            return write(tuple(restricted_paths()), *args)

    return query


@contextmanager
def one_reading():
    """Read the restrictions at most once within this block, and those around it."""
    if _paths_of_request.get() is not None:
        yield
        return
    token = _paths_of_request.set([])
    try:
        yield
    finally:
        _paths_of_request.reset(token)


def read_restrictions() -> list[PageViewRestriction]:
    """Return the restrictions of all sections, with their section and their groups."""
    return _query_of_restrictions().rows()


@cache
def _query_of_restrictions() -> PreparedQuery:
    restrictions = PageViewRestriction.objects.select_related("page").prefetch_related("groups")
    return PreparedQuery(restrictions.order_by("pk"))


def audience_of(page, restrictions=None) -> str | None:
    """Return who may find `page`, as `search.audience` says it; None where nobody should.

    What is behind a shared password is in no search. Of nested groups, those common to all may find it.

    Parameters
    ----------
    restrictions: those of `read_restrictions`, for who asks about many pages.
    """
    groups, who = None, audience.EVERYBODY
    for restriction in read_restrictions() if restrictions is None else restrictions:
        if not page.path.startswith(restriction.page.path):
            continue
        if restriction.restriction_type == PageViewRestriction.PASSWORD:
            return None
        who = audience.LOGGED_IN
        if restriction.restriction_type == PageViewRestriction.GROUPS:
            mine = {group.pk for group in restriction.groups.all()}
            groups = mine if groups is None else groups & mine
    return who if groups is None else audience.of_groups(groups)
