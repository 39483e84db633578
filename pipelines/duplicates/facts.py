"""Facts in their frames: what tells two reports written from one formula apart.

A fact is a number ("15", "29/5", "91,4") or a name (two or more capitalised words in a row). Its frames are
the words before it and the words behind it, other facts left blank. Where two texts have the same frame, they
say the same thing there (agreement) or not (substitution): two printings of one report agree, two events told
by one formula do not.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from dataclasses import dataclass
from itertools import compress, islice
from typing import Literal
from zlib import crc32

from pipelines.duplicates.words import CAPITAL, DAYS, NUMBER, PLAIN, STOP_BEFORE, STOP_BEHIND, flags, plain

_FRAME = 3 * PLAIN  # three words on each side
_MOST = 400  # facts of a text that are kept, the first ones
_BLANK = (b"\2\0\0\0", b"\1\0\0\0")  # what stands in a frame for each word of another name, another number
_LOW = (1 << 31) - 1  # the bits of a hash that stay; the lowest says what the fact is
_DAYS = frozenset(crc32(day) & _LOW | 1 for day in DAYS)  # values

_NUMBERS = bytes(NUMBER | stops for stops in range(4))
_FIRST = bytes((CAPITAL, CAPITAL | STOP_BEFORE))
_LAST = bytes((CAPITAL, CAPITAL | STOP_BEHIND))
# Over the flags of words. What a fact can begin with stands first: the engine leaps to it.
_FACT = re.compile(b"[%b%b](?:(?<=[%b])|%c*[%b])" % (_NUMBERS, _FIRST, _NUMBERS, CAPITAL, _LAST))


@dataclass(frozen=True, slots=True)
class Facts:
    """A text's facts in reading order: hash of the frame before, of the frame behind, of the value.

    The lowest bit of a value is 1 for a number, 0 for a name. Hashes have 31 bits.
    """

    before: array[int]
    behind: array[int]
    values: array[int]

    def __add__(self, other: Facts) -> Facts:
        """Return the facts of a text that goes on with another."""
        return Facts(self.before + other.before, self.behind + other.behind, self.values + other.values)

    def numbers(self) -> Facts:
        """Return those of the facts that are numbers."""
        are_numbers = [value & 1 for value in self.values]
        parts = (self.before, self.behind, self.values)
        return Facts(*(array("I", compress(part, are_numbers)) for part in parts))

    def pack(self) -> bytes:
        """Return the facts as bytes."""
        return self.before.tobytes() + self.behind.tobytes() + self.values.tobytes()

    @classmethod
    def unpack(cls, packed: bytes) -> Facts:
        """Return the facts that `pack` packed."""
        third = len(packed) // 3
        return cls(*(array("I", packed[third * part : third * (part + 1)]) for part in range(3)))


def facts_of(packed: bytes) -> Facts:
    """Return the facts of a text, given its words."""
    coded, marks = plain(packed), flags(packed)
    spans = [fact.span() for fact in islice(_FACT.finditer(marks), _MOST)]
    found = [(first * PLAIN, end * PLAIN, marks[first] // NUMBER) for first, end in spans]
    blank = bytearray(coded)
    for start, end, is_number in found:
        blank[start:end] = _BLANK[is_number] * ((end - start) // PLAIN)
    frames = bytes(blank)
    before = [crc32(frames[max(0, start - _FRAME) : start], each) & _LOW for start, _, each in found]
    behind = [crc32(frames[end : end + _FRAME], each) & _LOW for _, end, each in found]
    values = [crc32(coded[start:end]) & _LOW & ~1 | each for start, end, each in found]
    return Facts(array("I", before), array("I", behind), array("I", values))


@dataclass(slots=True)
class Comparison:
    """How the longer of two texts speaks of the shorter's facts.

    A fact agrees where a frame of it has the same value in the other text. It is substituted where a frame
    has another value, and neither text has the other's anywhere: what is told in another place, or by one of
    them alone, is no difference. A substitution is framed where both its frames are in the other text; so
    framed in one place, it is one though the texts have it elsewhere (the terms of two congresses in a row).
    """

    facts: int = 0
    agreed: int = 0
    known: int = 0  # facts that the other text has, in these frames or in others
    substituted: int = 0
    framed: int = 0  # substituted numbers alone: a name is misprinted more easily
    first: Literal["agreed", "substituted", "framed"] = "agreed"  # what the first number in a common frame is
    day: Literal["agreed", "substituted"] = "agreed"  # what the first day ("4/7") in a common frame is

    @property
    def substitutions(self) -> float:
        """Share of the facts in common frames that are substituted, 0 to 1."""
        return self.substituted / max(1, self.agreed + self.substituted)


def compare_facts(shorter: Facts, longer: Facts) -> Comparison:
    """Return how the longer text speaks of the shorter's facts."""
    before, behind = _by_frame(longer.before, longer.values), _by_frame(longer.behind, longer.values)
    places = set(zip(longer.before, longer.behind, strict=True))
    ours, theirs = set(shorter.values), set(longer.values)
    result = Comparison(facts=len(shorter.values))
    is_first = is_first_day = True
    for frame_before, frame_behind, value in zip(shorter.before, shorter.behind, shorter.values, strict=True):
        said_before, said_behind = before.get(frame_before, _NOTHING), behind.get(frame_behind, _NOTHING)
        result.known += value in theirs
        is_day = value in _DAYS
        is_framed = bool(said_before and said_behind and value & 1)
        if value in said_before or value in said_behind:
            result.agreed += 1
        elif (value in theirs or ours.issuperset(said_before | said_behind)) and not (
            value & 1 and (frame_before, frame_behind) in places
        ):
            continue
        else:
            result.substituted += 1
            result.framed += is_framed
            if is_first and value & 1:
                result.first = "framed" if is_framed else "substituted"
            if is_first_day and is_day:
                result.day = "substituted"
        is_first = is_first and not value & 1
        is_first_day = is_first_day and not is_day
    return result


_NOTHING: frozenset[int] = frozenset()


def _by_frame(frames: array[int], values: array[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for frame, value in zip(frames, values, strict=True):
        found[frame].add(value)
    return found
