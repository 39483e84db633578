"""Archives that answer in the network's place: anybody's WARC files, or our own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from crawler.archive import Capture, exchanges, read_capture
from crawler.exceptions import ArchiveError
from crawler.posted import form_digest
from pipelines.identify import canonical_url


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
    """An index of WARC files by address, and by form where one was posted.

    The latest capture that is no error answers.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        """Index the files.

        Raises:
            ArchiveError: a file is missing, cannot be read, or holds no response.
        """
        self._places: dict[str, _Place] = {}
        for path in paths:
            responses = 0
            for capture in exchanges(path):
                responses += 1
                if capture.status == HTTPStatus.NOT_MODIFIED:  # stands for a capture before it
                    continue
                is_error = capture.status >= HTTPStatus.BAD_REQUEST
                place = _Place(path, capture.offset, capture.fetched_at, capture.url, is_error)
                key = _key(capture.url, capture.posted.form if capture.posted else None)
                if key not in self._places or self._places[key].rank <= place.rank:
                    self._places[key] = place
            if not responses:
                raise ArchiveError(f"{path}: holds no response; name a WARC file of a crawl")

    def get(self, url: str, form: str | None = None) -> Capture | None:
        """Return what the archives hold for an address and the form posted to it; http and https are one."""
        place = self._places.get(_key(url, form))
        return read_capture(place.path, place.offset, place.url) if place else None

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Yield (address, capture time) of everything that can be replayed."""
        for place in self._places.values():
            yield place.url, place.fetched_at


def _key(url: str, form: str | None) -> str:
    """Return what two addresses of one page share: all but the scheme, and the form that was sent."""
    address = canonical_url(url).partition("://")[2]
    return address if form is None else f"{address}#{form_digest(form)}"
