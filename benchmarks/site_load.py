"""Many readers at once, while a crawl writes."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from multiprocessing import Event, Process, Value
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Event as EventType
from pathlib import Path
from threading import Thread

from benchmarks.made_articles import Newsroom
from pipelines.outcomes import Outcome
from pipelines.process import Processed
from pipelines.store import Store

READERS = 50
_PER_SECOND = 20  # articles that are written: twenty portals at a page a second each
_PATIENCE = 60  # seconds


@dataclass(slots=True)
class Load:
    """What the readers saw: milliseconds of every page, how many failed, how many articles were written."""

    seconds: float
    ms: list[float] = field(default_factory=list)
    failed: int = 0
    written: int = 0


def load(directory: Path, port: int, addresses: Sequence[str], *, seconds: float, pause: float) -> Load:
    """Let readers ask for addresses at random, each after half to one and a half `pause` (seconds)."""
    done, written = Event(), Value("q", 0)
    writer = Process(target=_write, args=(directory, done, written))
    writer.start()
    read = Load(seconds)
    until = time.monotonic() + seconds
    readers = [
        Thread(target=_read, args=(port, addresses, random.Random(number), until, pause, read))
        for number in range(READERS)
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    done.set()
    writer.join()
    read.failed += writer.exitcode != 0
    read.written = written.value
    return read


def _read(
    port: int, addresses: Sequence[str], chance: random.Random, until: float, pause: float, read: Load
) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    time.sleep(chance.random() * pause)
    while time.monotonic() < until:
        started = time.perf_counter()
        try:
            connection.request("GET", chance.choice(addresses))
            response = connection.getresponse()
            response.read()
            read.failed += response.status != 200
        except (HTTPException, OSError):
            read.failed += 1
            connection.close()
        read.ms.append(1000 * (time.perf_counter() - started))
        time.sleep((0.5 + chance.random()) * pause)


def _write(directory: Path, done: EventType, written: Synchronized[int]) -> None:
    store = Store.open(directory / "corpus.db")
    run = time.time_ns()
    for number, article in zip(count(), Newsroom(20_000, seed=run % 1000).articles(), strict=False):
        if done.is_set():
            break
        article.asset = f"{run}-{number}"
        article.url += f"-{run}"
        article.cluster = article.duplicate_of = None
        store.put(article.url, Processed(article, Outcome.NEW, None))
        written.value += 1
        time.sleep(1 / _PER_SECOND)
    store.close()
