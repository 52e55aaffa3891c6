import os
from math import inf

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.db.backends.base.creation import BaseDatabaseCreation
from django.db.backends.base.operations import BaseDatabaseOperations

from audience import counting
from editorial.log_seal import opened_log, sealing, unsealing
from home.models import HomePage
from home.permissions import NETWORK_EDITORS
from houses.models import House, Role
from search import statistics
from tests.factories import HousePageFactory, MembershipFactory, UserFactory


def pytest_sessionfinish(session, exitstatus):
    """With NO_SKIP set, as in CI, a test that was skipped is a failure: what it needs is missing."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("NO_SKIP") and reporter and reporter.stats.get("skipped"):
        reporter.write_line("Skipped tests are not allowed here (NO_SKIP is set).", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_runtest_setup(item):
    if item.get_closest_marker("search_server") and not os.environ.get("SEARCH_URL"):
        pytest.skip("search_server: SEARCH_URL does not name a server")


@pytest.fixture(autouse=True)
def empty_cache():
    """What one test put in the cache is not for the next one."""
    cache.clear()


@pytest.fixture(autouse=True)
def quiet_tallies(monkeypatch):
    """What one test counted is not for the next one, and is written when a test asks, not when the clock says so."""
    monkeypatch.setattr("search.tally.EVERY", inf)
    for tally in (statistics.tally, counting.tally):
        tally.waiting.clear()


@pytest.fixture(autouse=True, scope="session")
def log_put_back():
    """Have the database let go of the log where its tables are emptied and filled again, for a test that commits."""
    empty, fill = (
        BaseDatabaseOperations.execute_sql_flush,
        BaseDatabaseCreation.deserialize_db_from_string,
    )

    def empty_unsealed(operations, statements):
        vendor = operations.connection.vendor
        empty(operations, [*unsealing(vendor), *statements, *sealing(vendor)])

    def fill_opened(creation, data):
        with opened_log():
            fill(creation, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", empty_unsealed)
        patch.setattr(BaseDatabaseCreation, "deserialize_db_from_string", fill_opened)
        yield


@pytest.fixture
def postgresql():
    """Skips where the database makes people wait for one another, as SQLite does."""
    if connection.vendor != "postgresql":
        pytest.skip("postgresql: the site's database is another one")


@pytest.fixture
def home(db):
    return HomePage.objects.get(locale__language_code="fr")


@pytest.fixture
def network(db):
    """The network's own house."""
    return House.objects.network().get()


@pytest.fixture
def lantern(db):
    """The page of a house with a lead and a contributor."""
    return HousePageFactory(
        house__name="La Lanterne", house__department="90", house__commune="Valdoie"
    )


@pytest.fixture
def harbour(db):
    """The page of another house."""
    return HousePageFactory(
        house__name="Le Port", house__department="17", house__commune="La Tremblade"
    )


@pytest.fixture
def admin(db):
    return get_user_model().objects.create_superuser("admin", "admin@example.org", "password")


@pytest.fixture
def editor(db):
    """A network editor."""
    return UserFactory(username="editor", groups=[Group.objects.get(name=NETWORK_EDITORS)])


@pytest.fixture
def lead(lantern):
    return MembershipFactory(user__username="lead", house=lantern.house, role=Role.LEAD).user


@pytest.fixture
def contributor(lantern):
    return MembershipFactory(user__username="contributor", house=lantern.house).user


@pytest.fixture
def outsider(harbour):
    """A contributor of another house."""
    return MembershipFactory(user__username="outsider", house=harbour.house).user
