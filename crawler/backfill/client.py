"""Asks web archives: one request at a time, slowly, and not at all once they say no.

The Internet Archive limits its index to 30 requests a minute and pages to a few a second; it answers 429,
and who goes on asking is refused the connection, for an hour at first. Common Crawl answers 503 ("SlowDown"),
then 403. So a pause follows every answer, a longer one every refusal, and a run ends rather than insist.
"""

from __future__ import annotations

import http.client
import ssl
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit

from crawler.archive import MAX_BODY_BYTES
from crawler.exceptions import WebArchiveRefused, WebArchiveSilent

TIMEOUT = 60.0  # seconds without a byte; indexes think for long
LONGEST_ANSWER = 600.0  # seconds from the first byte to the last
MOST_PAUSE = 600.0  # seconds; who asks for more rest than this gets it by the end of the run
LONGEST_REST = 86_400.0  # seconds; a Retry-After beyond it is taken as this
_TRIES = 4
_PAUSE = 5.0  # seconds before the second try; doubled before each further one
_LONG_PAUSE = 60.0  # the same after 429 without Retry-After, and after a refused connection
_BUSY = frozenset({500, 502, 503, 504, 509})
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: headers and body as they were sent, but for the transfer coding."""

    url: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        """Return the first header of a name, "" where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def is_capture(self) -> bool:
        """True for an archived response, whatever its status (RFC 7089): an archived 503 is no refusal."""
        return bool(self.header("Memento-Datetime"))


class Client:
    """One connection at a time to whatever host is asked. `sleep` and `clock` are for tests."""

    def __init__(
        self,
        user_agent: str,
        *,
        slowness: float = 1.0,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; `slowness` multiplies every pause."""
        self._user_agent, self._slowness = user_agent, slowness
        self._sleep, self._clock = sleep, clock
        self._free_at: dict[str, float] = {}  # by host
        self._opener = urllib.request.build_opener(_AsItCame)

    def get(
        self,
        url: str,
        *,
        pause: float,
        byte_range: tuple[int, int] | None = None,
        most: int = MAX_BODY_BYTES,
    ) -> Answer:
        """Return the answer to a request, redirects and errors that are final included.

        `pause` are the seconds between an answer of the host and the next request; `byte_range` are offset
        and length to ask for. Of a body longer than `most` bytes, the rest is not read.

        Raises:
            WebArchiveRefused: the host wants no more requests for now.
            WebArchiveSilent: it did not answer, or only with server errors.
        """
        host = urlsplit(url).netloc
        headers = {"User-Agent": self._user_agent, "Accept-Encoding": "gzip, identity;q=0.5"}
        if byte_range:
            offset, length = byte_range
            headers |= {"Range": f"bytes={offset}-{offset + length - 1}", "Accept-Encoding": "identity"}
        request = urllib.request.Request(url, headers=headers)
        trouble: Exception = WebArchiveSilent(host)
        for attempt in range(_TRIES):
            self._wait(host)
            rest = 0.0
            try:
                answer = self._send(request, most)
                if answer.is_capture or answer.status not in {*_BUSY, HTTPStatus.TOO_MANY_REQUESTS}:
                    return answer
                trouble, rest = self._not_now(host, answer, attempt)
            except ConnectionRefusedError:
                trouble = WebArchiveRefused(
                    f"{host} refuses connections, as to who asked too much; run this again in some hours"
                )
                rest = _LONG_PAUSE * 2**attempt
            except (OSError, http.client.HTTPException) as error:
                trouble = WebArchiveSilent(f"{host} does not answer ({_told(error)}); run this again later")
                rest = _PAUSE * 2**attempt
            finally:
                self._free_at[host] = self._clock() + max(pause, rest) * self._slowness
        raise trouble

    def _not_now(self, host: str, answer: Answer, attempt: int) -> tuple[Exception, float]:
        """Return what to raise after the last try, and the seconds to wait before the next one."""
        asked = seconds_to_wait(answer.header("Retry-After"))
        if asked > MOST_PAUSE:
            text = f"{host} wants to be left alone for {asked:.0f} s; run this again then"
            raise WebArchiveRefused(text, min(asked, LONGEST_REST))
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            text = f"{host} has had too many requests (HTTP 429); run this again in an hour"
            return WebArchiveRefused(text), asked or _LONG_PAUSE * 2**attempt
        text = f"{host} answers HTTP {answer.status}; run this again later"
        return WebArchiveSilent(text), asked or _PAUSE * 2**attempt

    def _wait(self, host: str) -> None:
        left = self._free_at.get(host, 0.0) - self._clock()
        if left > 0:
            self._sleep(left)

    def _send(self, request: urllib.request.Request, most: int) -> Answer:
        try:
            with self._opener.open(request, timeout=TIMEOUT) as response:
                headers = [(name, _text(value)) for name, value in response.headers.items()]
                return Answer(request.full_url, response.status, headers, self._read(response, most))
        except URLError as error:  # says only that opening failed; the reason is inside
            if isinstance(error.reason, Exception) and not isinstance(error.reason, URLError):
                raise error.reason from error
            raise

    def _read(self, response: http.client.HTTPResponse, most: int) -> bytes:
        body, until = bytearray(), self._clock() + LONGEST_ANSWER
        while len(body) < most and (chunk := response.read(min(_CHUNK, most - len(body)))):
            body += chunk
            if self._clock() > until:
                raise TimeoutError(f"the answer was not complete after {LONGEST_ANSWER:.0f} s")
        if len(body) < most and response.length:
            raise http.client.IncompleteRead(bytes(body), response.length)
        return bytes(body)


class _AsItCame(urllib.request.HTTPErrorProcessor):
    """Lets redirects and errors through: what they mean depends on what was asked."""

    def http_response(self, request: Any, response: Any) -> Any:
        return response

    https_response = http_response


def seconds_to_wait(retry_after: str) -> float:
    """Return the seconds that a Retry-After asks for (RFC 9110 §10.2.3: seconds or a date), 0 for none."""
    asked = retry_after.strip()
    if asked.isascii() and asked.isdigit():
        return float(asked[:9])
    try:
        return max((parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return 0.0


def _told(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not accepted: {error.verify_message}"
    return str(error) or type(error).__name__


def _text(value: str) -> str:
    """Return a header's value: archives hand on what portals printed, in UTF-8."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value
