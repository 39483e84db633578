"""`python -m tests.changing_tinso …`: `tinso` that knows the changing portals alone, and asks them undelayed.

TEST_SETTINGS may hold Scrapy settings as a JSON object, TEST_BOUNDS the shortest and the longest interval of
visits and the unit of the days after which articles are read again, all in seconds; TEST_SLEEP bounds the
sleeps of a watch, in seconds; TEST_NIGHT says whether it is night (1 or 0).
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from crawler import budget, due, rhythm, settings, watch
from crawler.cli import main
from tests.changing_portals import ChangingPortals
from tests.crawling import finished

MODULE = "tests.changing_tinso"


def command(*arguments: object) -> list[str]:
    """Return the command line."""
    return [sys.executable, "-m", MODULE, *map(str, arguments)]


def environment(server: ChangingPortals, **scrapy: object) -> dict[str, str]:
    """Return the variables that lead the command to the server."""
    return {
        "http_proxy": server.address,
        "no_proxy": "",
        "TEST_PORTALS": str(len(server.sites)),
        "TEST_SETTINGS": json.dumps(scrapy),
    }


def tinso(
    server: ChangingPortals, *arguments: object, night: str = "", **scrapy: object
) -> subprocess.CompletedProcess[str]:
    """Run the command to its end and return what it said; `night` is TEST_NIGHT."""
    return finished(command(*arguments), TEST_NIGHT=night, **environment(server, **scrapy))


def query(data: Path, database: str, sql: str, *values: object) -> list[tuple[object, ...]]:
    """Return the rows of a query; what it changes is committed."""
    with closing(sqlite3.connect(data / f"{database}.db")) as connection, connection:
        return connection.execute(sql, values).fetchall()


def _configure() -> None:
    settings.SPIDER_MODULES = ["tests.changing_spiders"]
    changes = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_START_DELAY": 0, "TINSO_RETRY_WAIT": 0}
    for name, value in (changes | json.loads(os.environ.get("TEST_SETTINGS", "{}"))).items():
        setattr(settings, name, value)
    if night := os.environ.get("TEST_NIGHT"):
        budget.is_night = due.is_night = lambda moment=None: night == "1"
    watch.TINSO = (sys.executable, "-m", MODULE)
    if sleep := os.environ.get("TEST_SLEEP"):
        pause = timedelta(seconds=float(sleep))
        watch.SHORTEST_SLEEP = watch.LONGEST_SLEEP = watch.PATIENCE = pause
    if bounds := os.environ.get("TEST_BOUNDS"):
        shortest, longest, day = map(float, bounds.split(","))
        rhythm.SHORTEST, rhythm.LONGEST = timedelta(seconds=shortest), timedelta(seconds=longest)
        rhythm.REREADINGS = tuple(days * day / 86_400 for days in rhythm.REREADINGS)


if __name__ == "__main__":
    _configure()
    main()
