"""The server behind the sample portals: direct and as a proxy, conditional, compressed, undisturbed."""

from __future__ import annotations

import gzip
import http.client
import re
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from crawler.sample_portals import HOSTS, expected
from crawler.sample_portals.server import SampleServer

HA_NOI, PHU_YEN = "ha-noi.localhost", "phu-yen.localhost"


@pytest.fixture(scope="module")
def server() -> Iterator[SampleServer]:
    with SampleServer() as server:
        yield server


def ask(
    server: SampleServer, host: str, target: str, method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    """Ask the server directly for `target` of `host`."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        fields = {"Host": host} | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, target, headers=fields)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


@pytest.mark.parametrize("host", HOSTS)
def test_direct_and_through_a_proxy_the_same_page_stands(server: SampleServer, host: str) -> None:
    path = urlsplit(expected(host)[-1]["url"])
    target = path.path + (f"?{path.query}" if path.query else "")
    _, direct = ask(server, host, target)
    _, proxied = ask(server, host, f"http://{host}{target}")
    counted = re.compile(rb"5[23]\d{3}")
    assert counted.sub(b"", direct) == counted.sub(b"", proxied)


def test_links_carry_the_port_that_the_reader_used(server: SampleServer) -> None:
    _, body = ask(server, f"{HA_NOI}:{server.port}", "/hoat-ong-ang-oan-the")
    assert f"http://{HA_NOI}:{server.port}/hoat-ong-ang-oan-the/-/view_content/".encode() in body


def test_a_known_page_is_answered_with_304_and_no_body(server: SampleServer) -> None:
    target = urlsplit(expected(PHU_YEN)[0]["url"]).path
    first, _ = ask(server, PHU_YEN, target)
    again, body = ask(server, PHU_YEN, target, If_None_Match=first.headers["ETag"])
    assert (again.status, body) == (304, b"")
    other, _ = ask(server, PHU_YEN, target, If_None_Match='"other"')
    assert other.status == 200


def test_a_page_not_changed_since_is_answered_with_304(server: SampleServer) -> None:
    target = urlsplit(next(one["url"] for one in expected(PHU_YEN) if one["asset"] == "977")).path
    first, _ = ask(server, PHU_YEN, target)
    changed = first.headers["Last-Modified"]
    assert ask(server, PHU_YEN, target, If_Modified_Since=changed)[0].status == 304
    long_ago = "Sat, 01 Jan 2000 00:00:00 GMT"
    assert ask(server, PHU_YEN, target, If_Modified_Since=long_ago)[0].status == 200
    assert ask(server, PHU_YEN, target, If_Modified_Since="nonsense")[0].status == 200


def test_head_answers_as_get_does_without_a_body(server: SampleServer) -> None:
    response, body = ask(server, HA_NOI, "/", "HEAD")
    assert response.status == 200
    assert int(response.headers["Content-Length"]) > 1000
    assert body == b""


def test_pages_come_compressed_to_those_who_ask(server: SampleServer) -> None:
    response, body = ask(server, HA_NOI, "/gioi-thieu", Accept_Encoding="gzip, deflate")
    assert response.headers["Content-Encoding"] == "gzip"
    assert "Giới thiệu" in gzip.decompress(body).decode("utf-8")


def test_an_unknown_host_gets_a_404_that_names_the_portals(server: SampleServer) -> None:
    response, body = ask(server, "nowhere.localhost", "/<script>")
    assert response.status == 404
    assert all(host.encode() in body for host in HOSTS)


def test_the_log_tells_who_was_asked_for_what_and_when(server: SampleServer) -> None:
    ask(server, HA_NOI, "/lien-he")
    ask(server, PHU_YEN, "http://phu-yen.localhost/lien-he")
    first, second = server.requests[-2:]
    assert (first.host, first.path) == (HA_NOI, "/lien-he")
    assert (second.host, second.path) == (PHU_YEN, "/lien-he")
    assert first.time <= second.time


def test_readers_who_hang_up_leave_no_trace(server: SampleServer, capfd: pytest.CaptureFixture[str]) -> None:
    for start in (b"", b"GET", b"GET / HTTP/1.1\r\nHost: ha-noi.localhost\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(start)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    assert ask(server, HA_NOI, "/")[0].status == 200
    assert capfd.readouterr().err == ""


def test_a_taken_port_is_an_error() -> None:
    with SampleServer() as first, pytest.raises(OSError, match="in use"):
        SampleServer(first.port)
