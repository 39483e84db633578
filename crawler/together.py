"""Pages that come at about the same time, read one after the other.

What reads a page is larger than the processor's nearest caches, and so is what fetches, archives and requests
one: where the two take turns, each finds the caches full of the other's. Read in groups, the pages of a fast
crawl (a recording, many portals at a time) cost up to a fifth less in all (`benchmarks/pipeline.py`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

WAIT = 0.25  # seconds that a page waits for others at most
MOST = 50  # pages of a group: a tenth of a second in which nothing else is done

_Read = TypeVar("_Read")


class Together:
    """Gathers what is to be read, and reads all of it when the first has waited long enough."""

    def __init__(self) -> None:
        self._waiting: list[tuple[asyncio.Future[Any], Callable[[], Any]]] = []
        self._timer: asyncio.TimerHandle | None = None

    async def __call__(self, read: Callable[[], _Read]) -> _Read:
        """Return what `read` gives, when its group has its turn. Raises what it raises."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[_Read] = loop.create_future()
        self._waiting.append((future, read))
        if self._timer is None:
            self._timer = loop.call_later(WAIT, self._read_all)
        if len(self._waiting) >= MOST:
            self._timer.cancel()
            self._read_all()
        return await future

    def _read_all(self) -> None:
        waiting, self._waiting, self._timer = self._waiting, [], None
        for future, read in waiting:
            if future.cancelled():
                continue
            try:
                future.set_result(read())
            except Exception as error:  # noqa: BLE001 (raised where it is waited for)
                future.set_exception(error)
