"""Crawls whatever is due, for ever: the loop behind `tinso watch`.

The loop itself fetches nothing. Every round is a process of its own (`tinso crawl --due`): Twisted's reactor
cannot be started twice, what a crawl holds of memory and files is given back with the process, a crash ends a
round and not the watch, and a portal that was declared or mended meanwhile is known to the next round.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType

from crawler.clock import from_iso, now
from crawler.exceptions import DataDirectoryError

logger = logging.getLogger(__name__)

TINSO = (sys.executable, "-m", "crawler.cli")  # what rounds are started with
SHORTEST_SLEEP = timedelta(seconds=10)
LONGEST_SLEEP = timedelta(minutes=15)  # until newly declared portals are looked for
PATIENCE = timedelta(minutes=1)  # after a round in which something failed
GRACE = timedelta(seconds=8)  # that a crawl gets to end by itself; a kill loses nothing


class Watch:
    """One watch over a data directory.

    `options` go to every crawl. A round that lasts longer than `longest_round` is stopped, so that what has
    become due meanwhile is not kept waiting by one portal.
    """

    def __init__(self, data: Path, options: Sequence[str] = (), *, longest_round: timedelta) -> None:
        self._data, self._options = data, options
        self._longest_round = longest_round
        self._stopped = threading.Event()

    def run(self) -> None:
        """Watch until SIGTERM or SIGINT.

        Raises:
            DataDirectoryError: another watch has this data directory, or it cannot be written.
        """
        with alone(self._data):
            before = [signal.signal(each, self._stop) for each in (signal.SIGTERM, signal.SIGINT)]
            try:
                logger.warning("watching %s", self._data)
                while not self._stopped.is_set():
                    wait = self._until_due()
                    if wait is None:
                        wait = self._crawl()
                    self._stopped.wait(wait.total_seconds())
                logger.warning("the watch has ended")
            finally:
                for each, handler in zip((signal.SIGTERM, signal.SIGINT), before, strict=True):
                    signal.signal(each, handler)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopped.set()

    def _until_due(self) -> timedelta | None:
        """Return for how long to sleep; None where a portal is due now."""
        process = self._start("due", "--json", *self._night(), stdout=subprocess.PIPE)
        said = self._finish(process, self._longest_round)
        if process.returncode != 0:
            if not self._stopped.is_set():
                logger.error("what is due cannot be told (see above); trying again in %s", PATIENCE)
            return PATIENCE
        times = json.loads(said)
        if any(row["is_due"] for row in times):
            return None
        next_at = min((row["at"] for row in times), default="9999")
        if next_at.startswith("9999"):
            return LONGEST_SLEEP
        return min(max(from_iso(next_at) - from_iso(now()), SHORTEST_SLEEP), LONGEST_SLEEP)

    def _crawl(self) -> timedelta:
        """Crawl what is due; return for how long to sleep then."""
        process = self._start("crawl", "--due", *self._options)
        self._finish(process, self._longest_round)
        if process.returncode and process.returncode < 0 and not self._stopped.is_set():
            logger.error("the crawl died of signal %d; the next one goes on", -process.returncode)
        return PATIENCE if process.returncode else SHORTEST_SLEEP

    def _night(self) -> list[str]:
        return [option for option in self._options if option == "--night"]

    def _start(self, *arguments: str, stdout: int | None = None) -> subprocess.Popen[str]:
        # A session of its own: Ctrl-C reaches us alone, and we stop it once. Twice would be a forced end.
        return subprocess.Popen(
            [*TINSO, *arguments, "--data", str(self._data)],
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )

    def _finish(self, process: subprocess.Popen[str], longest: timedelta) -> str:
        """Wait for a process, stop it when the watch is stopped or its time is over; return its output."""
        reader = _Reader(process)
        rest = longest.total_seconds()
        while process.poll() is None and rest > 0 and not self._stopped.is_set():
            rest -= 0.2
            self._stopped.wait(0.2)
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(GRACE.total_seconds())
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        return reader.text()


class _Reader:
    """Reads what a process writes, so that it never waits for us."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._said = ""
        self._thread = threading.Thread(target=self._read, args=(process,), daemon=True)
        self._thread.start()

    def _read(self, process: subprocess.Popen[str]) -> None:
        if process.stdout:
            with process.stdout:
                self._said = process.stdout.read()

    def text(self) -> str:
        self._thread.join()
        return self._said


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Hold the data directory's watch for as long as the context lasts.

    Raises:
        DataDirectoryError: another watch has it; or it cannot be written.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / "watch.lock").open("a+")
    except OSError as error:
        raise DataDirectoryError(
            f"{data}: cannot be written ({error.strerror}); name another with --data or TINSO_DATA"
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.seek(0)
            owner = lock.read().strip()
            raise DataDirectoryError(
                f"{data}: is being watched already, by process {owner}; one watch a data directory"
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
        lock.truncate(0)
