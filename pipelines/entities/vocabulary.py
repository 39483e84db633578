"""Word lists as patterns over text as printed: any case of a word's first letter, both tone placements.

A pattern is a tree of common beginnings, so that no letter is tried twice, and of terms that begin at one
place the longest wins. A dash in a term is any dash, with blanks around it or without; "TW" and "trung ương"
are also "T.Ư" and "TƯ", as newspapers shorten it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from pipelines.text import other_tone, unmark

CAPITAL = "[A-ZÀ-ÖØ-ÞĂĐĨŨƠƯ" + "".join(chr(point) for point in range(0x1EA0, 0x1EFA, 2)) + "]"


_DASH = re.compile(" ?[-–] ?")
_CENTRAL = re.compile("trung (?:ương|uong)|TW")
_CENTRAL_SHORT = r"TW|T\.?Ư|T\.W"
_CENTRAL_PRINTED = re.compile(rf"{_CENTRAL_SHORT}|[Tt]rung (?:[Ưư]ơng|[Uu]ong)")
_SHORT_FIRST = ("T", "TW", "TƯ")  # the words that `_CENTRAL_SHORT` begins with


def unmarked(text: str) -> str:
    """Return the text as typed without marks, in its case."""
    return unmark(text).replace("Đ", "D")


def words(terms: Iterable[str], *, capital: bool = False, marked: bool = True) -> str:
    """Return a pattern that matches any of the terms, whole words.

    A letter that begins a word is matched in either case, with `capital` that of the term in upper case only;
    a term's own capitals ("UBND") stand as they are. Not `marked`: as typed without marks.
    """
    return _pattern(tuple(terms), capital, marked)


@cache  # the same lists stand in many patterns
def _pattern(terms: tuple[str, ...], capital: bool, marked: bool) -> str:
    tree: dict[str, Any] = {}
    for term in terms:
        for spelling in (term, other_tone(term)) if marked else (unmarked(term),):
            node = tree
            for atom in _atoms(spelling, capital):
                node = node.setdefault(atom, {})
            node[""] = {}
    return rf"{_branches(tree)}(?!\w)"


def one_spelling(printed: str) -> str:
    """Return text with dashes and the centre's name spelt one way, of all that `words` takes for them."""
    return _DASH.sub(" - ", _CENTRAL_PRINTED.sub("TW", printed))


def first_words(term: str) -> list[str]:
    """Return the words that a term begins with in a text, as `words` matches it."""
    if _CENTRAL.match(term) and not term.startswith("TW"):
        return [term.split()[0], *_SHORT_FIRST]
    first = _DASH.split(term)[0].split()[0].rstrip(",")
    before, short, behind = first.partition("TW")
    return [f"{before}{one}{behind}" for one in _SHORT_FIRST] if short else [first]


def _atoms(term: str, capital: bool) -> Iterator[str]:
    """Yield what a term is matched by, letter by letter."""
    place = 0
    while place < len(term):
        if dash := _DASH.match(term, place):
            yield _DASH.pattern
            place = dash.end()
        elif central := _CENTRAL.match(term, place):
            long = (_letter(term, each, capital) for each in range(place, central.end()))
            yield f"(?:{''.join(long)}|{_CENTRAL_SHORT})"
            place = central.end()
        else:
            yield _letter(term, place, capital)
            place += 1


def _letter(term: str, place: int, capital: bool) -> str:
    letter = term[place]
    if letter.islower() and not term[place - 1 : place].isalnum():
        upper = letter.upper() + ("Ð" if letter == "đ" else "")
        return f"[{upper}]" if capital and not place else f"[{letter}{upper}]"
    return "[ĐÐ]" if letter == "Đ" else re.escape(letter)


def _branches(node: dict[str, Any]) -> str:
    branches = [atom + _branches(rest) for atom, rest in sorted(node.items()) if atom]
    if "" in node:  # a term ends here; longer ones are tried first
        branches.append("")
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
