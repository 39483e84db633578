"""How much two texts can share, told by an AND of integers: most texts that meet share a formula and no more.

A sketch has a bit for each part of the range of a text's shingles, and it is set where a shingle lies in the
part. What one text shares with another lies in parts where the other has some as well. Towards zero parts are
finer, since of a text that is compared with a longer one the lower shingles alone count.
"""

from __future__ import annotations

import re
import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise, takewhile
from typing import NamedTuple

from pipelines.duplicates.printing import Printing, size_of
from pipelines.duplicates.shingles import cut, shingle_limit

_BAND = 512  # parts of each of four bands: an eighth of the range, the next eighth, a quarter, half
_PARTS = 4 * _BAND
_MOST = 100_000  # remembered at a time: hubs are met again and again
_FULL = 255  # shingles of a part that are counted; by chance there are three or four at most
_COUNTS = [bytes(ord("0") + (count >= least) for count in range(256)) for least in range(1, 256)]
_ROUNDING = 1e-6  # a share of whole numbers is never that near to another
_has_one = re.compile(b"1").search


def sketches_of(shingles: array[int], size: int, limit: int) -> list[int]:
    """Return which parts of the range have one of the shingles or more, two or more, and so on.

    Parts are those of texts of a class (`size`), as far as the limit; the lowest is the highest bit.
    """
    parts = bytearray(_parts_below(limit, size))
    below = cut(shingles, limit)
    start = 0
    for band, (lowest, highest, shift) in enumerate(_BANDS[size]):
        end = bisect_left(below, highest, start)
        first = band * _BAND - (lowest >> shift)
        for shingle in below[start:end]:
            part = first + (shingle >> shift)
            if parts[part] < _FULL:
                parts[part] += 1
        start = end
    return [int(digits, 2) for digits in takewhile(_has_one, map(parts.translate, _COUNTS))]


def _parts_below(limit: int, size: int) -> int:
    """Return how many parts lie below a limit, which is a power of two."""
    return next(
        band * _BAND + (limit - lowest >> shift)
        for band, (lowest, highest, shift) in enumerate(_BANDS[size])
        if limit <= highest
    )


def _bands(size: int) -> list[tuple[int, int, int]]:
    """Return the bands of a class: from where, to where, and how many bits of a shingle its part lacks."""
    whole = shingle_limit(size)
    edges = (0, whole // 8, whole // 4, whole // 2, whole)
    return [
        (lowest, highest, ((highest - lowest) // _BAND).bit_length() - 1)
        for lowest, highest in pairwise(edges)
    ]


_BANDS = [_bands(size) for size in range(16)]


class _Asked(NamedTuple):
    """What texts of a class are asked of a text, in their parts."""

    once: int  # the parts with a shingle
    more: list[int]  # those with two, three, …
    doubles: int  # shingles above one a part
    shingles: int
    above: int  # parts of the class above those of this text


class Sketch:
    """What a text may share with others, asked of many."""

    def __init__(self, printing: Printing) -> None:
        self._printing = printing
        self._asked: dict[int, _Asked] = {}

    def pack(self) -> bytes:
        """Return the bits that are kept of the text."""
        return self._as(self._printing.size).once.to_bytes(_PARTS // 8)

    def may_share(self, least: float, text: int, bits: int) -> bool:
        """True where the containment may be `least` or more; hardly ever where it is far less."""
        once, more, doubles, count, above = self._as(size_of(text))
        theirs = bits >> above
        most = (once & theirs).bit_count()
        enough = least * min(count, theirs.bit_count()) - _ROUNDING
        if most + doubles < enough:
            return False
        return most + sum([(each & theirs).bit_count() for each in more]) >= enough

    def _as(self, size: int) -> _Asked:
        found = self._asked.get(size)
        if found is None:
            shingles = self._printing.shingles
            limit = min(shingle_limit(self._printing.size), shingle_limit(size))
            once, *more = sketches_of(shingles, size, limit) or [0]
            count = len(cut(shingles, limit))
            above = _PARTS - _parts_below(limit, size)
            found = self._asked[size] = _Asked(once, more, count - once.bit_count(), count, above)
        return found


class Sketches:
    """The sketches in the table `texts` of duplicates.db, the latest remembered."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute
        self._known: dict[int, int] = {}  # a text's never changes

    def sharing(self, sketch: Sketch, texts: Iterable[int], least: float) -> list[int]:
        """Return those of the texts that may share enough with another."""
        return [text for text, bits in self._of(texts) if sketch.may_share(least, text, bits)]

    def _of(self, texts: Iterable[int]) -> Iterator[tuple[int, int]]:
        known = self._known
        unknown = []
        for text in texts:
            if text in known:
                yield text, known[text]
            else:
                unknown.append(text)
        if len(known) + len(unknown) > _MOST:
            known.clear()
        rows = self._execute(
            "SELECT text, sketch FROM texts WHERE text IN (SELECT value FROM json_each(?))", (str(unknown),)
        )
        for text, bits in rows:
            known[text] = int.from_bytes(bits)
            yield text, known[text]
