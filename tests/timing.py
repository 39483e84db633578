"""What tests may say of time: a busy machine is slow, not wrong."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from itertools import pairwise


def seconds(work: Callable[[], object]) -> float:
    """Return the processor's seconds that `work` takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def is_linear(work: Callable[[int], object], size: int) -> bool:
    """Tell whether four times the size takes less than twelve times as long, of which the square is sixteen.

    What the machine's neighbours slow down is measured again.
    """
    work(1000)  # what is made once is made here
    short = max(seconds(lambda: work(size)), 0.01)
    return any(seconds(lambda: work(4 * size)) < 12 * short for _ in range(4))


def are_apart(times: Sequence[float], gap: float) -> bool:
    """Tell whether requests were sent at least `gap` seconds apart, from when they arrived.

    One whose arrival was noticed late shortens the pause behind it, and no other: the whole has to take its
    time, and all pauses but one in ten.
    """
    pauses = [later - sooner for sooner, later in pairwise(times)]
    short = sum(pause < 0.9 * gap for pause in pauses)
    return sum(pauses) >= gap * (len(pauses) - 1) and short <= max(1, len(pauses) // 10)
