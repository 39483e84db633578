"""Common Crawl: an index of each of its crawls, and single records out of its WARC files.

Indexes: https://index.commoncrawl.org/ (pywb's API: https://pywb.readthedocs.io/en/latest/manual/cdxserver_api.html,
paged by blocks of a compressed index); records: HTTP ranges of https://data.commoncrawl.org/. Other addresses
can be given in TINSO_COMMONCRAWL_INDEX and TINSO_COMMONCRAWL_DATA.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

from crawler.archive import Capture, read_member
from crawler.backfill.client import Answer, Client
from crawler.backfill.found import Found, found
from crawler.backfill.records import decoded, inflated, with_source
from crawler.backfill.source import MEDIA_TYPES, Page, Question, Scope, day_bounds
from crawler.exceptions import ArchiveError, Unplayable, WebArchiveRefused, WebArchiveSilent
from crawler.period import Period

INDEX_PAUSE = 2.0  # seconds between requests; the one server of the indexes is overloaded
DATA_PAUSE = 1.5

_FIELDS = "url,timestamp,digest,filename,offset,length,truncated"
_YEAR = re.compile(r"CC-MAIN-(\d{4})")
_RANGE = re.compile(r"bytes (\d+)-(\d+)/")


class CommonCrawl:
    """Common Crawl's captures of a portal: few pages of each site, every other month since 2008."""

    name = "commoncrawl"
    keeps: timedelta | None = None  # the index of a crawl is final

    def __init__(self, client: Client) -> None:
        self._client = client
        given = os.environ.get
        self._index = (given("TINSO_COMMONCRAWL_INDEX") or "https://index.commoncrawl.org").rstrip("/")
        self._data = (given("TINSO_COMMONCRAWL_DATA") or "https://data.commoncrawl.org").rstrip("/")

    def questions(self, scopes: Sequence[Scope], period: Period) -> list[Question]:
        """Return one query for each crawl that may lie in the period, and scope; the oldest first."""
        answer = self._ask(f"{self._index}/collinfo.json")
        try:
            crawls = [(str(crawl["id"]), str(crawl["cdx-api"]), crawl) for crawl in json.loads(answer.body)]
        except (ValueError, TypeError, KeyError) as error:
            raise WebArchiveSilent(
                f"{answer.url} is no list of crawls ({error!r}); run this again"
            ) from error
        fixed = (
            ("output", "json"),
            ("fl", _FIELDS),
            ("filter", "=status:200"),
            ("filter", f"~mime:{MEDIA_TYPES}"),
        )
        return [
            Question(
                f"{id} {scope} {period.since or ''}/{period.until or ''}",
                urljoin(answer.url, api),
                (("url", scope.url), ("matchType", scope.match), *day_bounds(period), *fixed),
            )
            for id, api, crawl in sorted(crawls, key=lambda crawl: crawl[0])
            if _may_lie_in(period, id, crawl)
            for scope in scopes
        ]

    def answers(self, question: Question, mark: str | None) -> Iterator[Page]:
        """Yield the index's pages; the mark is "next page/number of pages"."""
        if mark is None:
            mark = f"0/{self._pages(question)}"
        at, _, pages = mark.partition("/")
        for page in range(int(at), int(pages)):
            url = f"{question.url}?{urlencode((*question.parameters, ('page', page)))}"
            answer = self._ask(url, nothing=(HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST))
            found, malformed = _lines(answer)
            yield Page(found, f"{page + 1}/{pages}" if page + 1 < int(pages) else None, malformed)
        if int(at) >= int(pages):
            yield Page([], None)

    def _pages(self, question: Question) -> int:
        url = f"{question.url}?{urlencode((*question.parameters, ('showNumPages', 'true')))}"
        answer = self._ask(url, nothing=(HTTPStatus.NOT_FOUND,))
        if answer.status != HTTPStatus.OK:
            return 0
        try:
            told = json.loads(answer.body)
            return int(told["pages"] if isinstance(told, dict) else told)
        except (ValueError, TypeError, KeyError) as error:
            raise WebArchiveSilent(
                f"{urlsplit(url).netloc}: its index tells no number of pages ({error!r}); run this again"
            ) from error

    def fetch(self, found: Found) -> Capture:
        """Return a capture: the record as Common Crawl wrote it."""
        filename, offset, length = _place(found)
        url = f"{self._data}/{quote(filename)}"
        answer = self._client.get(url, pause=DATA_PAUSE, byte_range=(offset, length), most=length)
        _check_part(answer, offset, length)
        record = with_source(inflated(answer.body), url, (offset, length))
        try:
            capture = read_member(record)
        except ArchiveError as error:
            raise Unplayable(str(error)) from error
        if Found(capture.url, found.timestamp).page != found.page:
            raise Unplayable(f"the record there is another page's, {capture.url}")
        return capture

    def _ask(self, url: str, nothing: Sequence[int] = ()) -> Answer:
        """Return the index's answer; one with a status in `nothing` says that there are no captures."""
        answer = self._client.get(url, pause=INDEX_PAUSE)
        if answer.status == HTTPStatus.FORBIDDEN:
            raise _forbidden(url)
        if answer.status not in (HTTPStatus.OK, *nothing):
            raise WebArchiveSilent(
                f"{urlsplit(url).netloc} answers HTTP {answer.status}; run this again later"
            )
        return Answer(
            answer.url, answer.status, answer.headers, decoded(answer.body, answer.header("Content-Encoding"))
        )


def _forbidden(url: str) -> WebArchiveRefused:
    text = f"{urlsplit(url).netloc} shuts out who asks too fast, for a day; run this again tomorrow"
    return WebArchiveRefused(text, rest=86_400.0)


def _may_lie_in(period: Period, id: str, crawl: dict[str, Any]) -> bool:
    """True unless a crawl was certainly at another time: newer lists tell from when to when it was."""
    year = _YEAR.match(id)
    begin = str(crawl.get("from") or (f"{int(year[1]) - 1}" if year else ""))[:10]
    end = str(crawl.get("to") or (f"{int(year[1]) + 2}" if year else "9999"))[:10]
    return begin <= (period.until or "9999") and end >= (period.since or "")


def _lines(answer: Answer) -> tuple[list[Found], int]:
    """Return the captures that an index's lines name, and how many lines are none."""
    if answer.status != HTTPStatus.OK:
        return [], 0
    lines = [line for line in answer.body.decode("utf-8", "replace").splitlines() if line.strip()]
    captures = [_found(line) for line in lines]
    return [one for one in captures if one], captures.count(None)


def _found(line: str) -> Found | None:
    try:
        told = json.loads(line)
        place = f"{int(told['offset'])} {int(told['length'])} {told['filename']}"
        more = {"digest": str(told.get("digest") or ""), "truncated": bool(told.get("truncated"))}
        return found(str(told["url"]), str(told["timestamp"]), place=place, **more)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _place(found: Found) -> tuple[str, int, int]:
    offset, length, filename = found.place.split(" ", 2)
    return filename, int(offset), int(length)


def _check_part(answer: Answer, offset: int, length: int) -> None:
    """Check that the part of a file came that was asked for.

    Raises:
        Unplayable: the file lacks it.
        WebArchiveRefused: the server sends no parts, or nothing at all.
    """
    host = urlsplit(answer.url).netloc
    if answer.status == HTTPStatus.FORBIDDEN:
        raise _forbidden(answer.url)
    if answer.status == HTTPStatus.OK:
        raise WebArchiveRefused(f"{host} sends no parts of files (it does not know Range)")
    if answer.status != HTTPStatus.PARTIAL_CONTENT:
        raise Unplayable(f"the record is not there (HTTP {answer.status})")
    sent = _RANGE.match(answer.header("Content-Range"))
    if not sent or int(sent[1]) != offset or len(answer.body) < length:
        raise Unplayable(f"another part of the file came ({answer.header('Content-Range')!r})")
