"""The years of which a house told something, kept ready between two changes of the pages."""

from collections import Counter

from articles.models import ArticlePage
from houses.models import HousePage
from portal.kept import forget, forget_when_pages_change, kept_ready

KEY = "years-told-"  # then the path of the page of the house in the tree


def years_told(house_page) -> list[tuple[int, int]]:
    """Return (year, number of articles) of a house, the latest year first."""
    return kept_ready(KEY + house_page.path, lambda: _read(house_page))


def _read(house_page) -> list[tuple[int, int]]:
    told = ArticlePage.objects.told_by(house_page).exclude(published_on=None)
    # Counted here: SQLite would ask Python for the year of each, and take longer.
    years = Counter(day.year for day in told.order_by().values_list("published_on", flat=True))
    return sorted(years.items(), reverse=True)


def forget_years(instance=None, parent_page_before=None, **kwargs) -> None:
    """Have the years read again of the house of an article, or of all where a section changed or an article moved."""
    if isinstance(instance, ArticlePage) and parent_page_before is None:
        paths = [instance.house_path]
    else:
        paths = HousePage.objects.values_list("path", flat=True)
    forget(*(KEY + path for path in paths))


def connect_signals() -> None:
    forget_when_pages_change(forget_years)
