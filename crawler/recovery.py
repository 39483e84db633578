"""What a killed run archived and did not enter in state.db."""

from __future__ import annotations

import logging
from collections import defaultdict
from pathlib import Path

from crawler.archive import Capture, exchanges, mend, read_capture
from crawler.frontier import Frontier
from crawler.posted import page_address
from crawler.redirects import destination, is_final
from crawler.responses import is_cut
from pipelines.identify import canonical_url

logger = logging.getLogger(__name__)


def take_in(archive: Path, frontier: Frontier) -> None:
    """Enter the responses that no index knows, each for the page that it answers; cut torn records off.

    A page that waits is read from its response by the next run. Where the page is not known, since the list
    that led to it was not committed, the response is left for whoever asks for that page (`Frontier.claim`),
    however many kills come between.
    """
    indexed = frontier.indexed_up_to()
    for path in sorted(archive.glob("*.warc.gz")):
        start = indexed.get(path.name, 0)
        if path.stat().st_size <= start:
            continue
        if torn := mend(path, start):
            logger.warning("%s: %d bytes of a record torn by a kill cut off", path.name, torn)
        pages = _Pages()
        for offset, page in frontier.open_redirects(path.name):
            pages.led(read_capture(path, offset), page)
        found = 0
        for capture in exchanges(path, start, revisits=True):
            original = frontier.find_original(capture.original) if capture.original else None
            page = pages.answered(capture)
            record = frontier.archived(
                path.name, capture.offset, capture.length, capture.url, capture.status,
                capture.fetched_at, digest=capture.digest, original=original,
                page=None if _comes_again(capture) else page,
            )  # fmt: skip
            if capture.status < 300 and not _comes_again(capture):
                frontier.answer_waiting((page, page_address(capture.url, capture.posted)), record)
            found += 1
        if found:
            logger.info("%s: %d responses of an interrupted run taken in", path.name, found)


def _comes_again(capture: Capture) -> bool:
    """True for a response after which the killed run would have asked for the page once more."""
    return not is_final(capture.status) or (capture.status < 300 and is_cut(capture.body))


class _Pages:
    """Which page each response of a file answers: its own address, or the one that redirects began at."""

    def __init__(self) -> None:
        self._asked: defaultdict[str, list[str]] = defaultdict(list)  # by address: pages that led there

    def answered(self, capture: Capture) -> str:
        """Return the page of the next response of the file."""
        address = page_address(canonical_url(capture.url), capture.posted)
        waiting = self._asked[address]
        page = waiting[0] if waiting else address
        if waiting and not _comes_again(capture):
            waiting.pop(0)
        self.led(capture, page)
        return page

    def led(self, capture: Capture, page: str) -> None:
        """Note where a response leads, if it is a redirect."""
        if address := destination(capture):
            self._asked[address].append(page)
