"""Answers about the whole corpus, kept while it is as it was: counting a million articles takes a while."""

from __future__ import annotations

import sqlite3
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from pathlib import Path
from threading import Lock
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Found = TypeVar("Found")

_SHARE = 20  # an answer that took a second is good for 20, though a crawl writes: asking costs 5 % at most
_MOST = 512  # answers of a question are kept

# Files and what was last written to them: of corpus.db and of its write-ahead log.
_Stamp = tuple[tuple[int, int], ...]


class _Answer(NamedTuple):
    found: object
    stamp: _Stamp
    good_until: float  # by `time.monotonic`


class _Place:
    """Where an answer is kept; whoever has its lock asks, or reads what another has asked."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.answer: _Answer | None = None


def kept(
    ask: Callable[Concatenate[sqlite3.Connection, Arguments], Found],
) -> Callable[Concatenate[sqlite3.Connection, Arguments], Found]:
    """Return a question that is asked again once the corpus has changed and the answer had its time.

    What it returns is everybody's: nobody may change it. Arguments must be hashable. Several readers who ask
    the same at once wait for one answer.
    """
    places: OrderedDict[Hashable, _Place] = OrderedDict()
    lock = Lock()  # of `places`; never held while something is asked

    @wraps(ask)
    def answer(
        connection: sqlite3.Connection, /, *arguments: Arguments.args, **named: Arguments.kwargs
    ) -> Found:
        path = Path(connection.execute("PRAGMA database_list").fetchone()[2])
        key = (path, arguments, tuple(sorted(named.items())))
        with lock:
            place = places.setdefault(key, _Place())
            places.move_to_end(key)
            if len(places) > _MOST:
                places.popitem(last=False)
        with place.lock:
            stamp, begun = _stamp(path), time.monotonic()
            last = place.answer
            if last is None or (last.stamp != stamp and last.good_until < begun):
                found = ask(connection, *arguments, **named)
                took = time.monotonic() - begun
                last = place.answer = _Answer(found, stamp, begun + _SHARE * took)
        return last.found  # type: ignore[return-value]

    return answer


def _stamp(corpus: Path) -> _Stamp:
    found = []
    for path in (corpus, corpus.with_name(f"{corpus.name}-wal")):
        try:
            status = path.stat()
        except FileNotFoundError:
            continue  # no log: nobody has written since it was folded in; no corpus: it was moved away
        found.append((status.st_mtime_ns, status.st_size))
    return tuple(found)
