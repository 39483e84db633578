"""How much two texts can share, told by an AND of integers: most texts that meet share a formula and no more.

A sketch has a bit for each part of the range of a text's shingles, and it is set where a shingle lies in the
part. What one text shares with another lies in parts where the other has some as well. Towards zero parts are
finer, since of a text that is compared with a longer one the lower shingles alone count.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from pipelines.duplicates.printing import Printing, size_of
from pipelines.duplicates.shingles import cut, shingle_limit

_PARTS = 2048
# Of 4,096 steps of the range: up to its quarter each is a part, then every two, from its half on every four.
_STEPS = 12  # bits
_PART_OF = [
    *range(1024),
    *(1024 + step // 2 for step in range(1024)),
    *(1536 + step // 4 for step in range(2049)),
]
_MOST = 100_000  # remembered at a time: hubs are met again and again
_ONE = ord("1")
_ROUNDING = 1e-6  # a share of whole numbers is never that near to another


def sketches_of(shingles: array[int], size: int, limit: int) -> Iterator[int]:
    """Yield which parts of the range have one of the shingles or more, two or more, and so on.

    Parts are those of texts of a class (`size`), as far as the limit; the lowest is the highest bit.
    """
    shift = _shift(size)
    parts = [_PART_OF[shingle >> shift] for shingle in cut(shingles, limit)]
    none = b"0" * _PART_OF[limit >> shift]
    while parts:
        digits = bytearray(none)
        for part in parts:
            digits[part] = _ONE
        yield int(digits, 2)
        parts = [part for part, before in zip(parts[1:], parts, strict=False) if part == before]


def _shift(size: int) -> int:
    """Return how many bits of a shingle its step lacks, in a class."""
    return shingle_limit(size).bit_length() - 1 - _STEPS


class _Asked:
    """What texts of a class are asked of a text, in their parts."""

    def __init__(self, printing: Printing, size: int) -> None:
        limit = min(shingle_limit(printing.size), shingle_limit(size))
        self._sketches = sketches_of(printing.shingles, size, limit)
        self.once = next(self._sketches, 0)  # the parts with a shingle
        self.count = len(cut(printing.shingles, limit))
        self.doubles = self.count - self.once.bit_count()  # shingles above one a part
        self.above = _PARTS - _PART_OF[limit >> _shift(size)]  # parts of the class above those of this text

    @cached_property
    def more(self) -> list[int]:
        """The parts with two shingles, three, …; seldom asked for."""
        return list(self._sketches)


class Sketch:
    """What a text may share with others, asked of many."""

    def __init__(self, printing: Printing) -> None:
        self._printing = printing
        self._asked: dict[int, _Asked] = {}

    def pack(self) -> bytes:
        """Return the bits that are kept of the text."""
        return self._as(self._printing.size).once.to_bytes(_PARTS // 8)

    def sharing(self, least: float, texts: Iterable[tuple[int, int]]) -> list[int]:
        """Return those of some texts, given with their bits, whose containment may be `least` or more.

        It is hardly ever far less.
        """
        found = []
        for text, bits in texts:
            size = size_of(text)
            asked = self._asked.get(size) or self._as(size)
            theirs = bits >> asked.above
            most = (asked.once & theirs).bit_count()
            enough = least * min(asked.count, theirs.bit_count()) - _ROUNDING
            if most + asked.doubles >= enough and (
                most + sum([(each & theirs).bit_count() for each in asked.more]) >= enough
            ):
                found.append(text)
        return found

    def _as(self, size: int) -> _Asked:
        if size not in self._asked:
            self._asked[size] = _Asked(self._printing, size)
        return self._asked[size]


class Sketches:
    """The sketches in the table `texts` of duplicates.db, the latest remembered."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute
        self._known: dict[int, int] = {}  # a text's never changes

    def sharing(self, sketch: Sketch, texts: Collection[int], least: float) -> list[int]:
        """Return those of the texts that may share enough with another."""
        known = self._known
        unknown = [text for text in texts if text not in known]
        if len(known) + len(unknown) > _MOST:
            known.clear()
            unknown = list(texts)
        if unknown:
            rows = self._execute(
                "SELECT text, sketch FROM texts WHERE text IN (SELECT value FROM json_each(?))",
                (str(unknown),),
            )
            known.update((text, int.from_bytes(bits)) for text, bits in rows)
        return sketch.sharing(least, zip(texts, map(known.__getitem__, texts), strict=True))
