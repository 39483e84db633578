"""A text as small sets of numbers: who shares many of them prints the same.

Shingles are runs of words, hashed. Of a long text only a sample is kept, the hashes below a limit: of two
texts, the sample of the shorter one, cut at the limit of the longer one, is comparable with the other (Broder
1997, "On the resemblance and containment of documents"). Two widths serve two purposes: runs of eight words
find the texts that may print the same (`keys`), runs of five measure how much of it they share (`shingles`).

A run's hash is the middle of the sum of its words, each times a constant of its place (multilinear hashing:
Lemire and Kaser 2014, "Strongly universal string hashing is fast"). A text is one long integer with a word in
every 64 bits of it, and so are the constants, so that one product of the two hashes all its runs.
"""

from __future__ import annotations

import re
import sys
from array import array
from bisect import bisect_left
from hashlib import blake2b
from itertools import compress
from typing import NamedTuple

from pipelines.duplicates.words import PACKED

_WHOLE = 1 << 32

# Drawn at random; their sum is below 2**32, so that of five products with words of 32 bits is below 2**64.
_PLACES = (0x0CED636D, 0x0C2F2027, 0x0667049F, 0x132E9AEB, 0x05B8BFA7)
_FACTOR = sum(factor << 64 * place for place, factor in enumerate(reversed(_PLACES)))
_MIDDLE = 64 * (len(_PLACES) - 1) + 26  # bits of the product below those that are kept of a text's first run
_JOINT = 0x9E3779B1  # what makes one hash of a key's first and last five words
_UPPERMOST = 3 if sys.byteorder == "little" else 0  # byte of four


class Samples(NamedTuple):
    """Hashes of 32 bits, sorted, each once."""

    shingles: array[int]
    keys: array[int]


_LIMITS = {_WHOLE >> shift for shift in range(9)}
_IS_BELOW = {limit: bytes(byte << 24 < limit for byte in range(256)) for limit in _LIMITS}
_BELOW = {limit: re.compile(b"[\\x00-\\x%02x]" % ((limit - 1) >> 24)) for limit in _LIMITS}


def digest(plain: bytes) -> int:
    """Return the number of a text's words, below 2**59: equal texts have equal ones, others hardly ever."""
    return int.from_bytes(blake2b(plain, digest_size=8).digest()) >> 5


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


def samples(packed: bytes) -> Samples:
    """Return the samples of a text, given its words."""
    size = size_class(len(packed) // PACKED)
    fives = _fives(packed)
    # Limits are powers of two of which eight bits say all: the uppermost byte tells who is below.
    uppermost = fives.tobytes()[_UPPERMOST::4]
    shingles = set(compress(fives, uppermost.translate(_IS_BELOW[shingle_limit(size)])))
    # A key is sampled by its first five words: the same eight are then a key of every text of the class.
    keys = {
        ((fives[place] * _JOINT + fives[place + 3]) * _JOINT >> 32) & (_WHOLE - 1)
        for place in map(
            re.Match.start, _BELOW[key_limit(size)].finditer(uppermost, 0, max(0, len(fives) - 3))
        )
    }
    return Samples(array("I", sorted(shingles)), array("I", sorted(keys)))


def _fives(packed: bytes) -> array[int]:
    """Return the hash of every run of five words, 32 bits each."""
    count = len(packed) // PACKED
    words = int.from_bytes(packed, "little") & int.from_bytes(b"\xff\xff\xff\xff\0\0\0\0" * count, "little")
    sums = words * _FACTOR >> _MIDDLE
    hashes = array("I", sums.to_bytes(len(packed), "little"))
    if sys.byteorder == "big":
        hashes.byteswap()
    return hashes[: max(0, 2 * (count - 4)) : 2]


def cut(sample: array[int], limit: int) -> array[int]:
    """Return the part of a sorted sample below a limit."""
    return sample[: bisect_left(sample, limit)]
