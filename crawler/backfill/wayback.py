"""The Wayback Machine: its CDX index, and captures as they were taken (`id_`).

Index: https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server. Replay answers as RFC 7089
says (Memento-Datetime on every capture); the headers of the first server come as `x-archive-orig-…`. Any
archive that speaks the two can be named in TINSO_WAYBACK.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import quote, urlencode, urljoin, urlsplit

from crawler.archive import Capture, read_member
from crawler.backfill.client import Answer, Client
from crawler.backfill.found import Found, found, moment
from crawler.backfill.records import decoded, response_record
from crawler.backfill.source import MEDIA_TYPES, Page, Question, Scope, day_bounds
from crawler.exceptions import ArchiveError, Unplayable, WebArchiveSilent
from crawler.period import Period

INDEX_PAUSE = 3.0  # seconds between requests: 30 a minute are allowed, on average over five minutes
REPLAY_PAUSE = 1.5
LINES = 5000  # of the index, a request; its server looks through so much at a time
MOST_REDIRECTS = 4

_FIELDS = ("timestamp", "original", "digest")
_ORIGINAL = "x-archive-orig-"
_REPLAY = re.compile(r"/web/(\d{14})(?:[a-z]{2}_)?/(.+)", re.DOTALL)
_IN_ADDRESS = "%/:=&?~+!$,;'@()*[]"  # left as they are; what else no request line holds is encoded
_EXCLUDED = ("AdministrativeAccessControlException", "Blocked Site Error", "URL has been excluded")


class Wayback:
    """The Internet Archive's captures of a portal."""

    name = "wayback"
    keeps: timedelta | None = timedelta(days=30)  # it grows

    def __init__(self, client: Client) -> None:
        self._client = client
        self._base = (os.environ.get("TINSO_WAYBACK") or "https://web.archive.org").rstrip("/")

    def questions(self, scopes: Sequence[Scope], period: Period) -> list[Question]:
        """Return one query a scope: successful pages, those that did not change between two captures once."""
        endpoint = f"{self._base}/cdx/search/cdx"
        fixed = (
            ("output", "json"),
            ("fl", ",".join(_FIELDS)),
            ("filter", "statuscode:200|-"),  # "-" and warc/revisit: the same as another capture, maybe
            ("filter", f"mimetype:{MEDIA_TYPES}|warc/revisit"),  # of another address, and played as that one
            ("collapse", "digest"),
            ("limit", str(LINES)),
            ("showResumeKey", "true"),
        )
        return [
            Question(
                f"{endpoint} {scope} {period.since or ''}/{period.until or ''}",
                endpoint,
                (("url", scope.url), ("matchType", scope.match), *day_bounds(period), *fixed),
            )
            for scope in scopes
        ]

    def answers(self, question: Question, mark: str | None) -> Iterator[Page]:
        """Yield the index's lines; the mark is its own resumption key."""
        while True:
            resume = (("resumeKey", mark),) if mark else ()
            url = f"{question.url}?{urlencode((*question.parameters, *resume))}"
            page = _page(self._client.get(url, pause=INDEX_PAUSE), urlsplit(self._base).netloc)
            if page.mark == mark and mark is not None:
                raise WebArchiveSilent(
                    f"{urlsplit(self._base).netloc}: its index does not go on after {mark}"
                )
            yield page
            if (mark := page.mark) is None:
                return

    def fetch(self, found: Found) -> Capture:
        """Return a capture as the portal had sent it.

        Where the archive sends on to another capture of the same page, that one is given, with its own time.
        """
        timestamp, url = found.timestamp, found.url
        for _ in range(MOST_REDIRECTS):
            place = f"{self._base}/web/{timestamp}id_/{quote(url, safe=_IN_ADDRESS)}"
            answer = self._client.get(place, pause=REPLAY_PAUSE)
            if answer.is_capture or answer.status not in {301, 302, 303, 307, 308}:
                break
            timestamp, url = self._sent_on(answer, found)
        if not answer.is_capture:
            raise Unplayable(_no_capture(answer))
        if answer.status != HTTPStatus.OK:
            raise Unplayable(f"the capture is an HTTP {answer.status}, other than the index says")
        headers = _first_headers(answer)
        codings = f"{answer.header('Content-Encoding')},{answer.header(_ORIGINAL + 'Content-Encoding')}"
        body = decoded(answer.body, codings)
        member = response_record(found.url, moment(timestamp), answer.status, headers, body, source=place)
        return read_member(member)

    def _sent_on(self, answer: Answer, found: Found) -> tuple[str, str]:
        """Return time and address of the capture that the archive gives instead."""
        place = urljoin(answer.url, answer.header("Location"))
        base, led = urlsplit(self._base), urlsplit(place)
        replay = _REPLAY.fullmatch(place.partition(led.netloc)[2].removeprefix(base.path))
        if led.netloc != base.netloc or not replay:
            raise Unplayable(f"the archive leads to {place}")
        timestamp, url = replay.groups()
        if Found(url, timestamp).page != found.page:
            raise Unplayable(f"the archive leads to another page, {url}")
        return timestamp, url


def _page(answer: Answer, host: str) -> Page:
    """Return what the index answered.

    Raises:
        ArchiveError: it does not tell of this site, or does not understand the question.
        WebArchiveSilent: the answer is cut off.
    """
    text = decoded(answer.body, answer.header("Content-Encoding")).decode("utf-8", "replace").strip()
    if any(words in text[:2000] for words in _EXCLUDED):
        raise ArchiveError(f"{host} does not show this site: its owner had it excluded")
    if answer.status != HTTPStatus.OK:
        raise ArchiveError(f"{host}: its index answers HTTP {answer.status}: {text[:200]!r}")
    if not text:
        return Page([], None)
    try:
        rows = json.loads(text)
        header, *lines = rows or [[]]
        mark = None
        if len(lines) >= 2 and lines[-2] == [] and len(lines[-1]) == 1:
            mark, lines = str(lines[-1][0]), lines[:-2]
        columns = [header.index(field) for field in _FIELDS] if header else []
    except (ValueError, TypeError, AttributeError) as error:
        raise WebArchiveSilent(f"{host}: its index sent no whole answer ({error}); run this again") from error
    captures = [_found(line, columns) for line in lines]
    return Page([one for one in captures if one], mark, malformed=captures.count(None))


def _found(line: object, columns: list[int]) -> Found | None:
    try:
        timestamp, url, digest = (str(line[column]) for column in columns)  # type: ignore[index]
    except (TypeError, ValueError, IndexError, KeyError):
        return None
    return found(url, timestamp, digest=digest)


def _first_headers(answer: Answer) -> list[tuple[str, str]]:
    """Return the headers that the portal had sent; at least the media type."""
    length = len(_ORIGINAL)
    sent = [
        (name[length:].title(), value)
        for name, value in answer.headers
        if name.lower().startswith(_ORIGINAL) and value
    ]
    if "Content-Type" not in dict(sent) and answer.header("Content-Type"):
        sent.append(("Content-Type", answer.header("Content-Type")))
    return sent


def _no_capture(answer: Answer) -> str:
    text = answer.header("X-Archive-Wayback-Runtime-Error") or answer.body[:5000].decode("utf-8", "replace")
    if any(words in text for words in _EXCLUDED):
        return "the archive does not show this page: its owner had it excluded"
    if "RobotAccessControlException" in text:
        return "the archive does not show this page: the portal's robots.txt forbids it"
    return f"the archive gives no capture (HTTP {answer.status})"
