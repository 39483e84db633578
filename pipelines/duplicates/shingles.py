"""A text as small sets of numbers: who shares many of them prints the same.

Shingles are runs of words, hashed. Of a long text only a sample is kept, the hashes below a limit: of two
texts, the sample of the shorter one, cut at the limit of the longer one, is comparable with the other (Broder
1997, "On the resemblance and containment of documents"). Two widths serve two purposes: runs of eight words
find the texts that may print the same (`keys`), runs of five measure how much of it they share (`shingles`).

Hashes are Python's own of tuples of integers, the same in every process of one version of Python.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

_WHOLE = 1 << 32

# Stored beside stored hashes: where it differs, they were made by another Python, and are worth nothing.
CANARY = hash((2026, hash((11, 25)))) & (_WHOLE - 1)


class Samples(NamedTuple):
    """Hashes of 32 bits, sorted, each once."""

    shingles: array[int]
    keys: array[int]


def digest(words: Sequence[int]) -> int:
    """Return the number of a text, below 2**59: equal texts have equal ones, others hardly ever."""
    return int.from_bytes(blake2b(array("I", words).tobytes(), digest_size=8).digest()) >> 5


def size_class(length: int) -> int:
    """Return the order of a text's length in words, 0 to 15: in class n it has 2 ** (n - 1) or more."""
    return min(15, length.bit_length())


def shingle_limit(size: int) -> int:
    """Return below which hash a text of a class has its shingles: all up to 256, then 128 to 256 of them."""
    return _WHOLE >> max(0, size - 8)


def key_limit(size: int) -> int:
    """Return below which hash a text of a class has keys: all up to 32, then 16 to 32, of long ones more."""
    return _WHOLE >> _key_shift(size)


def keys_needed(one: int, other: int) -> int:
    """Return how many keys texts of two classes must share to be compared: 2 of some 16, 1 of a few."""
    return _KEYS_NEEDED[one][other]


def _key_shift(size: int) -> int:
    return min(5, max(0, size - 5)) if size < 14 else size - 8


def _needed(one: int, other: int) -> int:
    comparable = (1 << max(0, min(one, other) - 1)) >> max(_key_shift(one), _key_shift(other))
    return max(1, min(3, comparable // 8))


_KEYS_NEEDED = [[_needed(one, other) for other in range(16)] for one in range(16)]


def samples(words: Sequence[int]) -> Samples:
    """Return the samples of a text, given its words without flags."""
    size = size_class(len(words))
    fives = list(map(hash, zip(words, words[1:], words[2:], words[3:], words[4:], strict=False)))
    limit = _as_hash(shingle_limit(size))
    shingles = {five for five in fives if five < limit}
    limit = _as_hash(key_limit(size))
    # A key is sampled by its first five words: the same eight are then a key of every text of the class.
    keys = {hash((first, last)) for first, last in zip(fives, fives[3:], strict=False) if first < limit}
    return Samples(_stored(shingles), _stored(keys))


def _as_hash(limit: int) -> int:
    """Return a limit of the hashes that are stored as one of Python's, which have 64 bits and a sign."""
    return (limit - _WHOLE // 2) << 32


def _stored(hashes: set[int]) -> array[int]:
    return array("I", sorted({(each >> 32) + _WHOLE // 2 for each in hashes}))


def cut(sample: array[int], limit: int) -> array[int]:
    """Return the part of a sorted sample below a limit."""
    return sample[: bisect_left(sample, limit)]
