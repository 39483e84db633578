"""Where a command that stores nothing gets its pages: the live web, or recordings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

from crawler import registry
from crawler.archive import Capture
from crawler.discovery.contract import PageRequest
from crawler.exceptions import PageError, TinsoError
from crawler.look import Fetch, Unreachable, look
from crawler.replay import Replay

Result = TypeVar("Result")


def looked(archives: Sequence[Path], work: Callable[[Fetch], Result], **settings: object) -> Result:
    """Return what `work` returns, fed by the recordings where there are any, else by the live web.

    `settings` change Scrapy's for this look. Call once in a process (see `look`).

    Raises:
        TinsoError, PageError: those that `work` raises.
    """
    if archives:
        return work(_remembering(_replayed(Replay(archives))))
    answer = look(registry.project_settings(**settings), lambda fetch: _answer(work, fetch))
    if isinstance(answer, Exception):
        raise answer
    return answer


def _answer(work: Callable[[Fetch], Result], fetch: Fetch) -> Result | TinsoError | PageError:
    try:
        return work(_remembering(fetch))
    except (TinsoError, PageError) as error:  # raised in another thread, told in this one
        return error


def _replayed(replay: Replay) -> Fetch:
    hosts = Counter(urlsplit(url).netloc for url, _ in replay.addresses())
    held = ", ".join(f"{host} ({pages} pages)" for host, pages in hosts.most_common(3))

    def fetch(request: PageRequest) -> Capture:
        capture = replay.get(request.url, None if request.form is None else urlencode(request.form))
        if capture is None:
            raise Unreachable(f"not_archived: not in the recording, which holds {held}")
        if capture.status >= 400:
            raise Unreachable(
                f"{'gone' if capture.status in (404, 410) else 'http_error'}: HTTP {capture.status}"
            )
        return capture

    return fetch


def _remembering(fetch: Fetch) -> Fetch:
    """Return a fetch that asks for no page twice: discovery and check read the same lists."""
    had: dict[PageRequest, Capture | Unreachable] = {}

    def once(request: PageRequest) -> Capture:
        if request not in had:
            try:
                had[request] = fetch(request)
            except Unreachable as error:
                had[request] = error
        answer = had[request]
        if isinstance(answer, Unreachable):
            raise answer
        return answer

    return once
