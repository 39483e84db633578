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

from pipelines.duplicates.words import CAPITAL, NUMBER, STOP_BEFORE, STOP_BEHIND, WORD

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


def facts_of(words: list[int]) -> Facts:
    """Return the facts of a text, as `words` gives it."""
    masked = [word & WORD for word in words]
    found = list(_runs(words))[:_MOST]
    values = [hash(tuple(masked[start:end])) & _LOW & ~1 | is_number for start, end, is_number in found]
    blank = list(masked)
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
    telling = NUMBER | CAPITAL
    for start in [place for place, word in enumerate(words) if word & telling]:
        if start < end:
            continue
        end = start + 1
        if words[start] & NUMBER:
            yield start, end, 1
            continue
        while (
            end < len(words)
            and words[end] & CAPITAL
            and not words[end] & STOP_BEFORE
            and not words[end - 1] & STOP_BEHIND
        ):
            end += 1
        if end - start > 1:
            yield start, end, 0


@dataclass(slots=True)
class Comparison:
    """How two texts speak of the same facts: facts of the one that stand in a frame of the other, counted."""

    agreed: int = 0
    substituted: int = 0
    first_number_agrees: bool | None = None  # None: no number stands in a frame of both

    @property
    def substitutions(self) -> float:
        """Share of the facts in common frames that differ, 0 to 1."""
        return self.substituted / max(1, self.agreed + self.substituted)


def compare_facts(one: Facts, other: Facts) -> Comparison:
    """Return how the two speak of the same facts; `one` should be the shorter.

    A fact is substituted where neither text has the other's value anywhere: a fact told in another place, or
    told by one of them alone, is no difference.
    """
    before, behind = _by_frame(other.before, other.values), _by_frame(other.behind, other.values)
    ours, theirs = set(one.values), set(other.values)
    result = Comparison()
    for frame_before, frame_behind, value in zip(one.before, one.behind, one.values, strict=True):
        framed = before.get(frame_before, _NOTHING) | behind.get(frame_behind, _NOTHING)
        if not framed:
            continue
        if value in framed:
            result.agreed += 1
            agrees = True
        elif value not in theirs and not ours.issuperset(framed):
            result.substituted += 1
            agrees = False
        else:
            continue
        if value & 1 and result.first_number_agrees is None:
            result.first_number_agrees = agrees
    return result


_NOTHING: frozenset[int] = frozenset()


def _by_frame(frames: array[int], values: array[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for frame, value in zip(frames, values, strict=True):
        found[frame].add(value)
    return found
