"""How a host can be reached from here: its name, its port, its TLS; nothing is asked of it."""

from __future__ import annotations

import socket
import ssl
import time
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

_TIMEOUT = 10.0  # seconds, of each attempt
_PAUSE = 1.0  # seconds between two attempts at one host, as between two requests
_LEGACY_SERVER_CONNECT = 0x4  # SSL_OP_LEGACY_SERVER_CONNECT; Python 3.12 gave it a name

Tls = Literal["modern", "legacy", "insecure"]  # as a portal's class says it


@dataclass(slots=True)
class Connection:
    """What a look at a host's door found; `tried` tells the steps in order, each with its result."""

    tried: list[str] = field(default_factory=list)
    is_open: bool = False  # something accepts connections
    tls: str | None = None  # version negotiated; None for plain http
    needs: Tls = "modern"
    problem: str | None = None  # with certificate or protocol


def probe(url: str, *, pause: float = _PAUSE) -> Connection:
    """Look up the host of an address, connect to its port and, for https, negotiate TLS.

    Where a certificate or an old protocol stands in the way, the handshake is made again without the
    demand that failed, to learn what the server speaks; no page is asked for. A failure is a step of
    `tried`, never an error. Behind a proxy nothing is looked at: the crawl does not open the door itself.
    """
    connection = Connection()
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or {"https": 443}.get(parts.scheme, 80)
    if parts.scheme in getproxies() and not proxy_bypass(host):
        connection.tried.append(f"through the proxy {urlsplit(getproxies()[parts.scheme]).hostname}")
        connection.is_open = True
        return connection
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        connection.tried.append(f"name: {host} does not resolve ({_reason(error)})")
        return connection
    addresses = dict.fromkeys(str(address[4][0]) for address in found)
    connection.tried.append(f"name: {host} is {', '.join(addresses)}")
    try:
        socket.create_connection((host, port), _TIMEOUT).close()
    except OSError as error:
        connection.tried.append(f"port {port}: {_reason(error)}")
        return connection
    connection.tried.append(f"port {port}: open")
    connection.is_open = True
    if parts.scheme == "https":
        _negotiate(connection, host, port, pause)
    return connection


def _negotiate(connection: Connection, host: str, port: int, pause: float) -> None:
    """Try the handshake as strictly as the crawl does, then with what each failure asks for."""
    attempts: tuple[tuple[ssl.SSLContext, Tls], ...] = (
        (ssl.create_default_context(), "modern"),
        (_unverified(), "insecure"),
        (_unverified(old=True), "legacy"),
    )
    for context, needs in attempts:
        if connection.problem:
            time.sleep(pause)
        try:
            version = _handshake(context, host, port)
        except OSError as error:
            connection.tried.append(f"TLS, {_asked(context)}: {_reason(error)}")
            connection.problem = connection.problem or _reason(error)
            continue
        connection.tried.append(f"TLS, {_asked(context)}: {version}")
        connection.tls, connection.needs = version, needs
        return


def _unverified(*, old: bool = False) -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    if old:
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.options |= _LEGACY_SERVER_CONNECT
    return context


def _asked(context: ssl.SSLContext) -> str:
    if context.verify_mode:
        return "with a valid certificate"
    return (
        "any certificate, old versions too" if context.options & _LEGACY_SERVER_CONNECT else "any certificate"
    )


def _handshake(context: ssl.SSLContext, host: str, port: int) -> str | None:
    with (
        socket.create_connection((host, port), _TIMEOUT) as plain,
        context.wrap_socket(plain, server_hostname=host) as secured,
    ):
        return secured.version()


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"certificate: {error.verify_message}"
    if isinstance(error, TimeoutError):
        return f"no answer in {_TIMEOUT:.0f} s"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
