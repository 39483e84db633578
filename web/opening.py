"""The site as long as it is served: opens the corpus when there is one, and again when it was replaced."""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import multiprocessing.process
import os
import signal
import sqlite3
import threading
import time
from pathlib import Path

from web.serving import Application, Message, Receive, Send
from web.site import POLICIES, UNREADABLE, Policy, Site, closed_site, site

_AGAIN = 1.0  # seconds between two looks at a corpus that could not be opened
_LINGER = 60.0  # seconds in which answers from a corpus that was replaced may end


class Opening:
    """An ASGI application that hands each request to the site over the corpus as it is now."""

    def __init__(self, corpus: Path, *, robots: Policy = "none") -> None:
        self.corpus, self.robots = corpus, robots
        self._site: Site | None = None
        self._application: Application | None = None
        self._looked = 0.0
        self._lock = asyncio.Lock()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        async with self._lock:
            if self._is_to_open():
                await self._open()
        assert self._application is not None
        await self._application(scope, receive, send)

    async def _open(self) -> None:
        before, self._looked = self._site, time.monotonic()
        self._site = await asyncio.to_thread(opened, self.corpus, self.robots)
        try:
            await self._site.invoke_startup()
        except sqlite3.OperationalError as error:  # it went away meanwhile
            self._site.close()
            self._site = closed_site(self.corpus, error, robots=self.robots)
            await self._site.invoke_startup()
        self._application = self._site.app()
        if before:
            asyncio.get_running_loop().call_later(_LINGER, before.close)
        # What the site is made of is no garbage, and an answer makes much that is: a twelfth of a search's
        # time went into walking through the one in search of the other.
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 50)

    def _is_to_open(self) -> bool:
        if self._site is None or not self._site.closed:
            return self._site is None or self._site.replaced
        return time.monotonic() - self._looked > _AGAIN


def application() -> Opening:
    """Return the application of a process that answers; where that is one of several it ends with the first.

    Data directory and policy come by TINSO_DATA and TINSO_ROBOTS.
    """
    if parent := multiprocessing.parent_process():
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    policy = next(policy for policy in POLICIES if policy == os.environ["TINSO_ROBOTS"])
    return Opening(Path(os.environ["TINSO_DATA"]) / "corpus.db", robots=policy)


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()  # a killed one takes nobody along, and the port would stay taken
    os.kill(os.getpid(), signal.SIGTERM)


def opened(corpus: Path, robots: Policy) -> Site:
    """Return the site over a corpus, or the one that says why it cannot be read."""
    try:
        return site(corpus, robots=robots)
    except UNREADABLE as error:
        return closed_site(corpus, error, robots=robots)
