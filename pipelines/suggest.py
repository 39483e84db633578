"""What somebody may be about to type: the known names that fit the beginning of it, the best first.

Every word typed must be a word of the name; the last may be unfinished. Marks, case and tone placement do not
matter; where marks were typed, names with these marks come first. It costs the same however many names there
are: of a frequent word only the names that most articles hold are looked at.
"""

from __future__ import annotations

import json
import math
import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from pipelines.lexicon import load_data
from pipelines.names import magnitude, typed_words, words_of
from pipelines.provinces import name_of
from pipelines.text import clean, exact, fold
from pipelines.typed_document import numbered

KINDS = ("person", "organisation", "document", "province", "activity")
LONGEST = 80  # characters of what was typed count
SHOWN = 8  # suggestions at most
_OF_A_KIND = 4  # at most, where others want the room
_MOST_WORDS = 8
_LOOKED_AT = 2000  # names of a frequent word
_BEGINNINGS = 200  # names that begin as typed
_FITTED = 400  # names that are compared word by word
_SYLLABLES = 400  # words that an unfinished one may become
_COMPARED = 16  # names of a kind whose articles are counted exactly
_ASKED = 40  # people whose offices are looked at
_STATEMENTS = 30  # newest articles of a person in which his office is looked for
_END = "\U0010ffff"  # sorts behind every letter

_OPERATORS = {"nguoi": "person", "tinh": "province", "thanh pho": "province", "van ban": "document"}
_OPERATOR = re.compile(rf"(?<!\S)({'|'.join(_OPERATORS)}):\s*\"?([^\":]*)\Z")
_TITLES = ("đồng chí", "ông", "bà")


class Suggestion(NamedTuple):
    """A known name. `before` is what was typed ahead of it, and stays a query; None where nothing was."""

    kind: str  # of `KINDS`
    name: str
    articles: int
    before: str | None = None


class Typed(NamedTuple):
    """What was typed of a name: its folded words, and its words with their marks where any was typed."""

    words: list[str]
    marked: list[str]

    @classmethod
    def of(cls, text: str) -> Typed:
        """Return what was typed, as far as it counts."""
        marked = exact(text)
        return cls(words_of(numbered(text))[:_MOST_WORDS], marked.split() if marked != fold(text) else [])

    @property
    def is_enough(self) -> bool:
        """True where it says more than a letter."""
        return sum(map(len, self.words)) > 1

    def fit(self, name: str, kind: str, label: str | None = None) -> float | None:
        """Return how well a name fits, None where a word typed begins none of its words.

        `label` holds the words it is known by, where these are others.
        """
        words = words_of(label or name)
        *whole, last = self.words
        if not all(word in words for word in whole) or not any(word.startswith(last) for word in words):
            return None
        fit = 2.0 * (kind == "province") + (kind == "activity")
        if self.words in (words, words_of(name)):
            fit += 12
        elif _begins(words, self.words):
            fit += 3
        elif any(_begins(words[start:], self.words) for start in range(1, len(words))):
            fit += 1.5
        if kind == "person" and words[-1] == last:  # by which people are called
            fit += 2
        if self.marked and _has_marks(exact(label or name).split(), self.marked):
            fit += 8
        return fit


def suggest(connection: sqlite3.Connection, typed: str, *, most: int = SHOWN) -> list[Suggestion]:
    """Return the names that fit what was typed so far, the best first; behind `người:` people alone.

    A province may also stand at the end of a longer query: the rest is in `before` then.
    """
    text = clean(typed)[:LONGEST]
    operator = _OPERATOR.search(fold(text))
    kinds: Collection[str] = KINDS
    before = None
    if operator:
        kinds = (_OPERATORS[operator[1]],)
        before = text[: operator.start()].strip() or None
        text = text[operator.start(2) :]
    wanted = Typed.of(text)
    if not wanted.is_enough:
        return []
    scored = dict(_fitting(wanted, _candidates(connection, wanted.words), kinds))
    if "person" in kinds:
        scored |= _in_office(connection, wanted)
    if "province" in kinds and (province := name_of(text)):
        scored["province", province] = 14.0
    found = _best(connection, scored, most)
    tail = _province_at_the_end(connection, text) if not operator else None
    return ([tail] if tail else []) + [each._replace(before=before) for each in found][: most - bool(tail)]


def counted(connection: sqlite3.Connection, names: Iterable[tuple[str, str]]) -> list[Suggestion]:
    """Return those of the names (kind, name) that articles hold, with how many do."""
    rows = connection.execute(
        "SELECT n.kind, n.name, n.articles FROM json_each(?) wanted "
        "JOIN names n ON n.kind = wanted.value ->> 0 AND n.name = wanted.value ->> 1 ORDER BY wanted.key",
        (json.dumps([*names]),),
    )
    return [Suggestion(*row) for row in rows]


def _begins(words: Sequence[str], typed: Sequence[str]) -> bool:
    return (
        len(words) >= len(typed)
        and list(words[: len(typed) - 1]) == list(typed[:-1])
        and words[len(typed) - 1].startswith(typed[-1])
    )


def _has_marks(words: list[str], marked: list[str]) -> bool:
    return all(any(word.startswith(one) for word in words) for one in marked)


def _fitting(
    wanted: Typed, candidates: Iterable[tuple[str, str, float]], kinds: Collection[str]
) -> Iterator[tuple[tuple[str, str], float]]:
    left = _FITTED
    for kind, name, size in candidates:
        if kind not in kinds or not _may_fit(wanted, kind, name):
            continue
        if (fit := wanted.fit(*_known_by(kind, name))) is not None:
            yield (kind, name), fit + size
        left -= 1
        if not left:
            return


def _may_fit(wanted: Typed, kind: str, name: str) -> bool:
    """False for most names that do not fit, at a fraction of the cost."""
    text = fold(name)
    return kind in {"activity", "document"} or all(word in text for word in wanted.words)


def _known_by(kind: str, name: str) -> tuple[str, str, str | None]:
    if kind in {"activity", "document"}:
        return name, kind, " ".join(typed_words(kind, name))
    return name, kind, None


def _best(
    connection: sqlite3.Connection, scored: dict[tuple[str, str], float], most: int
) -> list[Suggestion]:
    """Return the names, the best first; no kind takes the room of another."""
    ordered = sorted(scored, key=lambda name: (-scored[name], name))
    first = [name for kind in KINDS for name in _of_kind(ordered, kind)[:_COMPARED]]
    found = sorted(
        counted(connection, first),
        key=lambda each: -(scored[each.kind, each.name] + math.log2(each.articles) % 1),
    )
    found = _distinct(found)
    ahead = {each for kind in KINDS for each in [one for one in found if one.kind == kind][:_OF_A_KIND]}
    shown = [*filter(ahead.__contains__, found), *(each for each in found if each not in ahead)][:most]
    return [each for each in found if each in shown]


def _of_kind(names: list[tuple[str, str]], kind: str) -> list[tuple[str, str]]:
    return [name for name in names if name[0] == kind]


def _distinct(found: list[Suggestion]) -> list[Suggestion]:
    """Return one of those that differ in case or tone placement alone, that of most articles."""
    shown: dict[tuple[str, str], Suggestion] = {}
    for each in found:
        known = shown.setdefault((each.kind, exact(each.name)), each)
        if each.articles > known.articles:
            shown[each.kind, exact(each.name)] = each
    return list(shown.values())


def _candidates(connection: sqlite3.Connection, words: Sequence[str]) -> Iterator[tuple[str, str, float]]:
    """Yield names that begin as typed, then such as have the rarest word, those of most articles first.

    Each is (kind, name, magnitude); some lack the other words.
    """
    *whole, last = words
    if whole:
        begin = " ".join(words)
        for kind, name, articles in connection.execute(
            "SELECT kind, name, articles FROM names WHERE folded >= ? AND folded < ? LIMIT ?",
            (begin, begin + _END, _BEGINNINGS),
        ):
            yield kind, name, magnitude(articles)
    counts = {word: _count(connection, word, word) for word in whole}
    unfinished = _count(connection, last, last + _END)
    rarest = min(counts, key=counts.__getitem__, default=None)
    if rarest is not None and counts[rarest] <= unfinished:
        yield from _of_word(connection, rarest, _LOOKED_AT)
    elif unfinished < _LOOKED_AT:
        rows = connection.execute(
            "SELECT kind, name, magnitude FROM name_words WHERE word >= ? AND word < ?", (last, last + _END)
        )
        yield from sorted(rows, key=itemgetter(2), reverse=True)
    else:
        syllables = _beginning(connection, last)
        most = max(SHOWN, _LOOKED_AT // len(syllables))
        found = chain.from_iterable(_of_word(connection, word, most) for word in syllables)
        yield from sorted(found, key=itemgetter(2), reverse=True)


def _of_word(connection: sqlite3.Connection, word: str, most: int) -> sqlite3.Cursor:
    return connection.execute(
        "SELECT kind, name, magnitude FROM name_words WHERE word = ? ORDER BY magnitude DESC LIMIT ?",
        (word, most),
    )


def _count(connection: sqlite3.Connection, first: str, last: str) -> int:
    """Return how many names have a word in a range, `_LOOKED_AT` where there are more."""
    (count,) = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM name_words WHERE word BETWEEN ? AND ? LIMIT ?)",
        (first, last, _LOOKED_AT),
    ).fetchone()
    return int(count)


def _beginning(connection: sqlite3.Connection, typed: str) -> list[str]:
    """Return the words of names that begin as typed; the index is asked for one after the other."""
    rows = connection.execute(
        "WITH RECURSIVE found(word) AS ("
        "SELECT min(word) FROM name_words WHERE word >= :typed UNION ALL "
        "SELECT (SELECT min(word) FROM name_words WHERE word > found.word) FROM found "
        "WHERE found.word < :end) "
        "SELECT word FROM found WHERE word < :end LIMIT :most",
        {"typed": typed, "end": typed + _END, "most": _SYLLABLES},
    )
    return [word for (word,) in rows]


def _in_office(connection: sqlite3.Connection, wanted: Typed) -> dict[tuple[str, str], float]:
    """Return the people who fit what follows an office ("bí thư nguyễn"), and have held such a one."""
    office = next(
        (
            length
            for length in range(len(wanted.words) - 1, 0, -1)
            if tuple(wanted.words[:length]) in _offices()
        ),
        0,
    )
    if not office:
        return {}
    name = Typed(wanted.words[office:], [])
    people = dict(_fitting(name, _candidates(connection, name.words), ("person",)))
    ranks = wanted.words[:office]
    is_title = " ".join(ranks) in map(fold, _TITLES)
    first = sorted(people, key=lambda person: (-people[person], person))[:_ASKED]
    return {person: people[person] + 3 for person in first if is_title or _held(connection, person[1], ranks)}


def _held(connection: sqlite3.Connection, name: str, ranks: list[str]) -> bool:
    rows = connection.execute(
        "SELECT office FROM (SELECT office FROM people WHERE name = ? ORDER BY article DESC LIMIT ?) "
        "WHERE office IS NOT NULL",
        (name, _STATEMENTS),
    )
    return any(f" {' '.join(ranks)} " in f" {' '.join(words_of(office))} " for (office,) in rows)


@cache
def _offices() -> frozenset[tuple[str, ...]]:
    known = load_data("offices.json")
    return frozenset(tuple(words_of(words)) for words in (*known["ranks"], *known["whole"], *_TITLES))


def _province_at_the_end(connection: sqlite3.Connection, text: str) -> Suggestion | None:
    """Return the province that the last words of a longer query name, the longest name first."""
    words = text.split()
    for start in range(max(1, len(words) - _MOST_WORDS), len(words)):
        if province := name_of(" ".join(words[start:])):
            for known in counted(connection, [("province", province)]):
                return known._replace(before=" ".join(words[:start]))
    return None
