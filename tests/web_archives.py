"""Web archives on this machine, speaking the protocols of the real ones: Wayback's CDX index and `id_` replay,
Common Crawl's list of crawls, its indexes (pywb) and ranges of its WARC files."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import time
from base64 import b32encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote_plus, unquote, unquote_plus, urljoin, urlsplit

from lxml import html
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.clock import VIETNAM
from crawler.sample_portals.site import Site
from tests.served import Served

CRAWL = "CC-MAIN-2024-33"
BLOCK = 5  # lines of a page of Common Crawl's index


@dataclass(frozen=True)
class Archived:
    """One capture; `coding` is the Content-Encoding under which it was archived."""

    url: str
    timestamp: str
    body: bytes
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    coding: str = ""
    truncated: str = ""

    @property
    def listed(self) -> tuple[str, str]:
        """Media type and status as Wayback's index tells them."""
        return self.media_type.partition(";")[0], str(self.status)

    @property
    def payload(self) -> bytes:
        return gzip.compress(self.body, mtime=0) if self.coding == "gzip" else self.body

    @property
    def digest(self) -> str:
        return b32encode(hashlib.sha1(self.payload).digest()).decode()

    @property
    def urlkey(self) -> str:
        """The SURT form, near enough: com,example)/path, in lower case, without scheme and www."""
        parts = urlsplit(self.url)
        host = (parts.hostname or "").removeprefix("www.")
        query = f"?{parts.query}" if parts.query else ""
        return f"{','.join(reversed(host.split('.')))}){parts.path or '/'}{query}".lower()


def archived_site(site: Site, timestamp: str, **more: Any) -> list[Archived]:
    """Return the pages of a sample portal as a crawler met them: every page that a link leads to."""
    root = f"http://{site.host}"
    moment = datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC).astimezone(VIETNAM)
    waiting, seen, pages = [f"{root}/"], {f"{root}/"}, []
    while waiting:
        url = waiting.pop(0)
        parts = urlsplit(url)
        answer = site.answer(parts.path + (f"?{parts.query}" if parts.query else ""))
        body = answer.filled(root, moment, len(pages))
        if answer.status != 200 or not answer.media_type.startswith("text/html"):
            continue
        pages.append(Archived(url, timestamp, body, **more))
        for link in html.fromstring(body.decode()).xpath("//a/@href"):
            address = urljoin(url, link).partition("#")[0]
            if address.startswith(root) and address not in seen:
                seen.add(address)
                waiting.append(address)
    return pages


@dataclass
class Fault:
    """What is sent instead of an answer to the next `times` requests whose target matches."""

    target: str  # regular expression
    status: int = 503
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b"trouble"
    times: int = 1
    cut: int | None = None  # bytes after which the connection breaks
    act: Callable[[], None] | None = None


class WebArchives(Served):
    """Both archives on one port of 127.0.0.1, for as long as the context lasts."""

    def __init__(self, wayback: Iterable[Archived] = (), commoncrawl: Iterable[Archived] = ()) -> None:
        self.requests: list[tuple[float, str, dict[str, str]]] = []  # (seconds, target, headers)
        self.faults: list[Fault] = []
        self.ranges = True
        self.limit = 150_000  # lines of one answer of Wayback's index, whoever asks for more
        self.captures = sorted(wayback, key=lambda one: (one.urlkey, one.timestamp))
        self.warc, self.lines = _warc(commoncrawl)
        handler = type("Handler", (_Handler,), {"archives": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    @property
    def environment(self) -> dict[str, str]:
        names = ("TINSO_WAYBACK", "TINSO_COMMONCRAWL_INDEX", "TINSO_COMMONCRAWL_DATA")
        return dict.fromkeys(names, self.address)

    def asked(self, part: str) -> list[str]:
        """Return the targets of the requests that hold `part`."""
        return [target for _, target, _ in self.requests if part in target]


def _warc(captures: Iterable[Archived]) -> tuple[bytes, list[dict[str, str]]]:
    """Return a WARC file as Common Crawl writes it, and its index."""
    file, lines = io.BytesIO(), []
    writer = WARCWriter(file, gzip=True, warc_version="1.0")
    for one in sorted(captures, key=lambda one: (one.urlkey, one.timestamp)):
        offset = file.tell()
        headers = [("Content-Type", one.media_type), ("X-Crawler-Content-Encoding", one.coding)]
        date = datetime.strptime(one.timestamp, "%Y%m%d%H%M%S").strftime("%Y-%m-%dT%H:%M:%SZ")
        more = {"WARC-Truncated": one.truncated} if one.truncated else {}
        writer.write_record(
            writer.create_warc_record(
                one.url,
                "response",
                payload=io.BytesIO(one.body),
                http_headers=StatusAndHeaders(f"{one.status} OK", headers, protocol="HTTP/1.1"),
                warc_headers_dict={"WARC-Date": date, **more},
            )
        )
        line = {
            "urlkey": one.urlkey, "timestamp": one.timestamp, "url": one.url,
            "mime": one.media_type.partition(";")[0], "status": str(one.status), "digest": one.digest,
            "length": str(file.tell() - offset), "offset": str(offset),
            "filename": f"crawl-data/{CRAWL}/segments/1/warc/CC-MAIN-00001.warc.gz",
        }  # fmt: skip
        lines.append(line | ({"truncated": one.truncated} if one.truncated else {}))
    return file.getvalue(), lines


def _scoped(keys: Iterable[Any], key_of: Callable[[Any], str], query: dict[str, list[str]]) -> Iterator[Any]:
    """Yield what lies in the scope that a query names, in both archives' words."""
    asked = query["url"][0]
    sought = Archived(asked if "://" in asked else f"http://{asked}", "", b"").urlkey
    match = query.get("matchType", ["exact"])[0]
    if match == "host":
        sought = sought.partition(")")[0] + ")"
    for key in keys:
        same = key_of(key) == sought if match == "exact" else key_of(key).startswith(sought)
        if same:
            yield key


class _Handler(BaseHTTPRequestHandler):
    archives: WebArchives
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.archives.requests.append((time.monotonic(), self.path, dict(self.headers)))
        for fault in self.archives.faults:
            if fault.times and re.search(fault.target, self.path):
                fault.times -= 1
                if fault.act:
                    fault.act()
                self._send(fault.status, fault.headers, fault.body, fault.cut)
                return
        path, _, query = self.path.partition("?")
        fields = parse_qs(query)
        if path == "/cdx/search/cdx":
            self._cdx(fields)
        elif path.startswith("/web/"):
            self._replay()
        elif path == "/collinfo.json":
            self._collinfo()
        elif path == f"/{CRAWL}-index":
            self._index(fields)
        elif path.startswith("/crawl-data/"):
            self._range()
        else:
            self._send(404, {}, b"not here")

    def _cdx(self, query: dict[str, list[str]]) -> None:
        fields = query["fl"][0].split(",")
        rows, last = [], ""
        for one in _scoped(self.archives.captures, lambda one: one.urlkey, query):
            line = {
                "urlkey": one.urlkey, "timestamp": one.timestamp, "original": one.url,
                "mimetype": one.listed[0], "statuscode": one.listed[1],
                "digest": one.digest, "length": str(len(one.payload)),
            }  # fmt: skip
            bounds = query.get("from", ["0"])[0], query.get("to", ["9"])[0]
            kept = all(
                re.fullmatch(pattern, line[name])
                for name, pattern in (condition.split(":", 1) for condition in query.get("filter", []))
            )
            if not kept or not bounds[0] <= one.timestamp <= bounds[1]:
                continue
            if query.get("collapse") == ["digest"] and one.digest == last:
                continue
            last = one.digest
            rows.append((f"{one.urlkey} {one.timestamp}", [line[name] for name in fields]))
        if resume := query.get("resumeKey"):
            begin = unquote_plus(resume[0])  # the servlet has decoded the query; the key itself is encoded
            rows = [row for row in rows if row[0] + "!" > begin]
        limit = min(int(query["limit"][0]), self.archives.limit)
        answer: list[list[str]] = [row for _, row in rows[:limit]]
        if answer:
            answer.insert(0, fields)
        if len(rows) > limit and query.get("showResumeKey") == ["true"]:
            answer += [[], [quote_plus(rows[limit - 1][0] + "!")]]
        body = json.dumps(answer).replace("],", "],\n").encode()
        self._send(
            200,
            {"Content-Type": "application/json", "Content-Encoding": "gzip"},
            gzip.compress(body, mtime=0),
        )

    def _replay(self) -> None:
        found = re.fullmatch(r"/web/(\d{14})id_/(.*)", self.path)
        assert found
        timestamp, url = found[1], unquote(found[2])
        sought = Archived(url, timestamp, b"").urlkey
        same = [one for one in self.archives.captures if one.urlkey == sought]
        if not same:
            self._send(404, {}, b"The Wayback Machine has not archived that URL.")
            return
        nearest = min(same, key=lambda one: abs(int(one.timestamp) - int(timestamp)))
        if nearest.timestamp != timestamp:
            place = f"{self.archives.address}/web/{nearest.timestamp}id_/{nearest.url}"
            self._send(302, {"Location": place}, b"")
            return
        moment = datetime.strptime(timestamp, "%Y%m%d%H%M%S")
        headers = {
            "Content-Type": nearest.media_type,
            "Memento-Datetime": moment.strftime("%a, %d %b %Y %H:%M:%S GMT"),
            "Link": f'<{nearest.url}>; rel="original"',
            "x-archive-orig-content-type": nearest.media_type,
            "x-archive-orig-server": "Apache-Coyote/1.1",
            "x-archive-orig-content-encoding": nearest.coding,
        }
        self._send(nearest.status, headers, nearest.payload)  # coded, and nothing says so

    def _collinfo(self) -> None:
        crawls = [
            {"id": CRAWL, "name": "August 2024", "cdx-api": f"{self.archives.address}/{CRAWL}-index"},
            {"id": "CC-MAIN-2012", "name": "2012", "cdx-api": f"{self.archives.address}/CC-MAIN-2012-index"},
        ]
        self._send(200, {"Content-Type": "application/json"}, json.dumps(crawls).encode())

    def _index(self, query: dict[str, list[str]]) -> None:
        lines = list(_scoped(self.archives.lines, lambda line: line["urlkey"], query))
        pages = -(-len(lines) // BLOCK)
        if not lines:
            self._send(404, {}, json.dumps({"message": f"No Captures found for: {query['url'][0]}"}).encode())
        elif query.get("showNumPages"):
            told = {"pages": pages, "pageSize": 5, "blocks": pages}
            self._send(200, {"Content-Type": "application/json"}, json.dumps(told).encode())
        elif (page := int(query["page"][0])) >= pages:
            self._send(400, {}, b'{"message": "Page out of range"}')
        else:
            bounds = query.get("from", ["0"])[0], query.get("to", ["9"])[0]
            kept = [
                {name: line[name] for name in query["fl"][0].split(",") if name in line}
                for line in lines[page * BLOCK : (page + 1) * BLOCK]
                if bounds[0] <= line["timestamp"] <= bounds[1] and _passes(line, query.get("filter", []))
            ]
            body = "".join(json.dumps(line) + "\n" for line in kept).encode()
            self._send(200, {"Content-Type": "text/x-ndjson"}, body)

    def _range(self) -> None:
        warc = self.archives.warc
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if not asked or not self.archives.ranges:
            self._send(200, {"Content-Type": "application/octet-stream"}, warc)
            return
        begin, end = int(asked[1]), int(asked[2])
        if begin >= len(warc):
            self._send(416, {}, b"")
            return
        self._send(206, {"Content-Range": f"bytes {begin}-{end}/{len(warc)}"}, warc[begin : end + 1])

    def _send(self, status: int, headers: dict[str, str], body: bytes, cut: int | None = None) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body if cut is None else body[:cut])
        if cut is not None:
            self.close_connection = True

    def log_message(self, format: str, *arguments: object) -> None:
        pass


def _passes(line: dict[str, str], conditions: Iterable[str]) -> bool:
    """True where a line of Common Crawl's index meets pywb's filters: `=name:value`, `~name:regex`."""
    for condition in conditions:
        name, _, value = condition[1:].partition(":")
        met = line[name] == value if condition[0] == "=" else re.match(value, line[name]) is not None
        if not met:
            return False
    return True


def at(captures: Iterable[Archived], timestamp: str) -> list[Archived]:
    """Return captures as taken at another time."""
    return [replace(one, timestamp=timestamp) for one in captures]
