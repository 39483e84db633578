"""Names that the corpus knows in what somebody typed: which, and where one behind an operator ends."""

from __future__ import annotations

import json
import sqlite3
from itertools import groupby

from pipelines.names import folded, words_of
from pipelines.provinces import name_of
from pipelines.query import with_names
from pipelines.suggest import Suggestion
from pipelines.text import clean, exact
from pipelines.typed_document import numbered

_KINDS = ("person", "organisation", "document", "province")  # an activity's name is an ordinary word
_MOST_WORDS = 12  # of what was typed are looked through
_LONGEST = 8  # words of a name
_SHOWN = 4


def meant(connection: sqlite3.Connection, typed: str) -> list[Suggestion]:
    """Return the people, bodies, documents and provinces that were typed by their whole names.

    The longest names count, and none inside another. A name of one word counts where nothing else was typed.
    Of namesakes of a kind comes the one with the marks that were typed, else the one of most articles.
    """
    words = words_of(numbered(clean(typed)))[:_MOST_WORDS]
    runs = {
        " ".join(words[start:end]): (start, end)
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + _LONGEST) + 1)
        if end - start > 1 or len(words) == 1
    }
    rows = connection.execute(
        "SELECT kind, name, articles, folded FROM names WHERE folded IN (SELECT value FROM json_each(?))",
        (json.dumps([*runs]),),
    )
    found = [(runs[run], Suggestion(*told)) for *told, run in rows if told[0] in _KINDS]
    taken: list[tuple[int, int]] = []
    shown: list[Suggestion] = []
    found.sort(key=lambda each: (each[0][0] - each[0][1], each[0][0], _KINDS.index(each[1].kind)))
    for (place, _), group in groupby(found, key=lambda each: (each[0], each[1].kind)):
        if any(start < place[1] and place[0] < end and (start, end) != place for start, end in taken):
            continue
        taken.append(place)
        namesakes = [each for _, each in group]
        shown.append(max(namesakes, key=lambda each: (_is_in(each.name, typed), each.articles)))
    return shown[:_SHOWN]


def settled(connection: sqlite3.Connection, typed: str) -> str:
    """Return what was typed with the known names behind `người:` and `tỉnh:` in quotation marks.

    So `người:nguyễn văn an đại hội` asks for the person and for two more words.
    """
    return with_names(typed, lambda kind, words: _length(connection, kind, words)) if ":" in typed else typed


def _length(connection: sqlite3.Connection, kind: str, words: list[str]) -> int:
    """Return how many of the first words are the longest name known, 0 where none is."""
    beginnings = [" ".join(words[:length]) for length in range(min(len(words), _LONGEST), 0, -1)]
    for beginning in beginnings:
        if kind == "place" and name_of(beginning):
            return len(beginning.split())
        if connection.execute(
            "SELECT 1 FROM names WHERE folded = ? AND kind = ?",
            (folded(beginning), {"place": "province"}.get(kind, kind)),
        ).fetchone():
            return len(beginning.split())
    return 0


def _is_in(name: str, typed: str) -> bool:
    return exact(name) in exact(clean(typed))
