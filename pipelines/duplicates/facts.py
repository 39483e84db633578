"""Facts in their frames: what tells two reports written from one formula apart.

A fact is a number ("15", "29/5", "91,4") or a name (two or more capitalised words in a row). Its frames are
the words before it and the words behind it, other facts left blank. Where two texts have the same frame, they
say the same thing there (agreement) or not (substitution): two printings of one report agree, two events told
by one formula do not.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipelines.duplicates.words import CAPITAL, NUMBER, STOP_BEFORE, STOP_BEHIND

_FRAME = 3  # words on each side
_MOST = 400  # facts of a text that are kept, the first ones
_BLANK_NUMBER, _BLANK_NAME = 1, 2  # what stands in a frame for another fact
_LOW = (1 << 31) - 1  # the bits of a hash that stay; the lowest says what the fact is


@dataclass(frozen=True, slots=True)
class Facts:
    """A text's facts in reading order: hash of the frame before, of the frame behind, of the value.

    The lowest bit of a value is 1 for a number, 0 for a name. Hashes have 31 bits.
    """

    before: array[int]
    behind: array[int]
    values: array[int]

    def pack(self) -> bytes:
        """Return the facts as bytes."""
        return self.before.tobytes() + self.behind.tobytes() + self.values.tobytes()

    @classmethod
    def unpack(cls, packed: bytes) -> Facts:
        """Return the facts that `pack` packed."""
        third = len(packed) // 3
        return cls(*(array("I", packed[third * part : third * (part + 1)]) for part in range(3)))


def facts_of(words: list[int], plain: list[int]) -> Facts:
    """Return the facts of a text, given its words with flags and without."""
    found = list(_runs(words))[:_MOST]
    values = [hash(tuple(plain[start:end])) & _LOW & ~1 | is_number for start, end, is_number in found]
    blank = list(plain)
    for start, end, is_number in found:
        blank[start:end] = [_BLANK_NUMBER if is_number else _BLANK_NAME] * (end - start)
    before = [
        hash((is_number, *blank[max(0, start - _FRAME) : start])) & _LOW for start, _, is_number in found
    ]
    behind = [hash((*blank[end : end + _FRAME], is_number)) & _LOW for _, end, is_number in found]
    return Facts(array("I", before), array("I", behind), array("I", values))


def _runs(words: list[int]) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, 1 number or 0 name) of every fact."""
    end = 0
    for start in [place for place, word in enumerate(words) if word >= CAPITAL]:
        if start < end:
            continue
        end = start + 1
        if words[start] >= NUMBER:
            yield start, end, 1
            continue
        while end < len(words) and _go_on(words[end - 1], words[end]):
            end += 1
        if end - start > 1:
            yield start, end, 0


def _go_on(word: int, following: int) -> bool:
    """Whether a name goes on with the following word."""
    return bool(following & CAPITAL and not following & STOP_BEFORE and not word & STOP_BEHIND)


@dataclass(slots=True)
class Comparison:
    """How the longer of two texts speaks of the shorter's facts.

    A fact agrees where a frame of it has the same value in the other text. It is substituted where a frame
    has another value, and neither text has the other's anywhere: what is told in another place, or by one of
    them alone, is no difference. A substitution is framed where both its frames are in the other text.
    """

    facts: int = 0
    agreed: int = 0
    known: int = 0  # facts that the other text has, in these frames or in others
    substituted: int = 0
    framed: int = 0  # substituted numbers alone: a name is misprinted more easily
    first: Literal["agreed", "substituted", "framed"] = "agreed"  # what the first number in a common frame is

    @property
    def substitutions(self) -> float:
        """Share of the facts in common frames that are substituted, 0 to 1."""
        return self.substituted / max(1, self.agreed + self.substituted)


def compare_facts(shorter: Facts, longer: Facts) -> Comparison:
    """Return how the longer text speaks of the shorter's facts."""
    before, behind = _by_frame(longer.before, longer.values), _by_frame(longer.behind, longer.values)
    ours, theirs = set(shorter.values), set(longer.values)
    result = Comparison(facts=len(shorter.values))
    is_first = True
    for frame_before, frame_behind, value in zip(shorter.before, shorter.behind, shorter.values, strict=True):
        said_before, said_behind = before.get(frame_before, _NOTHING), behind.get(frame_behind, _NOTHING)
        result.known += value in theirs
        if value in said_before or value in said_behind:
            result.agreed += 1
        elif value in theirs or ours.issuperset(said_before | said_behind):
            continue
        else:
            result.substituted += 1
            is_framed = bool(said_before and said_behind and value & 1)
            result.framed += is_framed
            if is_first and value & 1:
                result.first = "framed" if is_framed else "substituted"
        is_first = is_first and not value & 1
    return result


_NOTHING: frozenset[int] = frozenset()


def _by_frame(frames: array[int], values: array[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for frame, value in zip(frames, values, strict=True):
        found[frame].add(value)
    return found
