"""Does pywb, which is nothing of ours, replay our archives byte for byte?

    python -m venv /tmp/pywb && /tmp/pywb/bin/pip install pywb
    python -m benchmarks.pywb_replay /tmp/pywb/bin        samples of all platforms, and portals crawled thrice
    python -m benchmarks.pywb_replay /tmp/pywb/bin DATA…  the archives of data directories

pywb indexes the WARC files as they are and serves them over HTTP. Every page, every revisit and every answer
to a POST is asked for at its time; status, time and bytes must be those that were crawled. `warcio check`
must find every file whole.
"""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple
from zlib import decompressobj

import brotli
import click

from benchmarks.tables import markdown
from crawler.archive import Capture, exchanges
from crawler.clock import from_iso
from crawler.sample_portals.server import SampleServer
from tests import family_crawl
from tests.changing_portals import ChangingPortals
from tests.changing_tinso import tinso

COLLECTION = "tinso"
_SECONDS = 60  # until pywb must have begun to answer
KINDS = ("page", "answer to a POST", "revisit: same bytes", "revisit: 304")


class Expected(NamedTuple):
    """A response as it was crawled; of a revisit, with the body that it stands for."""

    capture: Capture
    kind: str
    body: bytes


class Answer(NamedTuple):
    """What pywb gives: status, time of the capture, body without its coding."""

    status: int
    at: datetime | None
    body: bytes


def expected(files: list[Path]) -> Iterator[Expected]:
    """Yield the pages of archive files; what is no page (redirects, errors, robots.txt's 404) is left out."""
    bodies: dict[tuple[str, str], bytes] = {}
    for capture in (found for file in files for found in exchanges(file, revisits=True)):
        if original := capture.original:
            kind = "revisit: 304" if capture.status == 304 else "revisit: same bytes"
            yield Expected(capture, kind, bodies[original.url, original.fetched_at])
        elif capture.status == 200:
            bodies[capture.url, capture.fetched_at] = capture.body
            yield Expected(capture, "answer to a POST" if capture.posted else "page", capture.body)


@contextmanager
def pywb(programs: Path, files: list[Path]) -> Iterator[int]:
    """Serve archive files; give the port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        manager = str(programs / "wb-manager")
        for arguments in (["init", COLLECTION], ["add", COLLECTION, *map(str, files)]):
            subprocess.run([manager, *arguments], cwd=folder, check=True, capture_output=True)
        server = subprocess.Popen(
            [str(programs / "wayback"), "-b", "127.0.0.1", "-p", str(port), "-d", folder],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _await(port)
            yield port
        finally:
            server.terminate()
            server.wait()


def _await(port: int) -> None:
    deadline = time.monotonic() + _SECONDS
    while True:
        try:
            _ask(port, "GET", f"/{COLLECTION}/", None, {})
            return
        except ConnectionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def replayed(port: int, capture: Capture) -> Answer:
    """Return what pywb gives for a capture's address, form and time, as it was archived ("id_")."""
    moment = from_iso(capture.fetched_at).astimezone(UTC)
    path = f"/{COLLECTION}/{moment:%Y%m%d%H%M%S}id_/{capture.url}"
    if capture.posted is None:
        return _ask(port, "GET", path, None, {})
    media_type = next(value for name, value in capture.posted.headers if name.lower() == "content-type")
    return _ask(port, "POST", path, capture.posted.body, {"Content-Type": media_type})


def _ask(port: int, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        content = response.read()
    finally:
        connection.close()
    when = response.headers["Memento-Datetime"]
    if response.headers["Content-Encoding"] == "br":
        content = brotli.decompress(content)
    elif response.headers["Content-Encoding"]:
        content = decompressobj(47).decompress(content)  # gzip or zlib
    return Answer(response.status, parsedate_to_datetime(when) if when else None, content)


def differences(page: Expected, answer: Answer) -> list[str]:
    """Return in what pywb's answer is not what was crawled."""
    moment = from_iso(page.capture.fetched_at).astimezone(UTC).replace(microsecond=0)
    found = {
        "status": (answer.status, 200),
        "time": (answer.at, moment),
        "bytes": (answer.body, page.body),
    }
    return [name for name, (given, crawled) in found.items() if given != crawled]


def crawls(folder: Path) -> list[Path]:
    """Crawl samples of all platforms once and two changing portals three times; return their folders."""
    families, changing = folder / "families", folder / "changing"
    with SampleServer() as samples:
        family_crawl.crawl(families, samples.port)
    with ChangingPortals(2) as server:
        for _ in range(3):  # a 304 is believed once: the third time the pages come whole
            tinso(server, "crawl", "so_00", "so_01", "--full", "--data", changing)
            server.sites["so01.example.vn"].etag = ""
    return [families, changing]


def check(programs: Path, files: list[Path]) -> tuple[Counter[str], list[str]]:
    """Return how many responses of each kind came back as they were crawled, and what did not."""
    good: Counter[str] = Counter()
    wrong = []
    for file in files:
        checked = subprocess.run(
            [str(programs / "warcio"), "check", "-v", str(file)], capture_output=True, text=True
        )
        if checked.returncode:
            wrong.append(f"warcio check {file}: {checked.stdout}")
    with pywb(programs, files) as port:
        for page in expected(files):
            if failed := differences(page, replayed(port, page.capture)):
                wrong.append(f"{page.kind} {page.capture.fetched_at} {page.capture.url}: {', '.join(failed)}")
            else:
                good[page.kind] += 1
    return good, wrong


@click.command()
@click.argument("programs", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("data", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(programs: Path, data: tuple[Path, ...]) -> None:
    """Print how much came back; exit with 1 if anything did not. PROGRAMS: the folder of pywb's commands."""
    rows, failures = [], []
    with tempfile.TemporaryDirectory() as folder:
        for directory in data or crawls(Path(folder)):
            files = sorted((directory / "archive").glob("*.warc.gz"))
            good, wrong = check(programs, files)
            rows.append(
                [directory.name, str(len(files)), *(str(good[kind]) for kind in KINDS), str(len(wrong))]
            )
            failures += wrong
    click.echo(markdown(["archive of", "files", *KINDS, "not as crawled"], rows))
    for failure in failures:
        click.echo(failure)
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
