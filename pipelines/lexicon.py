"""Word lists as one pattern: every term of a data file is found in one pass over a text.

A term is matched whole (no letter or digit before or after it), in any case and tone placement, and of terms
that begin at one place the longest wins; so a longer term takes the sense away from the shorter one inside it
("Bí thư Đảng ủy" is an office, not the committee).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
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
            start = found.start() - 1 if found.lastindex else found.start()
            end = found.end() - 1
            yield self._senses[text[start:end]], start, end

    def placed(self, group: str, titles: str) -> Placed:
        """Return the terms that begin with one of `group` (not `titles`): found with a place within too."""
        first = [term for term, sense in self._senses.items() if sense.group == group]
        return Placed(
            {
                term[len(begin) :]: sense
                for term, sense in self._senses.items()
                for begin in first
                if term.startswith(begin) and sense.group not in {group, titles}
            }
        )

    def unmarked(self) -> Lexicon:
        """Return the lexicon for texts that were typed without marks.

        Words of one syllable are left out: "dang" is Đảng, đang and đăng.
        """
        return Lexicon({fold(term): sense for term, sense in self._senses.items() if not term.isalpha()})


class Placed:
    """What may follow a body's name and its place: "Huyện ủy Hoằng Hóa họp" is "Huyện ủy họp"."""

    def __init__(self, senses: Mapping[str, Sense]) -> None:
        """Make it of endings with the sense that they give the name."""
        self._senses = senses
        endings = "|".join(map(re.escape, sorted(senses, key=len, reverse=True)))
        self._pattern = re.compile(rf"(?P<place>(?: [^\W\d_]{{1,9}}){{1,3}}?)(?P<ending>{endings})(?!\w)")

    def find(self, printed: str, formed: str, end: int) -> tuple[Sense, int] | None:
        """Return the sense of a name that ends at `end`, and where that ends; None where no place follows.

        A place's words begin with capitals in `printed`, which is `formed` as it was, letter for letter.
        """
        found = self._pattern.match(formed, end)
        if found is None:
            return None
        place = printed[slice(*found.span("place"))].split()
        is_place = all(word[0].isupper() for word in place)
        return (self._senses[found["ending"]], found.end()) if is_place else None


@cache
def load_data(name: str) -> dict[str, Any]:
    """Return a JSON file of `pipelines/data/`."""
    found: dict[str, Any] = json.loads((resources.files("pipelines") / "data" / name).read_text("utf-8"))
    return found


def senses_of(groups: list[dict[str, Any]]) -> dict[str, Sense]:
    """Return term → sense for the groups of a data file. A term that stands twice raises ValueError."""
    senses: dict[str, Sense] = {}
    for group in groups:
        for family in group["families"]:
            for term in family["terms"]:
                if exact(term) in senses:
                    raise ValueError(f"{term!r} stands in two groups")
                senses[exact(term)] = Sense(group["name"], tuple(family.get("kinds", ())))
    return senses


# What may stand before a term: no letter or digit. To what is none of Latin script the engine leaps, which is
# twice as fast as from one possible first letter to the next.
_APART = r"[^0-9_a-z\xdf-\xf6\xf8-\u024f\u1e00-\u1eff](?<!\w)"


def _pattern(terms: Mapping[str, Sense]) -> re.Pattern[str]:
    # A tree of common beginnings, so that no letter is tried twice. A term that is no word at its beginning
    # ("-ct/tw") begins with what is apart itself, and sets a group to say so.
    tree: dict[str, Any] = {}
    for term in terms:
        node = tree
        for letter in term:
            node = node.setdefault(letter, {})
        node[""] = {}
    signs = {letter: tree.pop(letter) for letter in [*tree] if not letter.isalnum()}
    begun = [f"(?<={re.escape(sign)})(){_branch(rest, sign)}" for sign, rest in sorted(signs.items())]
    return re.compile(f"{_APART}(?:{'|'.join([*begun, _branch(tree, '')])})")


def _branch(node: dict[str, Any], before: str) -> str:
    branches = [re.escape(letter) + _branch(rest, letter) for letter, rest in sorted(node.items()) if letter]
    if "" in node:  # a term ends here; longer ones are tried first
        branches.append(r"\b" if before.isalnum() else "")
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
