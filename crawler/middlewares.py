"""Between Scrapy's engine and the network: archives that answer, and the archive that keeps every answer."""

from __future__ import annotations

from dataclasses import replace

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response

from crawler.archive import Capture
from crawler.archive_index import Archived
from crawler.bookkeeping import Bookkeeping
from crawler.clock import now
from crawler.exceptions import NotArchived, TooLarge
from crawler.posted import Posted
from crawler.responses import replayed
from crawler.revisits import payload_digest
from crawler.target import Target


class ReplayMiddleware:
    """Answers from our own archive what is archived but not read yet, and in a replay everything."""

    def __init__(self, crawler: Crawler) -> None:
        bookkeeping = Bookkeeping.of(crawler)
        self._data, self._replay = bookkeeping.data, bookkeeping.replay
        self._most_bytes = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ReplayMiddleware:
        """Make the middleware of a portal's crawler."""
        return cls(crawler)

    def process_request(self, request: Request) -> Response | None:
        """Return the archived response, if it is one that an archive must answer.

        Raises:
            NotArchived: the replayed archive does not hold the address.
            TooLarge: it holds a page beyond DOWNLOAD_MAXSIZE.
        """
        target: Target | None = request.meta.get("target")
        if target and target.record is not None and not _is_other(request):
            return self._respond(request, *self._data.read(target.record))
        if not self._replay:
            return None
        posted = _posted(request)
        capture = self._replay.get(request.url, posted.form if posted else None)
        if capture is None:
            raise NotArchived(f"{request.url}: not in the archive that is replayed")
        if len(capture.body) > self._most_bytes:
            raise TooLarge(
                f"{request.url}: {len(capture.body):,} bytes, at most {self._most_bytes:,} are read"
            )
        archived = self._data.keep(replace(capture, posted=posted), *_asked(target))
        if target and capture.status < 300:
            self._data.frontier.fetched(target.portal, target.url, archived.record)
        return self._respond(request, capture, archived)

    def _respond(self, request: Request, capture: Capture, archived: Archived) -> Response:
        request.meta.update(archived=archived, dont_retry=True)
        return replayed(capture, request)


class ArchiveMiddleware:
    """Writes every response to the archive before anything reads it."""

    def __init__(self, crawler: Crawler) -> None:
        self._data = Bookkeeping.of(crawler).data

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchiveMiddleware:
        """Make the middleware of a portal's crawler."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep the response; mark its page as fetched where it is one."""
        if request.meta.get("replayed"):
            return response
        fetched_at = now()
        # Scrapy has taken the chunks apart.
        headers = [field for field in _fields(response.headers) if field[0].lower() != "transfer-encoding"]
        target: Target | None = request.meta.get("target")
        capture = Capture(
            response.url, fetched_at, response.status, headers, response.body, posted=_posted(request)
        )
        archived = self._data.keep(self._as_revisit(capture, target), *_asked(target))
        request.meta.update(archived=archived, fetched_at=fetched_at)
        if target and response.status < 300:
            self._data.frontier.fetched(
                target.portal,
                target.url,
                archived.record,
                etag=_text(response.headers.get("ETag") or b"") or None,
                last_modified=_text(response.headers.get("Last-Modified") or b"") or None,
            )
        return response

    def _as_revisit(self, capture: Capture, target: Target | None) -> Capture:
        """Return the capture as a revisit where the archive has the page already as it is."""
        if target is None or capture.posted or target.body_digest is None:
            return capture
        original = self._data.frontier.last_response(target.portal, target.url)
        if original and (capture.status == 304 or payload_digest(capture.body) == original.digest):
            return replace(capture, original=original)
        return capture


def _is_other(request: Request) -> bool:
    """True for a request that the answer to its target's own led to: a redirect, or the form as JSON."""
    return bool(request.meta.get("redirect_times") or request.meta.get("as_json"))


def _asked(target: Target | None) -> tuple[str, str | None]:
    return (target.portal, target.url) if target else ("", None)


def _posted(request: Request) -> Posted | None:
    return Posted(request.body, _fields(request.headers)) if request.method == "POST" else None


def _fields(headers: Headers) -> list[tuple[str, str]]:
    return [(name.decode("latin-1"), _text(value)) for name, values in headers.items() for value in values]


def _text(value: bytes) -> str:
    """Return a header's value: portals print Vietnamese in `Location` and `Content-Disposition`."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
