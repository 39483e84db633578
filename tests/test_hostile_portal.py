"""Whatever a portal does, the run ends, the fault gets its name, and nobody else is harmed."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from itertools import pairwise
from types import SimpleNamespace

import pytest
from scrapy import Request

from crawler.borders import Borders, is_private
from crawler.exceptions import PrivateAddress
from tests.crawling import tinso
from tests.hostile_faults import Fault
from tests.hostile_pages import BAD
from tests.hostile_run import GROUPS, Crawled, crawl, wrong_run, wrongs

FAULTS = [fault for faults in GROUPS.values() for fault in faults() if not fault.slow]
# As in every crawl, but for the waiting; the table in docs/reliability.md is made with that, too.
QUICK = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_START_DELAY": 0,
    "AUTOTHROTTLE_MAX_DELAY": 0.1,
    "DOWNLOAD_MAXSIZE": 2 << 20,
    "TINSO_RETRY_WAIT": 0.5,
}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    return crawl(FAULTS, tmp_path_factory.mktemp("hostile") / "data", QUICK, timeout=5)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_every_fault_gets_its_outcome_and_nothing_is_stored_that_should_not_be(
    crawled: Crawled, fault: Fault
) -> None:
    assert list(wrongs(fault, crawled)) == []


def test_the_run_and_the_good_portal_beside_are_unharmed(crawled: Crawled) -> None:
    assert list(wrong_run(crawled)) == []


def test_a_page_that_fails_is_asked_for_again_after_a_while(crawled: Crawled) -> None:
    host = crawled.hosts["status_500"]
    times = [one.time for one in crawled.requests if one.host == host and one.path == BAD]
    waits = [later - sooner for sooner, later in pairwise(times)]
    assert waits[0] >= QUICK["TINSO_RETRY_WAIT"]
    assert waits[1] >= 4 * QUICK["TINSO_RETRY_WAIT"]


def test_what_is_left_of_it_is_sound(crawled: Crawled) -> None:
    process = tinso("verify", "--data", crawled.data)
    assert process.returncode == 0, process.stdout + process.stderr


def test_a_run_over_a_portal_that_gave_nothing_counts_as_failed(crawled: Crawled) -> None:
    silent = [
        fault.name
        for fault in FAULTS
        if not fault.outcomes.keys() & {"listed", "new"} and not crawled.failed[fault.name]
    ]
    assert silent == []


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f.0.0.1", "10.2.3.4", "192.168.1.1", "172.16.0.9", "100.64.0.1",
        "169.254.169.254", "0.0.0.0", "[::1]", "::ffff:10.0.0.1", "fe80::1%eth0", "fd00::1", "localhost",
        "ha-noi.localhost", "printer.local", "metadata.google.internal", "localhost.",
    ],
)  # fmt: skip
def test_a_private_address_is_known_in_any_spelling(host: str) -> None:
    assert is_private(host)


@pytest.mark.parametrize(
    ("home", "leads_to", "is_refused"),
    [
        ("http://8.8.8.8/", "http://10.0.0.1/robots.txt", True),
        ("http://8.8.8.8/", "http://1.1.1.1/robots.txt", False),
        ("http://10.0.0.1/", "http://10.0.0.2/robots.txt", False),
        (None, "http://10.0.0.1/", True),  # a look at an address that somebody has named
    ],
)
def test_what_is_no_page_of_the_portal_is_asked_of_public_hosts_alone(
    home: str | None, leads_to: str, is_refused: bool
) -> None:
    spider = SimpleNamespace(home=home) if home else SimpleNamespace()
    borders = Borders(SimpleNamespace(spider=spider))  # type: ignore[arg-type]
    asyncio.run(borders.process_request(Request(home or "http://8.8.8.8/")))
    with pytest.raises(PrivateAddress) if is_refused else nullcontext():
        asyncio.run(borders.process_request(Request(leads_to)))


@pytest.mark.parametrize(
    "host", ["8.8.8.8", "so.example.vn", "2606:4700::1", "local.gov.vn", "1.1.1.1.vn", ""]
)
def test_a_public_one_is_not_taken_for_private(host: str) -> None:
    assert not is_private(host)
