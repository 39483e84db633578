"""What is read together: in order, each with its own outcome, and nobody waits long."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import partial

import pytest

from crawler import together
from crawler.together import MOST, WAIT, Together


def reader(read: list[int]) -> Callable[[int], int]:
    def of(number: int) -> int:
        read.append(number)
        if number < 0:
            raise ValueError(number)
        return number

    return of


def test_pages_of_one_moment_are_read_in_order_and_each_has_its_own_outcome() -> None:
    read: list[int] = []
    of = reader(read)

    async def crawl() -> list[int | BaseException]:
        group = Together()
        return await asyncio.gather(*(group(partial(of, n)) for n in (3, -1, 2)), return_exceptions=True)

    three, error, two = asyncio.run(crawl())
    assert (three, two, read) == (3, 2, [3, -1, 2])
    assert isinstance(error, ValueError)


def test_a_page_alone_is_read_after_a_moment_and_the_next_begins_another_group(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(together, "WAIT", 0.05)
    read: list[int] = []
    of = reader(read)

    async def crawl() -> None:
        group = Together()
        for number in (1, 2):
            begun = time.monotonic()
            assert await group(partial(of, number)) == number
            assert time.monotonic() - begun >= 0.04

    asyncio.run(crawl())
    assert read == [1, 2]


def test_a_full_group_waits_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "WAIT", 60.0)
    read: list[int] = []
    of = reader(read)

    async def crawl() -> None:
        group = Together()
        await asyncio.wait_for(asyncio.gather(*(group(partial(of, n)) for n in range(MOST))), 10)

    asyncio.run(crawl())
    assert read == list(range(MOST))


def test_who_no_longer_waits_is_left_out() -> None:
    read: list[int] = []
    of = reader(read)

    async def crawl() -> None:
        group = Together()
        gone, stays = (asyncio.create_task(group(partial(of, number))) for number in (1, 2))
        await asyncio.sleep(0)
        gone.cancel()
        assert await stays == 2

    asyncio.run(crawl())
    assert read == [2]
    assert WAIT < 1  # a crawl's end is not felt to be late
