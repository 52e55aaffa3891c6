"""Say where the time of pages goes: queries and their plans, functions of the profiler.

    profile_pages.py REQUESTS PATH...

Run under the settings and the DATA_DIR of the site to look at, for example those a benchmark left
in BENCH_DIR. Times are in milliseconds (ms); those of the profiler are stretched by it.
"""

import cProfile
import io
import pstats
import re
import sys
import time

import django

django.setup()

from django.db import connection  # noqa: E402  the apps must be loaded first
from django.test import Client  # noqa: E402

WARM_UP = 5  # requests
TOP = 25  # lines of each profile
SLOW_MS = 1
LONG_LIST = re.compile(r"SELECT [^()]{100,}? FROM")


def main(requests: int, paths: list[str]) -> None:
    client = Client(headers={"host": "127.0.0.1"})
    for path in paths:
        for _ in range(WARM_UP):
            client.get(path)
        say(f"\n# {path}\n\n{processor_ms(client, path, requests):.1f} ms of processor a request\n")
        write_queries(client, path)
        write_profile(client, path, requests)


def processor_ms(client: Client, path: str, requests: int) -> float:
    """Return the processor time of one request, test client included, without a profiler."""
    started = time.process_time()
    for _ in range(requests):
        client.get(path)
    return (time.process_time() - started) * 1000 / requests


def write_queries(client: Client, path: str) -> None:
    """Write the queries of one visit with their times, and the plans of the slow ones."""
    queries = []

    def timed(execute, sql, params, many, context):
        started = time.perf_counter()
        result = execute(sql, params, many, context)
        queries.append((sql, params, (time.perf_counter() - started) * 1000))
        return result

    with connection.execute_wrapper(timed):
        client.get(path)
    say(f"## {len(queries)} queries, {sum(ms for _, _, ms in queries):.1f} ms\n")
    for number, (sql, params, ms) in enumerate(queries, start=1):
        say(f"{number}. {ms:.2f} ms  {LONG_LIST.sub('SELECT … FROM', sql)}  {params}")
        if ms >= SLOW_MS:
            write_plan(sql, params)


def write_plan(sql: str, params) -> None:
    """Write how SQLite goes about a query."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        for _, _, _, step in cursor.fetchall():
            say(f"      {step}")


def write_profile(client: Client, path: str, requests: int) -> None:
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(requests):
        client.get(path)
    profile.disable()
    for order in ("cumulative", "tottime"):
        text = io.StringIO()
        pstats.Stats(profile, stream=text).sort_stats(order).print_stats(TOP)
        say(f"\n## By {order}, {requests} requests\n{text.getvalue().strip()}")


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
