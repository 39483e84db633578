"""A text as a list of numbers, one a word: the form in which printings are compared.

Marks, case, punctuation and the style of a number ("29/5", "29-05", "29.5.2015") are folded away, so that
they never make a difference; what a fact is told by (a digit, a capital, a stop) stands in flags beside the
word.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import chain
from zlib import crc32

from pipelines.text import unmark

# Flags above the word's own 32 bits.
NUMBER = 1 << 32
CAPITAL = 1 << 33
STOP_BEHIND = 1 << 34
STOP_BEFORE = 1 << 35
WORD = NUMBER - 1  # the bits of the word itself

MOST_CHARACTERS = 200_000  # of a text are compared; what stands behind them tells only equal texts apart

_PARTS = re.compile(r"\d+(?:[./-]\d+)*|[^\W\d_]+")
_BETWEEN = re.compile(r"[./-]")
_STOPS = tuple(",;:.()“”\"'?!…")
_ETH = str.maketrans("ĐÐƉ", "DDD")  # as `exact` folds the small ones
_MOST_TOKENS = 200_000  # remembered at a time: Vietnamese has some 7,000 syllables, numbers have no end


class _Tokens(dict[str, tuple[int, ...]]):
    """What stands between two spaces → its words, remembered: most of a text has been seen before."""

    def __missing__(self, token: str) -> tuple[int, ...]:
        if len(self) >= _MOST_TOKENS:
            self.clear()
        found = self[token] = _words_of(token)
        return found


_TOKENS = _Tokens()


def words(text: str) -> list[int]:
    """Return the words of a text as 32-bit numbers with flags."""
    return list(chain.from_iterable(map(_TOKENS.__getitem__, text.split())))


def plain(flagged: list[int]) -> list[int]:
    """Return the words without their flags."""
    return [word & WORD for word in flagged]


def _words_of(token: str) -> tuple[int, ...]:
    folded = unmark(unicodedata.normalize("NFC", token[:MOST_CHARACTERS]).translate(_ETH))
    parts = _PARTS.findall(folded)
    if not parts:
        return ()
    found = [_word(part) for part in parts]
    found[0] |= STOP_BEFORE if folded.startswith(_STOPS) else 0
    found[-1] |= STOP_BEHIND if folded.endswith(_STOPS) else 0
    return tuple(found)


def _word(part: str) -> int:
    if part[0].isdigit():
        return crc32(_number(part).encode()) | NUMBER
    is_capital = part[0].isupper() and (len(part) == 1 or not part.isupper())
    return crc32(part.lower().encode("utf-8", "replace")) | (CAPITAL if is_capital else 0)


def _number(part: str) -> str:
    """Return a number in one spelling; a date's year goes, for one printing gives it and another does not."""
    parts = [each.lstrip("0") or "0" for each in _BETWEEN.split(part)]
    if len(parts) == 3 and len(parts[2]) == 4 and max(len(parts[0]), len(parts[1])) <= 2:
        parts.pop()
    return ".".join(parts)
