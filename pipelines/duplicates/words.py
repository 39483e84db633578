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

# Flags above the word's own 32 bits; what is CAPITAL or more, is a number or a capitalised word.
STOP_BEHIND = 1 << 32
STOP_BEFORE = 1 << 33
CAPITAL = 1 << 34
NUMBER = 1 << 35
WORD = STOP_BEHIND - 1  # the bits of the word itself

MOST_CHARACTERS = 200_000  # of a text are compared; what stands behind them tells only equal texts apart

# A date, a number with points between its thousands, any other number; a word.
_PARTS = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?(?!\d)|\d+(?:\.\d{3})+(?!\d)|\d+(?:/\d+)*|[^\W\d_]+")
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
    """Return the words of a text as numbers with flags; "29 tháng 5 năm 2020" is the one word "29/5"."""
    found = list(chain.from_iterable(map(_TOKENS.__getitem__, text.split())))
    return _dated(found) if _MONTH in found else found


def plain(flagged: list[int]) -> list[int]:
    """Return the words without their flags."""
    return [word & WORD for word in flagged]


def _dated(found: list[int]) -> list[int]:
    """Return the words with every date that is written in words as one; its year goes."""
    dated: list[int] = []
    start = 0
    for place in [place for place, word in enumerate(found[:-1]) if word == _MONTH]:
        day, month = found[max(0, place - 1)], found[place + 1]
        date = _DATES.get((day & WORD, month & WORD))
        if date is None or place <= start:
            continue
        year = found[place + 2 : place + 4]
        is_with_year = len(year) == 2 and year[0] & WORD == _YEAR and year[1] & NUMBER
        last = year[1] if is_with_year else month
        dated += found[start : place - 1]
        dated.append(date | (day & STOP_BEFORE) | (last & STOP_BEHIND))
        start = place + (4 if is_with_year else 2)
    return dated + found[start:]


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
    """Return a number in one spelling: no noughts before, no points in thousands, no year behind a date."""
    first, *thousands = part.split(".")
    if thousands and all(len(each) == 3 for each in thousands):
        return first + "".join(thousands)
    parts = [each.lstrip("0") or "0" for each in _BETWEEN.split(part)]
    if len(parts) == 3 and len(parts[2]) == 4 and max(len(parts[0]), len(parts[1])) <= 2:
        parts.pop()
    return ".".join(parts)


_MONTH, _YEAR = _word("thang"), _word("nam")
_DATES = {
    (_word(str(day)) & WORD, _word(str(month)) & WORD): _word(f"{day}/{month}")
    for day in range(1, 32)
    for month in range(1, 13)
}
