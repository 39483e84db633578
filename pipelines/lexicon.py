"""Word lists as one pattern: every term of a data file is found in one pass over a text.

A term is matched whole (no letter or digit before or after it), in any case and tone placement, and of terms
that begin at one place the longest wins; so a longer term takes the sense away from the shorter one inside it
("Bí thư Đảng ủy" is an office, not the committee). A # in a term is a number of up to four digits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from pipelines.text import exact, fold


@dataclass(frozen=True, slots=True)
class Sense:
    """What a term stands for: a group of evidence, and kinds of activity that it names."""

    group: str
    kinds: tuple[str, ...] = ()


class Lexicon:
    """Terms with their senses; `find` tells which of them a text holds."""

    def __init__(self, senses: Mapping[str, Sense]) -> None:
        """Make a lexicon of terms in lower case and NFC. Takes some milliseconds: make it once."""
        self._senses = senses
        self._pattern = _pattern(senses)

    def find(self, text: str) -> Iterator[tuple[Sense, int, int]]:
        """Yield each term found in a text in lower case: its sense, start and end."""
        for found in self._pattern.finditer(f"\n{text}"):
            start, end = found.start(), found.end() - 1
            sense = self._senses.get(text[start:end])
            if not sense and (sense := self._senses.get(text[start - 1 : end])):
                start -= 1
            yield sense or self._senses[_NUMBER.sub("#", text[start:end])], start, end

    def unmarked(self) -> Lexicon:
        """Return the lexicon for texts that were typed without marks.

        Words of one syllable are left out: "dang" is Đảng, đang and đăng.
        """
        return Lexicon({fold(term): sense for term, sense in self._senses.items() if not term.isalpha()})


class Acts:
    """What a body does by itself: the verb behind its name in "Huyện ủy Hoằng Hóa vừa tổ chức"."""

    def __init__(self, words: Mapping[str, Sequence[str]], form: Callable[[str], str]) -> None:
        """Make it of words in `form`.

        `verbs` are what a body does; `other` are words that make a verb behind them none of the body's;
        `behind` are words behind which the body is only named ("kết luận của Huyện ủy").
        """
        self._verbs = frozenset(map(form, words["verbs"]))
        either = sorted({*self._verbs, *map(form, words["other"])}, key=len, reverse=True)
        self._pattern = re.compile(
            rf"(?: [^\W_]{{1,12}}){{0,10}}? ({'|'.join(map(re.escape, either))})(?!\w)"
        )
        self._behind = tuple(f"{form(word)} " for word in words["behind"])

    def find(self, text: str, start: int, end: int) -> int | None:
        """Return where a body's act ends, whose name goes from `start` to `end`; None where it does nothing.

        The first of the words decides; what is not a word (a comma, a line's end) parts a name from its verb.
        """
        if text.endswith(self._behind, 0, start):
            return None
        found = self._pattern.match(text, end)
        return found.end() if found and found[1] in self._verbs else None


@cache
def load_data(name: str) -> dict[str, Any]:
    """Return a JSON file of `pipelines/data/`."""
    found: dict[str, Any] = json.loads((resources.files("pipelines") / "data" / name).read_text("utf-8"))
    return found


def senses_of(data: Mapping[str, Any]) -> dict[str, Sense]:
    """Return term → sense for the groups of a data file. A term that stands twice raises ValueError."""
    senses: dict[str, Sense] = {}
    for group in data["groups"]:
        for family in group["families"]:
            for term in terms_of(family, data.get("slots", {})):
                if exact(term) in senses:
                    raise ValueError(f"{term!r} stands in two groups")
                senses[exact(term)] = Sense(group["name"], tuple(family.get("kinds", ())))
    return senses


def terms_of(family: Mapping[str, Any], slots: Mapping[str, Sequence[str]]) -> list[str]:
    """Return a family's terms, a {slot} filled with each of its words."""
    terms: list[str] = family["terms"]
    for slot, words in slots.items():
        sign = f"{{{slot}}}"
        terms = [term.replace(sign, word) for term in terms for word in (words if sign in term else [""])]
    return terms


_NUMBER = re.compile(r"\d+")
# What may stand before a term: no letter or digit. To what is none of Latin script the engine leaps, which is
# twice as fast as from one possible first letter to the next.
_APART = r"[^0-9_a-z\xdf-\xf6\xf8-\u024f\u1e00-\u1eff](?<!\w)"


def _pattern(terms: Mapping[str, Sense]) -> re.Pattern[str]:
    # A tree of common beginnings, so that no letter is tried twice. A term that is no word at its beginning
    # ("-ct/tw") stands there without its sign, which is looked for where all the rest was found.
    tree: dict[str, Any] = {}
    for term in terms:
        sign = "" if term[0].isalnum() else term[0]
        node = tree
        for letter in term[len(sign) :]:
            node = node.setdefault(letter, {})
        node.setdefault("", []).append(sign)
    return re.compile(f"{_APART}{_branch(tree, '')}")


def _branch(node: dict[str, Any], path: str) -> str:
    branches = [_of(letter) + _branch(rest, path + letter) for letter, rest in node.items() if letter]
    branches.sort(key=len, reverse=True)  # the fullest first: it is the likeliest
    for sign in node.get("", ()):  # a term ends here; longer ones are tried first
        behind = f"(?<={re.escape(sign + path)})" if sign else ""
        branches.append(behind + (r"\b" if path[-1].isalnum() else ""))
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _of(letter: str) -> str:
    return r"\d{1,4}" if letter == "#" else re.escape(letter)
