"""What those who edit look at together: what waits, sleeps or is missing, one module a report."""

from editorial.reports.publications import PublicationsViewSet
from editorial.reports.silent import SilentHousesViewSet
from editorial.reports.sleeping import SleepingDraftsViewSet
from editorial.reports.translations import MissingTranslationsViewSet

REPORTS = [
    SleepingDraftsViewSet,
    PublicationsViewSet,
    SilentHousesViewSet,
    MissingTranslationsViewSet,
]
