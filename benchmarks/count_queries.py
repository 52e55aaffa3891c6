"""Write, as JSON, the number of SQL queries of each path of the command line.

Run under the settings of the site to measure. The second visit counts: the first one fills the
caches of the process (sites, content types, templates), as in a server that has been up a minute.
"""

import json
import sys

import django

django.setup()

from django.db import connection  # noqa: E402  the apps must be loaded first
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402


def count(path: str) -> int:
    """Return the number of queries of one visit of `path`, logged out."""
    client = Client(headers={"host": "127.0.0.1"})
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


json.dump({path: count(path) for path in sys.argv[1:]}, sys.stdout)
