"""The one HTTP server behind all sample portals: by Host header, or as the proxy of a crawl.

`http://<host>:<port>/` asks it directly; with `http_proxy=http://127.0.0.1:<port>` a crawl reaches
`http://ha-noi.localhost/` through it (absolute-form request target, RFC 9112 §3.2.2), so that addresses in
the corpus carry no port.
"""

from __future__ import annotations

import gzip
import sys
import threading
import time
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, NamedTuple, Self

from crawler.clock import VIETNAM
from crawler.sample_portals.site import Answer, Posted, Site
from crawler.sample_portals.sites import ALL_SITES


class Request(NamedTuple):
    """One request as the server saw it: seconds of the monotonic clock, host without port, path and query."""

    time: float
    host: str
    path: str


class SampleServer:
    """The sample portals on 127.0.0.1, in threads of their own, for as long as the context lasts.

    `port=0` takes a free one. `revision=2` serves the changed text of one article per portal. Raises OSError
    if the port is taken.
    """

    def __init__(self, port: int = 0, *, revision: int = 1) -> None:
        self.requests: list[Request] = []
        self.sites: dict[str, Site] = {host: site(revision) for host, site in ALL_SITES.items()}
        self._server = _Server(("127.0.0.1", port), partial(_Handler, self))
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def url(self, host: str) -> str:
        """Return the home address of `host` for a reader who asks directly."""
        return f"http://{host}:{self.port}/"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # idle keep-alive connections must not hold up the end
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay silent about readers who went away; anything else is a defect and is shown."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16  # head and body leave together
    timeout = 30  # seconds an idle connection is kept

    def __init__(self, server: SampleServer, *args: Any) -> None:
        self.portals = server
        super().__init__(*args)

    def do_GET(self) -> None:
        host, target = self._wanted()
        self.portals.requests.append(Request(time.monotonic(), host.partition(":")[0], target))
        site = self.portals.sites.get(host.partition(":")[0])
        self._send(site.answer(target) if site else self._index(host), host)

    do_HEAD = do_GET

    def do_POST(self) -> None:
        host, target = self._wanted()
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("utf-8", "replace")
        self.portals.requests.append(Request(time.monotonic(), host.partition(":")[0], target))
        site = self.portals.sites.get(host.partition(":")[0])
        media_type, referer = self.headers.get("Content-Type", ""), self.headers.get("Referer", "")
        posted = Posted(target, media_type, body, referer)
        self._send(site.posted(posted) if site else self._index(host), host)

    def _wanted(self) -> tuple[str, str]:
        """Return host (with port where one was named) and path with query."""
        if self.path.startswith("/"):
            return self.headers.get("Host", "").lower(), self.path
        host, _, target = self.path.partition("://")[2].partition("/")
        return host.lower(), f"/{target}"

    def _index(self, host: str) -> Answer:
        port = self.portals.port
        links = "".join(f'<li><a href="http://{name}:{port}/">{name}</a></li>' for name in self.portals.sites)
        page = (
            f"<!DOCTYPE html><title>tinso</title><p>No sample portal here: {escape(host)}</p><ul>{links}</ul>"
        )
        return Answer(page.encode(), status=HTTPStatus.NOT_FOUND)

    def _send(self, answer: Answer, host: str) -> None:
        if answer.status == HTTPStatus.OK and self._is_known(answer.headers):
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self._finish(answer.headers, b"")
            return
        body = answer.filled(f"http://{host}", datetime.now(VIETNAM), len(self.portals.requests))
        headers = {"Content-Type": answer.media_type, **answer.headers}
        if answer.media_type.startswith("text/") and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, compresslevel=1)
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        self.send_response(answer.status)
        self._finish({**headers, "Content-Length": str(len(body))}, body)

    def _finish(self, headers: dict[str, str], body: bytes) -> None:
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _is_known(self, validators: dict[str, str]) -> bool:
        """True when the reader already holds this very page (RFC 9110 §13: ETag before date)."""
        if tags := self.headers.get("If-None-Match"):
            return validators.get("ETag", "\0") in tags
        since, changed = self.headers.get("If-Modified-Since"), validators.get("Last-Modified")
        if not since or not changed:
            return False
        try:
            return parsedate_to_datetime(changed) <= parsedate_to_datetime(since)
        except (TypeError, ValueError):  # a date that is none is ignored
            return False

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet: `SampleServer.requests` is the log."""
