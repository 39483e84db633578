"""A recording served over HTTP, by Host header and as a proxy: the live web of the tests."""

from __future__ import annotations

import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from crawler.replay import Replay
from tests.served import Served

ROBOTS = b"User-agent: *\nDisallow: /search\n"


class WarcServer(Served):
    """Answers `GET http://<host>/<path>` with what the recording holds, 404 for the rest."""

    def __init__(self, warc: Path, *, robots: bytes = ROBOTS, robots_status: int = 200) -> None:
        self.requests: list[tuple[float, str, str]] = []  # (monotonic seconds, URL, User-Agent)
        replay, log, lock = Replay([warc]), self.requests, threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                url = self.path if "://" in self.path else f"http://{self.headers['Host']}{self.path}"
                log.append((time.monotonic(), url, self.headers.get("User-Agent", "")))
                if url.endswith("/robots.txt"):
                    self._answer(robots_status, "text/plain", robots)
                    return
                with lock:
                    capture = replay.get(url)
                if capture is None:
                    self._answer(404, "text/html", b"<html><body><h1>404</h1></body></html>")
                else:
                    self._answer(capture.status, dict(capture.headers)["Content-Type"], capture.body)

            def _answer(self, status: int, media_type: str, body: bytes) -> None:
                compressed = "gzip" in self.headers.get("Accept-Encoding", "")
                body = gzip.compress(body, 1) if compressed else body
                self.send_response(status)
                self.send_header("Content-Type", media_type)
                self.send_header("Content-Length", str(len(body)))
                if compressed:
                    self.send_header("Content-Encoding", "gzip")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"
