"""Statements that take too long: what they gave until then is taken, and it is known that there may be more.

FTS5 looks for a phrase of frequent words through all articles, and no LIMIT helps where few have it. It does
ask SQLite for every page of the index, and there a progress handler can end it.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping
from typing import NamedTuple

_OPERATIONS = 200  # of SQLite's machine between two looks at the clock: 1 ms or less
# On a busy machine, or a cold disk, a statement may take a second longer, and ten times its own.
_LONGER, _TIMES = 1.0, 10


class Rows(NamedTuple):
    """The first column of what a statement gave; `is_cut` where it was ended before its end."""

    keys: list[int]
    is_cut: bool


def keys_within(
    connection: sqlite3.Connection,
    seconds: float | None,
    statement: str,
    values: Mapping[str, object],
) -> Rows:
    """Return the keys that a statement gives within so many seconds of the processor; None waits for all.

    The processor's time is this thread's: how busy the machine is does not change what is found.
    """
    if seconds is None:
        return Rows([key for (key,) in connection.execute(statement, values)], False)
    keys: list[int] = []
    work, wait = time.thread_time() + seconds, time.monotonic() + _LONGER + _TIMES * seconds
    connection.set_progress_handler(lambda: time.thread_time() > work or time.monotonic() > wait, _OPERATIONS)
    try:
        for (key,) in connection.execute(statement, values):
            keys.append(key)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        return Rows(keys, True)
    finally:
        connection.set_progress_handler(None, 0)
    return Rows(keys, False)
