"""A portal's `tls` loosens what it says for that portal, and nothing else."""

from __future__ import annotations

import ipaddress
import json
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from tests.crawling import finished

TEXT = "<p>Chi bộ Văn phòng tổ chức sinh hoạt chuyên đề về chuyển đổi số, bàn việc quý tới.</p>" * 4
PAGES = {
    "/robots.txt": "User-agent: *\nDisallow:\n",
    "/dang": '<div class="asset-abstract"><h3><a href="/dang/-/view_content/7-hop">Chi bộ họp thường kỳ</a></h3></div>',
    "/dang/-/view_content/7-hop": '<div class="asset-full-content-title">Chi bộ họp thường kỳ</div>'
    f'<div class="asset-full-content"><div class="journal-content-article">{TEXT}</div></div>',
}


def certificate(folder: Path) -> Path:
    """Write a certificate for localhost that is its own authority, and its key."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = datetime.now(UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return pem


@contextmanager
def https(pem: Path, *, old: bool) -> Iterator[int]:
    """Give the port of an HTTPS server; `old` speaks TLS 1.0 alone."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = PAGES.get(self.path, "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    if old:
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that refuses us
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1 is deprecated")
@pytest.mark.parametrize(
    ("old", "trusted", "tls", "expected"),
    [
        (False, True, "modern", {"listed": 1, "new": 1}),
        (False, False, "modern", {"tls_error": 1}),
        (False, False, "insecure", {"listed": 1, "new": 1}),
        (True, True, "modern", {"tls_error": 1}),
        (True, True, "legacy", {"listed": 1, "new": 1}),
        (True, False, "legacy", {"tls_error": 1}),
    ],
)
def test_each_portal_gets_the_tls_that_it_declares(
    tmp_path: Path, old: bool, trusted: bool, tls: str, expected: dict[str, int]
) -> None:
    pem = certificate(tmp_path)
    with https(pem, old=old) as port:
        arguments = [sys.executable, "-m", "tests.tls_crawl", str(tmp_path / "data"), str(port), tls]
        trust = {"SSL_CERT_FILE": str(pem)} if trusted else {}
        process = finished(arguments, no_proxy="localhost", **trust)
    assert json.loads(process.stdout.splitlines()[-1]) == expected, process.stderr
