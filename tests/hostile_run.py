"""One crawl over the faults of the hostile portal, beside a good one, and what is wrong with what came of it."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.archive import captures
from tests.certificates import Authority
from tests.crawling import ROOT
from tests.hostile_answers import content_faults, redirect_faults, refusal_faults, status_faults
from tests.hostile_faults import TRIES, Fault, Number, host_of
from tests.hostile_lists import host_faults, list_faults, robots_faults, tls_faults, walk_faults
from tests.hostile_pages import HEADLINE, PUBLISHED, good_site, text
from tests.hostile_portal import Asked, HostilePortal
from tests.hostile_wire import head_faults, packing_faults, wire_faults

GOOD = "good"
GOOD_OUTCOMES: dict[str, Number] = {"listed": 1, "new": 40, "blocked_by_robots": 1}
MOST_MEMORY = 500  # MB

GROUPS = {
    "The connection": wire_faults,
    "Compression": packing_faults,
    "Status lines and headers": head_faults,
    "TLS": tls_faults,
    "Redirects": redirect_faults,
    "Statuses": status_faults,
    "Pages with status 200 that are none": refusal_faults,
    "Labels, encodings, markup": content_faults,
    "Lists that are none": list_faults,
    "Lists that lead astray": walk_faults,
    "Hosts that fail as a whole": host_faults,
    "robots.txt": robots_faults,
}


@dataclass
class Crawled:
    """What one run did, as its process, its databases and the server tell. `failed` is why a run counts so."""

    outcomes: dict[str, Counter[str]]  # by portal
    failed: dict[str, str | None]
    seconds: float
    cpu: float
    megabytes: int
    tries: int  # of a page that fails in passing
    requests: list[Asked]
    hosts: dict[str, str]  # by portal
    data: Path
    said: str

    def query(self, database: str, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of a query in corpus.db or state.db."""
        with closing(sqlite3.connect(self.data / database)) as connection:
            return connection.execute(sql, values).fetchall()

    def asked(self, portal: str, path: str) -> int:
        """Return how often a path of a portal was asked for."""
        return sum(one.host == self.hosts[portal] and one.path == path for one in self.requests)


def crawl(
    faults: list[Fault], data: Path, settings: Mapping[str, object], *, timeout: float | None = None
) -> Crawled:
    """Crawl the faults' portals and a good one side by side, in a process of its own.

    `timeout` is DOWNLOAD_TIMEOUT for those that time out.
    """
    with tempfile.TemporaryDirectory() as folder, HostilePortal() as server:
        authority = Authority(Path(folder))
        hosts = {GOOD: host_of(GOOD)}
        server.sites[host_of(GOOD)] = good_site(host_of(GOOD))
        portals: dict[str, dict[str, Any]] = {GOOD: {"home": f"http://{host_of(GOOD)}/"}}
        for number, fault in enumerate(faults, 1):
            host, home = fault.host, f"http://{fault.host}/"
            if fault.tls is not None:
                host = f"127.0.1.{number}"
                port = server.listen(host, authority.context(**{"host": host, **fault.tls}))
                home = f"https://{host}:{port}/"
            if fault.home:
                home = fault.home.format(port=server.port)
            server.sites[host] = fault.site
            hosts[fault.name] = host
            portals[fault.name] = {"home": home, **fault.also}
            if timeout and "timeout" in fault.outcomes:
                portals[fault.name]["custom_settings"] = {"DOWNLOAD_TIMEOUT": timeout}
        spec = json.dumps({"portals": portals, "settings": dict(settings)})
        environment = {"http_proxy": server.proxy, "no_proxy": "", "SSL_CERT_FILE": str(authority.pem)}
        process = subprocess.run(
            [sys.executable, "-m", "tests.hostile_crawl", str(data), spec],
            cwd=ROOT,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=3600,
        )
        if process.returncode:
            raise RuntimeError(process.stderr[-5000:])
        result = json.loads(process.stdout.splitlines()[-1])
        outcomes = {name: Counter(counts) for name, counts in result.pop("outcomes").items()}
        requests = list(server.requests)
    return Crawled(outcomes, requests=requests, hosts=hosts, data=data, said=process.stderr, **result)


def wrongs(fault: Fault, crawled: Crawled) -> Iterator[str]:
    """Yield what is not as it must be with one fault; nothing where all is right."""
    outcomes = crawled.outcomes[fault.name]
    yield from _wrong_outcomes(outcomes, fault.outcomes)
    asked = crawled.asked(fault.name, fault.path)
    expected = crawled.tries if fault.asked == TRIES else fault.asked
    if not _is(asked, expected):
        yield f"{fault.path} was asked for {asked} times, expected {expected}"
    yield from wrong_books(fault.name, crawled)
    yield from wrong_articles(fault.name, crawled, fault.flags)


def _wrong_outcomes(found: Counter[str], expected: Mapping[str, Number]) -> Iterator[str]:
    if found.keys() != expected.keys() or not all(_is(found[name], expected[name]) for name in expected):
        yield f"outcomes {dict(found)}, expected {dict(expected)}"


def _is(found: int, expected: Number) -> bool:
    least, most = expected if isinstance(expected, tuple) else (expected, expected)
    return least <= found <= most


def wrong_books(portal: str, crawled: Crawled) -> Iterator[str]:
    """Yield where the outcomes do not add up to the pages that the frontier has taken in."""
    sql = "SELECT count(*), count(last_outcome) FROM pages WHERE portal = ?"
    ((pages, settled),) = crawled.query("state.db", sql, portal)
    if not pages == settled == crawled.outcomes[portal].total():
        yield f"{pages} pages, {settled} settled, {crawled.outcomes[portal].total()} outcomes"


def wrong_articles(portal: str, crawled: Crawled, flags: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield what is stored of a portal and is not what it published, and what it published and is not stored."""
    sql = (
        "SELECT a.url, a.headline, a.date_published, t.article_body, a.quality_flags "
        "FROM articles a JOIN article_text t USING (id) WHERE portal = ?"
    )
    stored = crawled.query("corpus.db", sql, portal)
    if len(stored) != crawled.outcomes[portal]["new"]:
        yield f"{len(stored)} articles are stored"
    host = host_of(portal)
    for url, headline, published, body, flagged in stored:
        found = re.search(r"kỳ (\d+)$", headline)
        number = int(found[1]) if found else 0
        if headline != HEADLINE.format(host=host, number=number):
            yield f"{url} is stored as {headline!r}"
        if (published or PUBLISHED)[:10] != PUBLISHED:  # a date that cannot be is none
            yield f"{url} is stored as of {published}"
        if "cut_short" in flagged and "cut_short" in flags:
            continue
        if body.split() != text(host, number).split():
            yield f"{url} is stored with another text: {body[:80]!r}"
    if flags and not any(all(flag in row[-1] for flag in flags) for row in stored):
        yield f"no article is flagged {', '.join(flags)}"


def wrong_run(crawled: Crawled) -> Iterator[str]:
    """Yield what is wrong with the run as a whole: the good portal, the memory, the archive, hosts asked."""
    yield from _wrong_outcomes(crawled.outcomes[GOOD], GOOD_OUTCOMES)
    yield from wrong_books(GOOD, crawled)
    yield from wrong_articles(GOOD, crawled)
    if crawled.megabytes > MOST_MEMORY:
        yield f"the crawl took {crawled.megabytes} MB"
    for host in {one.host for one in crawled.requests} - set(crawled.hosts.values()):
        yield f"{host} was asked, and is no portal's"
    if "Traceback" in crawled.said:
        yield f"a traceback in the log: {crawled.said[crawled.said.index('Traceback') :][:2000]}"
    damage: list[str] = []
    kept = {
        capture.url
        for path in sorted((crawled.data / "archive").iterdir())
        for capture in captures(path, damaged=damage.append)
    }
    yield from damage
    for (url,) in crawled.query("corpus.db", "SELECT url FROM articles"):
        if url not in kept:
            yield f"{url} is stored, and not archived"
