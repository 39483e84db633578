"""How a text is printed: in which language, with its marks or without, all in capitals or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from string import ascii_lowercase
from typing import NamedTuple

from pipelines.entities.grammar import Grammar, grammar
from pipelines.lexicon import load_data
from pipelines.text import language_of

_SAMPLE = 2000  # characters that tell the language
_OPENING = 120  # and those that tell whether a text is all in capitals
# Vietnamese typed without marks has several of these; another language hardly two.
_TELLING = re.compile(
    r"\b(?:dang (?:bo|uy|vien)|chi bo|dong chi|thong tin|dai hoi|hoi nghi|nguyen|uy ban|thanh pho|ke hoach)\b"
)
_FEWEST = 3
_SMALL = ascii_lowercase.encode()
_WORD = re.compile(r"[^\W\d_]+")


def is_marked(text: str, language: str | None) -> bool | None:
    """Return whether a Vietnamese text has its marks; None where it is in another language."""
    if (language or language_of(text)) == "vi":
        return True
    return False if len(set(_TELLING.findall(text[:_SAMPLE].lower()))) >= _FEWEST else None


class Part(NamedTuple):
    """A stretch of a text that is printed one way, and its place in the text."""

    begin: int
    text: str
    is_shouted: bool


def parts(text: str) -> Iterator[Part]:
    """Yield a text in its parts: a heading all in capitals, and the rest; most have no such heading."""
    place = 0
    if not _has_small_letters(text[:_OPENING]):
        for line in text.splitlines(keepends=True):
            if line.strip() and _has_small_letters(line[:_OPENING]):
                break
            place += len(line)
        yield Part(0, text[:place], is_shouted=True)
    if place < len(text):
        yield Part(place, text[place:], is_shouted=False)


def readable(part: Part, marked: bool) -> tuple[str, Grammar]:
    """Return the part's text as the patterns want it, letter for letter as long, and the patterns for it.

    Of text all in capitals every word begins with one and goes on in lower case, known abbreviations apart.
    """
    if part.is_shouted:
        return _WORD.sub(_capitalised, part.text), grammar(marked, shouted=True)
    return part.text, grammar(marked)


def _has_small_letters(opening: str) -> bool:
    plain = opening.encode("ascii", "ignore")
    if (len(plain) - len(plain.translate(None, _SMALL))) * 10 >= len(opening) * 3:  # most, by these alone
        return True
    return sum(map(str.islower, opening)) * 10 >= sum(map(str.isalpha, opening)) * 3


def _capitalised(found: re.Match[str]) -> str:
    word = found.group()
    lowered = word[0] + word[1:].lower()
    return word if word in _abbreviations() or len(lowered) != len(word) else lowered


@cache
def _abbreviations() -> frozenset[str]:
    data = load_data("bodies.json")
    terms = [*data["fields"], *(head for kind in data["heads"].values() for head in kind), "TP", "TW"]
    return frozenset(word for term in terms for word in _WORD.findall(term) if word.isupper())
