"""What those who edit look at together: what waits, sleeps or is missing, one module a report."""

from editorial.reports.in_review import InReviewViewSet, WaitingForMeViewSet
from editorial.reports.journal import JournalViewSet
from editorial.reports.outdated import OutdatedTranslationsViewSet
from editorial.reports.publications import PublicationsViewSet
from editorial.reports.silent import SilentHousesViewSet
from editorial.reports.sleeping import SleepingDraftsViewSet
from editorial.reports.translations import MissingTranslationsViewSet

REPORTS = [
    WaitingForMeViewSet,
    InReviewViewSet,
    SleepingDraftsViewSet,
    PublicationsViewSet,
    SilentHousesViewSet,
    MissingTranslationsViewSet,
    OutdatedTranslationsViewSet,
    JournalViewSet,
]
