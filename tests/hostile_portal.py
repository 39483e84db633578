"""The hostile portal: one server of raw sockets that answers for many hosts, each in its own bad way.

It is the proxy of a crawl (`http_proxy=http://127.0.0.1:<port>`), so that a fault is reached under a host of
its own, and no name has to resolve. What is broken below HTTP has listeners of its own on 127.0.1.x, reached
directly. What each host does stands in `tests/hostile_faults.py`.
"""

from __future__ import annotations

import gzip
import socket
import socketserver
import ssl
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple

CRLF = b"\r\n"


class Asked(NamedTuple):
    """One request: when (seconds of the monotonic clock), of which host, path with query, and its headers."""

    time: float
    host: str
    path: str
    headers: dict[str, str]


class Wire:
    """The open connection on which an answer goes out, to the byte."""

    def __init__(self, connection: socket.socket, closing: threading.Event) -> None:
        self._connection, self._closing = connection, closing

    def send(self, data: bytes) -> None:
        """Send bytes. Raises OSError once the reader is gone, or the server is closed."""
        if self._closing.is_set():
            raise ConnectionAbortedError
        self._connection.sendall(data)

    def wait(self, seconds: float) -> None:
        """Do nothing for a while."""
        self._closing.wait(seconds)

    def drop(self) -> None:
        """Close properly, in the middle of whatever is being said."""
        raise ConnectionAbortedError

    def reset(self) -> None:
        """Break the connection off with a TCP RST."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise ConnectionAbortedError


Answer = Callable[[Wire, Asked], None]


def head(status: int = 200, *fields: tuple[str, str | int], kind: str = "text/html; charset=utf-8") -> bytes:
    """Return status line and headers, up to the blank line."""
    lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in fields)]
    if kind:
        lines.append(f"Content-Type: {kind}")
    return "\r\n".join(lines).encode() + CRLF + CRLF


def page(
    body: bytes | str,
    status: int = 200,
    *fields: tuple[str, str | int],
    kind: str = "text/html; charset=utf-8",
) -> bytes:
    """Return a whole and right answer."""
    data = body.encode() if isinstance(body, str) else body
    return head(status, ("Content-Length", len(data)), *fields, kind=kind) + data


def packed(body: bytes) -> bytes:
    """Return a whole and right answer, compressed."""
    return page(gzip.compress(body), 200, ("Content-Encoding", "gzip"))


@dataclass
class Site:
    """What a host answers: by path with query, by path, else by `fallback`; an answer is bytes, or a function that sends."""

    answers: dict[str, bytes | Answer]
    fallback: bytes | Answer = field(default_factory=lambda: page("<h1>404 Not Found</h1>", 404))

    def answer(self, wire: Wire, asked: Asked) -> None:
        """Send the answer to a request."""
        found = self.answers.get(asked.path) or self.answers.get(asked.path.partition("?")[0], self.fallback)
        if callable(found):
            found(wire, asked)
        else:
            wire.send(found)


class HostilePortal:
    """The server, in threads of its own for as long as the context lasts.

    `sites` maps hosts to what they answer. `requests` is what was asked, in order.
    """

    def __init__(self) -> None:
        self.sites: dict[str, Site] = {}
        self.requests: list[Asked] = []
        self.closing = threading.Event()
        self._servers: list[_Server] = []
        self.port = self._listen("127.0.0.1", None)

    @property
    def proxy(self) -> str:
        """The address for `http_proxy`."""
        return f"http://127.0.0.1:{self.port}"

    def listen(self, address: str, context: ssl.SSLContext) -> int:
        """Answer on another address through TLS, for the host of that address; return the port."""
        return self._listen(address, context)

    def asked(self, host: str, path: str | None = None) -> list[Asked]:
        """Return the requests of a host, for one path or all."""
        return [one for one in list(self.requests) if one.host == host and path in (None, one.path)]

    def _listen(self, address: str, context: ssl.SSLContext | None) -> int:
        server = _Server((address, 0), _Handler)
        server.portal, server.context = self, context
        self._servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return server.server_address[1]

    def __enter__(self) -> HostilePortal:
        return self

    def __exit__(self, *error: object) -> None:
        self.closing.set()
        for server in self._servers:
            server.shutdown()
            server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 256
    portal: HostilePortal
    context: ssl.SSLContext | None

    def handle_error(self, request: object, client_address: object) -> None:
        """Readers that break off are what is expected here."""


class _Handler(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        connection: socket.socket = self.request
        connection.settimeout(120)
        if self.server.context:
            connection = self.server.context.wrap_socket(connection, server_side=True)
        with suppress(OSError), connection.makefile("rb") as incoming:
            if incoming.peek(1)[:1] == b"\x16":  # who speaks TLS here is answered in plain HTTP
                connection.sendall(page("", 400))
                return
            while asked := self._read(incoming):
                portal = self.server.portal
                portal.requests.append(asked)
                site = portal.sites.get(asked.host)
                if site is None:
                    raise ConnectionAbortedError
                site.answer(Wire(connection, portal.closing), asked)
        with suppress(OSError):
            connection.close()

    def _read(self, incoming) -> Asked | None:  # type: ignore[no-untyped-def]
        line = incoming.readline(70_000).decode("latin-1").split()
        if len(line) < 3:
            return None
        headers = {}
        while (field_line := incoming.readline(70_000).strip()) != b"":
            name, _, value = field_line.decode("latin-1").partition(":")
            headers[name.strip().lower()] = value.strip()
        incoming.read(int(headers.get("content-length", 0)))
        if line[1].startswith("/"):
            return Asked(time.monotonic(), headers.get("host", "").partition(":")[0], line[1], headers)
        host, _, path = line[1].partition("://")[2].partition("/")
        return Asked(time.monotonic(), host.lower().partition(":")[0], f"/{path}", headers)
