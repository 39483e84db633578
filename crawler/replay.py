"""Archives that answer in the network's place: anybody's WARC files, or our own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
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
        revisits: list[Capture] = []
        by_moment: dict[tuple[str, str], _Place] = {}  # address and time of each page
        by_digest: dict[str, _Place] = {}
        for path in paths:
            responses = 0
            for capture in exchanges(path, revisits=True):
                if capture.original:
                    revisits.append(capture)
                    continue
                responses += 1
                if capture.status == HTTPStatus.NOT_MODIFIED:  # stands for a capture before it
                    continue
                is_error = capture.status >= HTTPStatus.BAD_REQUEST
                place = _Place(path, capture.offset, capture.fetched_at, capture.url, is_error)
                if not capture.posted:
                    by_moment[capture.url, capture.fetched_at] = place
                    by_digest[capture.digest] = place
                self._add(_key(capture.url, capture.posted.form if capture.posted else None), place)
            if not responses:
                raise ArchiveError(f"{path}: holds no response; name a WARC file of a crawl")

        for capture in revisits:
            assert capture.original
            moment = (capture.original.url, capture.original.fetched_at)
            if page := by_moment.get(moment) or by_digest.get(capture.original.digest):
                self._add(_key(capture.url, None), page._replace(fetched_at=capture.fetched_at))

    def _add(self, key: str, place: _Place) -> None:
        if key not in self._places or self._places[key].rank <= place.rank:
            self._places[key] = place

    def get(self, url: str, form: str | None = None) -> Capture | None:
        """Return what the archives hold for an address and the form posted to it; http and https are one."""
        place = self._places.get(_key(url, form))
        if place is None:
            return None
        capture = read_capture(place.path, place.offset, place.url)
        if capture.fetched_at == place.fetched_at:
            return capture
        # Revisited: the page, as of the last day on which it was the same; in no archive is it one record.
        return replace(capture, fetched_at=place.fetched_at, member=b"", id="")

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Yield (address, capture time) of everything that can be replayed."""
        for place in self._places.values():
            yield place.url, place.fetched_at


def _key(url: str, form: str | None) -> str:
    """Return what two addresses of one page share: all but the scheme, and the form that was sent."""
    address = canonical_url(url).partition("://")[2]
    return address if form is None else f"{address}#{form_digest(form)}"
