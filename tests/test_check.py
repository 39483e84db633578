"""`tinso check`: a portal tried as declared, and what it says to correct."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crawler.discovery.contract import PageRequest
from crawler.look import Fetch, Unreachable
from crawler.platforms.aspnet import AspNetMvcPortal
from crawler.platforms.liferay import LiferayPortal
from crawler.portal import Portal
from crawler.sample_portals.families import family_portals
from crawler.sample_portals.portals import sample_portals
from crawler.sample_portals.server import SampleServer
from crawler.upkeep.check import Failure, check
from crawler.upkeep.connection import Connection, probe
from crawler.upkeep.corrections import corrections, notes
from tests.crawling import RECORDING, tinso
from tests.sample_fetch import sample_fetch
from tests.timing import are_apart

PORTALS = {portal.name: portal for portal in [*sample_portals(80), *family_portals(80)]}
HA_NOI = PORTALS["mau_ha_noi"]


@pytest.fixture(scope="module")
def fetch() -> Fetch:
    return sample_fetch()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of the machine's would stand between a probe and its door."""
    monkeypatch.delenv("http_proxy", raising=False)


def changed(portal: type[Portal], **attributes: object) -> type[Portal]:
    """Return the portal as its class would be with other attributes."""
    return type(portal.__name__, (portal,), attributes)


@pytest.mark.parametrize("name", PORTALS)
def test_a_portal_that_is_declared_rightly_needs_no_correction(name: str, fetch: Fetch) -> None:
    report = check(PORTALS[name], fetch)
    assert corrections(report) == []
    assert report.read and all(found.rows for found in report.lists)
    assert report.robots.allows


def test_a_platform_that_the_site_no_longer_runs_is_told_with_the_class_to_use(fetch: Fetch) -> None:
    class Moved(AspNetMvcPortal):
        name, province, body = "moved", "Hà Nội", "Sở"
        home, sections = HA_NOI.home, HA_NOI.sections

    lines = corrections(check(Moved, fetch))
    assert any(line.startswith("class Moved(LiferayPortal):") for line in lines)
    assert any(line.startswith('article_path = r"') for line in lines)


def test_an_item_selector_that_finds_nothing_is_named_where_evidence_finds_rows(fetch: Fetch) -> None:
    (line, *_) = corrections(check(changed(HA_NOI, row=".tin-cu"), fetch))
    assert line.startswith("row = None  # '.tin-cu' finds nothing")


def test_a_section_that_is_gone_is_named_and_a_likely_one_proposed(fetch: Fetch) -> None:
    report = check(changed(HA_NOI, sections={"Tin cũ": "tin-cu"}), fetch)
    lines = corrections(report)
    assert lines[0].startswith('sections: replace or drop "Tin cũ"') and "HTTP 404" in lines[0]
    assert any('"hoat-ong-ang-oan-the"' in line and "67% Party news" in line for line in lines)


def test_the_other_order_of_day_and_month_is_told_from_what_is_printed(fetch: Fetch) -> None:
    lines = corrections(check(changed(HA_NOI, date_order="MDY"), fetch))
    assert any(line.startswith('date_order = "DMY"') for line in lines)


def test_a_field_that_is_missing_where_it_should_stand_is_told_with_an_article(fetch: Fetch) -> None:
    dateless = changed(PORTALS["mau_thanh_hoa"], platform="aspnet_mvc")
    lines = corrections(check(dateless, fetch))
    assert any(line.startswith("layouts: date_published on 0 of") for line in lines)


def test_a_home_that_leads_to_another_host_is_told(fetch: Fetch) -> None:
    def moved(request: PageRequest):  # type: ignore[no-untyped-def]
        if request.url == "http://cu.gov.vn/":
            return fetch(PageRequest(HA_NOI.home))
        return fetch(request)

    lines = corrections(check(changed(HA_NOI, home="http://cu.gov.vn/", sections={}), moved))
    assert lines[0] == 'home = "http://ha-noi.localhost:80/"  # http://cu.gov.vn/ leads there'


def test_countable_articles_are_tried_where_no_list_is_declared(fetch: Fetch) -> None:
    newest = check(PORTALS["mau_phu_yen"], fetch).read[0].url.rpartition("/")[2]
    portal = changed(PORTALS["mau_phu_yen"], sections={}, countable={"Tin": f"Home/Detail/{{{newest}}}"})
    report = check(portal, fetch)
    assert report.articles[0].article and corrections(report) == []


def test_robots_that_forbid_us_are_a_result_of_their_own(fetch: Fetch) -> None:
    def forbidden(request: PageRequest):  # type: ignore[no-untyped-def]
        raise Unreachable("blocked_by_robots: forbidden by robots.txt")

    report = check(HA_NOI, forbidden)
    assert report.robots.allows is False and not report.is_reached


def test_a_crawl_delay_is_told() -> None:
    robots = b"User-agent: *\nCrawl-delay: 7\nDisallow: /noi-bo\n"
    report = check(HA_NOI, sample_fetch(**{"robots.txt": robots}))
    assert (report.robots.allows, report.robots.crawl_delay) == (True, 7.0)


def test_a_host_that_does_not_answer_is_unreachable_and_nothing_is_asked_of_it() -> None:
    def never(request: PageRequest):  # type: ignore[no-untyped-def]
        raise AssertionError("asked")

    report = check(HA_NOI, never, Connection(tried=["port 80: no answer in 10 s"]))
    assert not report.is_reached and corrections(report) == []


def test_a_host_that_answers_with_a_challenge_is_neither_fine_nor_unreachable() -> None:
    stub = b'<html><script>document.cookie="D1N=0123456789abcdef";location.reload()</script></html>'
    report = check(
        HA_NOI, sample_fetch(**{"": stub, "hoat-ong-ang-oan-the": stub, "vi/tin-tuc-su-kien": stub})
    )
    assert not report.is_reached
    assert report.failure == Failure("answers with a page of kind 'challenge'", is_answer=True)


def test_undeclared_sections_are_looked_at_twice_at_most() -> None:
    asked: list[str] = []
    menu = "".join(f'<li><a href="/dang-{number}">Công tác Đảng {number}</a></li>' for number in range(9))
    inner = sample_fetch(**{"": f"<html><body><ul>{menu}</ul></body></html>".encode()})

    def counting(request: PageRequest):  # type: ignore[no-untyped-def]
        asked.append(request.url)
        return inner(request)

    check(HA_NOI, counting)
    assert sum("/dang-" in url for url in asked) == 2


def test_a_portal_that_went_quiet_is_noted(fetch: Fetch) -> None:
    assert any('state = "frozen"?' in note for note in notes(check(HA_NOI, fetch)))


@contextmanager
def tls_server(folder: Path, *, old: bool = False) -> Iterator[int]:
    """Give the port of a TLS server with a certificate that nobody vouches for; `old` speaks TLS 1.0 alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    if old:
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    plain, _ = server.accept()
                except OSError:  # the test is over
                    return
                try:
                    context.wrap_socket(plain, server_side=True).close()
                except OSError:  # the reader refused the certificate
                    plain.close()

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1 is deprecated")
def test_a_server_that_speaks_old_tls_alone_is_told_from_a_bad_certificate(tmp_path: Path) -> None:
    with tls_server(tmp_path, old=True) as port:
        connection = probe(f"https://127.0.0.1:{port}/", pause=0)
    assert (connection.needs, connection.tls) == ("legacy", "TLSv1")
    assert len([step for step in connection.tried if step.startswith("TLS")]) == 3


def test_a_certificate_that_nobody_vouches_for_is_told_with_the_lines_to_declare(
    tmp_path: Path, fetch: Fetch
) -> None:
    with tls_server(tmp_path) as port:
        connection = probe(f"https://127.0.0.1:{port}/", pause=0)
    assert connection.is_open and connection.needs == "insecure"
    assert connection.tls in ("TLSv1.2", "TLSv1.3")
    assert connection.problem == "certificate: self-signed certificate"
    tls, note, *_ = corrections(check(HA_NOI, fetch, connection))
    assert tls == 'tls = "insecure"'
    assert note.startswith('tls_note = "20') and note.endswith(': certificate: self-signed certificate"')


def test_a_closed_port_and_an_unknown_name_are_steps_that_were_tried() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    closed = probe(f"http://127.0.0.1:{port}/")
    assert not closed.is_open and closed.tried[-1] == f"port {port}: Connection refused"
    unknown = probe("http://khong-co.invalid/")
    assert not unknown.is_open and "does not resolve" in unknown.tried[-1]


def test_behind_a_proxy_no_door_is_tried_and_no_password_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://ten:matkhau@proxy.example.vn:3128")
    assert probe("http://khong-co.invalid/").tried == ["through the proxy proxy.example.vn"]


def test_the_command_tries_a_portal_live_with_a_second_between_requests() -> None:
    with SampleServer() as server:
        proxy = f"http://127.0.0.1:{server.port}"
        process = tinso("check", "http://phu-yen.localhost/", "--json", http_proxy=proxy)
        times = [request.time for request in server.requests]
    found = json.loads(process.stdout)
    assert process.returncode == 0, process.stdout + process.stderr
    assert found["platform"]["detected"]["aspnet_mvc"] >= 0.7
    assert found["coverage"]["headline"] == {"filled": found["read"], "normal": 1.0}
    assert are_apart(times[1:], 1)


def test_the_command_tells_an_unreachable_host_from_a_dead_one() -> None:
    process = tinso("check", "http://khong-co.invalid/")
    assert process.returncode == 1
    assert "unreachable from here" in process.stdout and "does not resolve" in process.stdout
    assert "gone" not in process.stdout and "Traceback" not in process.stderr


def test_wrong_names_are_wrong_use_and_recordings_without_the_host_say_what_they_hold() -> None:
    assert tinso("check", "hanoi_sttt").returncode == 2
    if not RECORDING.is_file():
        pytest.skip("the recording in shared/data is absent")
    process = tinso("check", "http://khac.gov.vn/", "--from-archive", RECORDING)
    assert process.returncode == 1
    assert "not in the recording, which holds sotttt.hanoi.gov.vn" in process.stdout


def test_the_recorded_portal_needs_no_correction() -> None:
    if not RECORDING.is_file():
        pytest.skip("the recording in shared/data is absent")
    process = tinso("check", "hanoi_stttt", "--from-archive", RECORDING)
    assert process.returncode == 0, process.stdout
    assert "nothing to correct" in process.stdout and LiferayPortal.platform in process.stdout
