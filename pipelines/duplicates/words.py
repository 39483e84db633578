"""A text as a row of numbers, one a word: the form in which printings are compared.

Marks, case, punctuation and the style of a number ("29/5", "29-05", "29.5.2015") are folded away, so that
they never make a difference; what a fact is told by (a digit, a capital, a stop) stands in flags beside the
word.

Words are packed, eight bytes each, of which the lowest come first: four of the word, one of its flags, three
noughts. So all words of a text are put together, parted, blanked and hashed by calls that know no single
word.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Callable
from functools import lru_cache
from zlib import crc32

from pipelines.text import unmark

PACKED = 8  # bytes of a word with its flags
PLAIN = 4  # bytes of one without

# Flags. A name is a run of capitalised words that no stop parts.
STOP_BEHIND, STOP_BEFORE, CAPITAL, NUMBER = 1, 2, 4, 8

MOST_CHARACTERS = 200_000  # of a text are compared; what stands behind them tells only equal texts apart

# A date, a number with points between its thousands, any other number; a word.
_PARTS = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?(?!\d)|\d+(?:\.\d{3})+(?!\d)|\d+(?:/\d+)*|[^\W\d_]+")
_BETWEEN = re.compile(r"[./-]")
_STOPS = frozenset(",;:.()“”\"'?!…")
_NUMBERS = re.compile(b"[%b]" % bytes(NUMBER | stops for stops in range(4)))  # over the flags of words
# Remembered at a time: Vietnamese has some 7,000 syllables, numbers have no end.
_MOST_TOKENS = 200_000
_MOST_PARTS = 20_000
_LONGEST = 100  # characters of one that is remembered; a page may have no space at all


class _Tokens(dict[str, bytes]):
    """What stands between two spaces → its words, remembered: most of a text has been seen before."""

    def __missing__(self, token: str) -> bytes:
        if len(token) > _LONGEST:
            return _words_of(token, _part)
        if len(self) >= _MOST_TOKENS:
            self.clear()
        found = self[token] = _words_of(token, _remembered_part)
        return found


_TOKENS = _Tokens()


def words(text: str) -> bytes:
    """Return the packed words of a text; "29 tháng 5 năm 2020" is the one word "29/5"."""
    found = b"".join(map(_TOKENS.__getitem__, text.split()))
    return _dated(found) if _MONTH in found else found


def plain(packed: bytes) -> bytes:
    """Return words without their flags, four bytes each."""
    return array("I", packed)[::2].tobytes()


def flags(packed: bytes) -> bytes:
    """Return the flags of words, a byte each."""
    return packed[PLAIN::PACKED]


def numbers(packed: bytes) -> bytes:
    """Return, without flags, those of the words that are numbers."""
    coded = plain(packed)
    places = map(re.Match.start, _NUMBERS.finditer(flags(packed)))
    return b"".join(coded[PLAIN * place : PLAIN * (place + 1)] for place in places)


def _dated(found: bytes) -> bytes:
    """Return the words with every date that is written in words as one; its year goes."""
    dated = []
    start, place = 0, -1
    while (place := found.find(_MONTH, place + 1)) >= 0:
        day, month, year = (
            found[at : at + PACKED] for at in (place - PACKED, place + PACKED, place + 2 * PACKED)
        )
        date = _DATES.get(day[:PLAIN] + month[:PLAIN])
        if place % PACKED or place <= start or date is None:
            continue
        last, end = month, place + 2 * PACKED
        follows = found[end + PACKED : end + 2 * PACKED]
        if year[:PLAIN] == _YEAR and follows and follows[PLAIN] & NUMBER:
            last, end = follows, end + 2 * PACKED
        stops = (day[PLAIN] & STOP_BEFORE) | (last[PLAIN] & STOP_BEHIND)
        dated += [found[start : place - PACKED], _packed(date, NUMBER | stops)]
        start = end
    return b"".join((*dated, found[start:]))


def _words_of(token: str, part: Callable[[str], bytes]) -> bytes:
    marked = unicodedata.normalize("NFC", token[:MOST_CHARACTERS])
    folded = unmark(marked.replace("Đ", "D").replace("Ð", "D").replace("Ɖ", "D"))  # `exact` folds the small
    found = bytearray().join(map(part, _PARTS.findall(folded)))
    if found:
        if folded[0] in _STOPS:
            found[PLAIN] |= STOP_BEFORE
        if folded[-1] in _STOPS:
            found[-PLAIN] |= STOP_BEHIND
    return bytes(found)


def _part(part: str) -> bytes:
    return _packed(_word(part), _flag(part))


_remembered_part = lru_cache(_MOST_PARTS)(_part)  # "Nội," and "(Nội" are one


def _packed(word: bytes, flag: int) -> bytes:
    return word + bytes((flag, 0, 0, 0))


def _word(part: str) -> bytes:
    spelt = _number(part) if part[0].isdigit() else part.lower()
    return crc32(spelt.encode("utf-8", "replace")).to_bytes(PLAIN, "little")


def _flag(part: str) -> int:
    if part[0].isdigit():
        return NUMBER
    return CAPITAL if part[0].isupper() and (len(part) == 1 or not part.isupper()) else 0


def _number(part: str) -> str:
    """Return a number in one spelling: no noughts before, no points in thousands, no year behind a date."""
    first, *thousands = part.split(".")
    if thousands and all(len(each) == 3 for each in thousands):
        return first + "".join(thousands)
    parts = [each.lstrip("0") or "0" for each in _BETWEEN.split(part)]
    if len(parts) == 3 and len(parts[2]) == 4 and max(len(parts[0]), len(parts[1])) <= 2:
        parts.pop()
    return ".".join(parts)


_MONTH, _YEAR = _packed(_word("thang"), 0), _word("nam")
_DATES = {
    _word(str(day)) + _word(str(month)): _word(f"{day}/{month}")
    for day in range(1, 32)
    for month in range(1, 13)
}
DAYS = frozenset(_DATES.values())
