"""What of a text to show for a query: the original words, with those that matched marked.

Folding maps one character to one character, so a place in the folded text is the place in the original.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise, product
from typing import NamedTuple

from pipelines.query import Phrase, parse, phrases
from pipelines.text import exact, unmark

_WORD = re.compile(r"[^\W_]+")
_MOST_CHARACTERS = 40_000  # of a text are looked at; reading on costs more than a reader gains


class Piece(NamedTuple):
    """A run of text, and whether it matched the query."""

    text: str
    marked: bool


class _Wanted(NamedTuple):
    """What a text is marked by; `follows` are pairs of phrases, by number, typed one after the other."""

    phrases: tuple[Phrase, ...]
    follows: frozenset[tuple[int, int]]


@lru_cache(maxsize=256)  # a page asks for it with every article that it shows
def _wanted(query: str) -> _Wanted:
    found = tuple(phrases(query))
    numbers = {phrase: number for number, phrase in enumerate(found)}
    pairs = (product(one.phrases, other.phrases) for one, other in pairwise(parse(query).texts))
    return _Wanted(found, frozenset((numbers[one], numbers[other]) for pair in pairs for one, other in pair))


def begins_with(text: str, lead: str) -> bool:
    """True when `text` begins with `lead`, whatever the spacing, case and tone placement."""
    beginning = exact(" ".join(text[: 2 * len(lead) + 200].split()))
    return beginning.startswith(exact(" ".join(lead.split())))


def whole_text(lead: str | None, body: str | None) -> str:
    """Return an article's text as one reads it: lead, then body, the lead once."""
    if lead and body and begins_with(body, lead):
        return body
    return "\n".join(filter(None, (lead, body)))


def highlight(text: str, query: str) -> list[Piece]:
    """Return all of `text` in pieces, those that match a word or phrase of the query marked."""
    return list(_pieces(text, 0, len(text), _matches(text, _wanted(query))))


def snippet(text: str, query: str, *, length: int = 240) -> list[Piece]:
    """Return about `length` characters of `text`, from where most of the query's words stand together.

    The beginning of the text where nothing matches; "…" stands for what is left out.
    """
    text = text[:_MOST_CHARACTERS].replace("\n", " ")
    wanted = _wanted(query)
    matches = _matches(text, wanted)
    before = length // 5  # of the window are left for what leads up to the first match
    start = _best_start(matches, wanted.follows, length - before)
    start = 0 if start <= before else _word_start(text, start - before)
    end = len(text) if start + length >= len(text) else _word_end(text, start + length)
    pieces = list(_pieces(text, start, end, matches))
    if start > 0:
        pieces.insert(0, Piece("…\u00a0", False))
    if end < len(text):
        pieces.append(Piece("\u00a0…", False))
    return pieces


def _matches(text: str, wanted: _Wanted) -> list[tuple[int, int, int]]:
    """Return (start, end, number of the phrase) of every match, in reading order, none overlapping."""
    marked_form = exact(text)
    folded_form = unmark(marked_form)
    # Letters that fold to none or to two are rare enough to show such a text without marks.
    if not len(marked_form) == len(folded_form) == len(text):
        return []
    found = sorted(
        (start, -end, number)
        for number, phrase in enumerate(wanted.phrases)
        for start, end in phrase.spans(marked_form if phrase.marked else folded_form)
    )
    matches: list[tuple[int, int, int]] = []
    for start, negative_end, number in found:
        if not matches or start >= matches[-1][1]:
            matches.append((start, -negative_end, number))
    return _without_strays(text, matches, wanted.follows)


def _without_strays(
    text: str, matches: list[tuple[int, int, int]], follows: frozenset[tuple[int, int]]
) -> list[tuple[int, int, int]]:
    """Return the matches without syllables that stand alone where the text has them as they were typed.

    Whoever types "đảng bộ" means no "bộ phận"; Vietnamese words are of several syllables, parted by spaces.
    """
    together: set[int] = set()
    for index, (before, after) in enumerate(pairwise(matches)):
        if (before[2], after[2]) in follows and text[before[1] : after[0]] == " ":
            together |= {index, index + 1}
    typed_so = {matches[index][2] for index in together}
    return [match for index, match in enumerate(matches) if index in together or match[2] not in typed_so]


def _best_start(matches: list[tuple[int, int, int]], follows: frozenset[tuple[int, int]], length: int) -> int:
    """Return where the window of `length` characters begins that holds most of the query.

    What counts is how many different phrases it holds, and how many pairs of them that stand one after the
    other as they were typed: "đảng bộ" before "cán bộ, đảng viên".
    """
    gains = [(start, number) for start, _, number in matches]
    gains += [
        (start, -1 - number)
        for (start, end, number), (following, _, next_number) in pairwise(matches)
        if (number, next_number) in follows and following <= end + 2
    ]
    gains.sort()
    best, best_start, last = 0, 0, 0
    counts: Counter[int] = Counter()
    for start, gain in gains:
        counts[gain] += 1
        while gains[last][0] < start - length:
            counts[gains[last][1]] -= 1
            counts += Counter()  # drops what is at zero
            last += 1
        if len(counts) > best:
            best, best_start = len(counts), gains[last][0]
    return best_start


def _word_start(text: str, near: int) -> int:
    space = text.find(" ", near)
    return near if space < 0 else space + 1


def _word_end(text: str, near: int) -> int:
    space = text.find(" ", near)
    return len(text) if space < 0 else space


def _pieces(text: str, start: int, end: int, matches: list[tuple[int, int, int]]) -> Iterator[Piece]:
    for match_start, match_end in _joined(text, matches):
        if match_start < start or match_end > end:
            continue
        if match_start > start:
            yield Piece(text[start:match_start], False)
        yield Piece(text[match_start:match_end], True)
        start = match_end
    if start < end:
        yield Piece(text[start:end], False)


def _joined(text: str, matches: list[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    """Yield where matches begin and end, those that only a space parts taken as one."""
    joined: tuple[int, int] | None = None
    for start, end, _ in matches:
        if joined and text[joined[1] : start] == " ":
            joined = (joined[0], end)
            continue
        if joined:
            yield joined
        joined = (start, end)
    if joined:
        yield joined
