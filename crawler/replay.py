"""Archives that answer in the network's place: anybody's WARC files, or our own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from crawler.archive import Capture, captures, read_capture
from crawler.exceptions import ArchiveError
from pipelines.identify import canonical_url

_FORM = re.compile(r"#[0-9a-f]{16}$")  # digest of the body of a POST, see `Target`


class _Place(NamedTuple):
    path: Path
    offset: int
    fetched_at: str
    url: str
    is_error: bool

    @property
    def rank(self) -> tuple[bool, str]:
        """What is greater answers: an error only where there is nothing else, then the latest."""
        return not self.is_error, self.fetched_at


class Replay:
    """An index of WARC files by address; of an address the latest capture that is no error answers."""

    def __init__(self, paths: Iterable[Path]) -> None:
        """Index the files.

        Raises:
            ArchiveError: a file is missing, cannot be read, or holds no response.
        """
        self._places: dict[str, _Place] = {}
        for path in paths:
            responses = 0
            for capture in captures(path):
                responses += 1
                if capture.status == HTTPStatus.NOT_MODIFIED:  # stands for a capture before it
                    continue
                is_error = capture.status >= HTTPStatus.BAD_REQUEST
                place = _Place(path, capture.offset, capture.fetched_at, capture.url, is_error)
                key = _key(capture.url)
                if key not in self._places or self._places[key].rank <= place.rank:
                    self._places[key] = place
            if not responses:
                raise ArchiveError(f"{path}: holds no response; name a WARC file of a crawl")

    def get(self, url: str) -> Capture | None:
        """Return what the archives hold for an address; http and https are one."""
        place = self._places.get(_key(url))
        return read_capture(place.path, place.offset, place.url) if place else None

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Yield (address, capture time) of everything that can be replayed."""
        for place in self._places.values():
            yield place.url, place.fetched_at


def _key(url: str) -> str:
    """Return what two addresses of one page share: all but the scheme, and the form where one was sent."""
    address = canonical_url(url).partition("://")[2]
    form = _FORM.search(url)
    return address + form[0] if form else address
