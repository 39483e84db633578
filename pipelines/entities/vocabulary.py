"""Word lists as patterns over text as printed: any case of a word's first letter, both tone placements.

A pattern is a tree of common beginnings, so that no letter is tried twice, and of terms that begin at one
place the longest wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from pipelines.text import other_tone, unmark

CAPITAL = "[A-ZÀ-ÖØ-ÞĂĐĨŨƠƯ" + "".join(chr(point) for point in range(0x1EA0, 0x1EFA, 2)) + "]"


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


def _atoms(term: str, capital: bool) -> Iterable[str]:
    before = " "
    for place, letter in enumerate(term):
        if letter.islower() and not before.isalnum():
            upper = letter.upper() + ("Ð" if letter == "đ" else "")
            yield f"[{upper}]" if capital and not place else f"[{letter}{upper}]"
        else:
            yield "[ĐÐ]" if letter == "Đ" else re.escape(letter)
        before = letter


def _branches(node: dict[str, Any]) -> str:
    branches = [atom + _branches(rest) for atom, rest in sorted(node.items()) if atom]
    if "" in node:  # a term ends here; longer ones are tried first
        branches.append("")
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
