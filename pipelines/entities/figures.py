"""Figures of Party life: which congress, which term, how many members, admissions, branches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipelines.text import exact, fold

_COUNT = re.compile(
    r"(?<![\w.,/])(?:(\d[\d.]*)/)?(\d{1,3}(?:\.\d{3})+|\d+)(?P<thousands> ngh[iì]n| ng[aà]n)?\Z"
)
_TERM = re.compile(r"[ :(]{0,3}((?:19|20)\d\d) ?[-–] ?((?:19|20)\d\d)(?!\d)")
_ORDINAL = re.compile(r" ([ivxl]{1,7}|\d{1,2}|\w{1,8}(?: \w{1,8})?)(?!\w)")
_CONGRESS_NUMBER = re.compile(r" (?:[đd][aạ]i bi[eể]u |to[aà]n qu[oố]c |[đd][aả]ng ){0,3}([ivx]{1,6})(?!\w)")
_ROMAN_ORDINAL = re.compile(r" ([ivxl]{1,7})(?!\w)")  # of "lần VIII"
_SENTENCE_END = re.compile(r"[.;\n](?!\d)")
_NUMBER_WORDS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_WORD_NUMBERS = {**{word: number for number, word in enumerate(_NUMBER_WORDS, start=1)}, "bốn": 4}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_REACH = 120  # characters before "lần thứ" in which "Đại hội" stands
_ADMITTING = 60  # before a count of members in which "kết nạp" stands
_OTHER_MEETINGS = ("hội nghị", "kỳ họp", "hội thi", "hội sách", "đại hội thể", "giải")


class Figure(NamedTuple):
    """A figure: `kind` is congress, term, members, admissions or cells; `value` a number, or "2020-2025"."""

    start: int
    end: int
    kind: str
    value: int | str


class _Words(NamedTuple):
    """What stands beside figures, as `exact` or as `fold` has it."""

    term: str
    nth: str
    ordinal: str
    congress: str
    others: tuple[str, ...]
    members: str
    people: str
    cells: str
    admission: str
    official: str  # "chuyển đảng chính thức cho 6 đảng viên": admitted a year ago


@cache
def _words(marked: bool) -> _Words:
    form = exact if marked else fold
    return _Words(
        term=form("nhiệm kỳ"),
        nth=form("lần"),
        ordinal=form(" thứ"),
        congress=form("đại hội"),
        others=tuple(map(form, _OTHER_MEETINGS)),
        members=form(" đảng viên"),
        people=form(" quần chúng"),
        cells=form(" chi bộ"),
        admission=form("kết nạp"),
        official=form("chính thức"),
    )


def figures(text: str, *, marked: bool = True) -> Iterator[Figure]:
    """Yield the figures that a text holds, kind by kind. Linear in its length."""
    words = _words(marked)
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter whose small form is longer ("İ"): places would not be the text's
        lowered = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    yield from _terms(lowered, words.term)
    yield from _congresses(lowered, words)
    yield from _counts(lowered, words.members, "members", words)
    yield from _counts(lowered, words.people, None, words)
    yield from _counts(lowered, words.cells, "cells", words)


def _places(text: str, word: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + len(word))


def _terms(text: str, word: str) -> Iterator[Figure]:
    for place in _places(text, word):
        found = _TERM.match(text, place + len(word))
        if found and int(found[1]) < int(found[2]):
            yield Figure(place, found.end(), "term", f"{found[1]}-{found[2]}")


def _congresses(text: str, words: _Words) -> Iterator[Figure]:
    for place in _places(text, words.nth):
        behind = place + len(words.nth)
        if text.startswith(words.ordinal, behind):
            ordinal = _ORDINAL.match(text, behind + len(words.ordinal))
        else:
            ordinal = _ROMAN_ORDINAL.match(text, behind)
        value = _ordinal(ordinal[1]) if ordinal else None
        opening = text.rfind(words.congress, max(0, place - _REACH), place)
        if ordinal is None or value is None or opening < 0:
            continue
        between = text[opening:place]
        if not _SENTENCE_END.search(between) and not any(other in between for other in words.others):
            yield Figure(opening, ordinal.end(), "congress", value)
    for place in _places(text, words.congress):
        found = _CONGRESS_NUMBER.match(text, place + len(words.congress))
        if found and (value := _roman(found[1])):
            yield Figure(place, found.end(), "congress", value)


def _counts(text: str, word: str, kind: str | None, words: _Words) -> Iterator[Figure]:
    for place in _places(text, word):
        found = _COUNT.search(text, max(0, place - 16), place)
        if found is None:
            continue
        before = text[max(0, found.start() - _ADMITTING) : found.start()]
        clause = max(before.rfind("."), before.rfind(";"), before.rfind("\n")) + 1
        behind = before[clause:].rpartition(words.admission)[1:]  # "kết nạp" and what stands behind it
        admitted = kind != "cells" and behind[0] != "" and words.official not in behind[1]
        if admitted or kind:
            yield Figure(
                found.start(),
                place + len(word),
                "admissions" if admitted else kind or "",
                int(found[2].replace(".", "")) * (1000 if found["thousands"] else 1),
            )


def _ordinal(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    return _roman(word) or next(
        (_WORD_NUMBERS[part] for part in word.split()[:1] if part in _WORD_NUMBERS), None
    )


def _roman(word: str) -> int | None:
    total = 0
    for letter, following in zip(word, [*word[1:], ""], strict=True):
        if letter not in _ROMAN:
            return None
        value = _ROMAN[letter]
        total += -value if _ROMAN.get(following, 0) > value else value
    return total
