"""How tests run the `tinso` command and where they find the recorded portal."""

from __future__ import annotations

import io
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from crawler.cli import main

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
RECORDING = DATA / "hanoi-sotttt.warc.gz"


def command(*arguments: object) -> list[str]:
    """Return the command line that runs `tinso` with the tests' own Python."""
    return [sys.executable, "-c", "from crawler.cli import main; main()", *map(str, arguments)]


def tinso(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `tinso` to its end and return what it said."""
    return finished(command(*arguments), **environment)


def here(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `tinso` in this process, which saves the second of its start: for commands that crawl nothing."""
    line = ["tinso", *map(str, arguments)]
    said, complained = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    code = 0
    with (
        patch.dict(os.environ, environment),
        patch.object(sys, "argv", line),
        redirect_stdout(said),
        redirect_stderr(complained),
    ):
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)  # a message in its place is no way in which `tinso` ends
    for stream in (said, complained):
        stream.seek(0)
    return subprocess.CompletedProcess(line, code, said.read(), complained.read())


def impatient(*arguments: object) -> list[str]:
    """Return the command line of `tinso` without the waits before a page is tried again."""
    code = "from crawler import cli, settings; settings.TINSO_RETRY_WAIT = 0; cli.main()"
    return [sys.executable, "-c", code, *map(str, arguments)]


def finished(arguments: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end and return what it said."""
    return subprocess.run(
        arguments,
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )


def quick_crawl(data: Path, *limit: int) -> list[str]:
    """Return the command line that crawls the recorded portal undelayed, from the server in `http_proxy`."""
    return [sys.executable, "-m", "tests.quick_crawl", str(data), *map(str, limit)]


# What differs from run to run: when pages were fetched and where the archive keeps them.
_VOLATILE = {"first_seen", "last_seen", "archive"}


def rows_of(data: Path) -> dict[str, list[dict[str, object]]]:
    """Return what a corpus holds, without what must differ from run to run."""
    content = {}
    with closing(sqlite3.connect(data / "corpus.db")) as connection:
        connection.row_factory = sqlite3.Row
        for table in ("articles", "article_text", "images", "attachments", "links", "sightings", "revisions"):
            rows = [
                {name: row[name] for name in row.keys() if name not in _VOLATILE}  # noqa: SIM118 (a Row)
                for row in connection.execute(f"SELECT * FROM {table}")
            ]
            content[table] = sorted(rows, key=str)
    return content


def every_row(
    data: Path, portal: str = "%", without: Sequence[str] = ()
) -> dict[str, Counter[tuple[object, ...]]]:
    """Return every row of every table but the books'; of one portal, where it is named."""
    content = {}
    with closing(sqlite3.connect(data / "corpus.db")) as connection:
        for (table,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'articles_fts*'"
        ).fetchall():
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            shown = ", ".join(f'"{name}"' for name in columns if name not in without)
            key = "article" if "article" in columns else "id"
            if table not in ("runs", "outcomes") and (key in columns or table == "portals"):
                where = (
                    f"{key} IN (SELECT id FROM articles WHERE portal LIKE ?)"
                    if key in columns
                    else "name LIKE ?"
                )
                found = connection.execute(f"SELECT {shown} FROM {table} WHERE {where}", (portal,))
                content[table] = Counter(tuple(row) for row in found)
    return content
