"""Names of Party bodies, state bodies and mass organisations, as they are written."""

from __future__ import annotations

import re
import re
from functools import cache
from typing import NamedTuple

from pipelines.entities.grammar import Grammar
from pipelines.lexicon import load_data
from pipelines.text import exact, fold

class Body(NamedTuple):
    """A body's name in a text. `kind` is party, state or mass; None for companies, schools and the like.

    `is_proper` is False for a bare level ("Thành ủy", "UBND tỉnh"): it names a body to those who know where.
    """

    start: int
    end: int
    kind: str | None
    is_proper: bool


class _Words(NamedTuple):
    kinds: dict[str, str]
    alone: frozenset[str]
    with_level: frozenset[str]
    levels: frozenset[str]
    topical: frozenset[str]
    working: frozenset[str]
    inner: frozenset[str]
    closed: frozenset[str]
    about: str


def body_at(text: str, start: int, grammar: Grammar) -> Body | None:
    """Return the longest name of a body that begins at `start`."""
    begun = grammar.head.match(text, start)
    if begun is None:
        return None
    known = _tables(grammar.marked)
    head, end = exact(begun.group()), begun.end()
    if grammar.head.match(text, end + 1) and exact(text[end + 1 : end + 1 + len(head)]) == head:
        return body_at(text, end + 1, grammar)  # printed twice: "phòng Phòng Tổng hợp"
    end = _end(grammar.country, text, end) if head in known.closed else _name_end(text, head, end, grammar, known)
    rest = exact(text[begun.end() : end])
    return Body(start, end, _kind(head, rest, known), _is_proper(head, rest, known))


def _name_end(text: str, head: str, end: int, grammar: Grammar, known: _Words) -> int:
    if head in known.working:
        if text[end + 1 : end + 2].islower():
            end = _end(grammar.nouns, text, end)
        end = _end(grammar.tail, text, end)
        if (longer := _end(grammar.nouns, text, end)) > end:
            end = _end(grammar.tail, text, longer)
    elif head in known.topical:
        end = _end(grammar.tail, text, _end(grammar.topics, text, end))
        if text.startswith(known.about, end):
            end = _end(grammar.tail, text, _end(grammar.topics, text, end))
    else:
        end = _end(grammar.tail, text, end)
    return end


def _end(pattern: re.Pattern[str], text: str, place: int) -> int:
    found = pattern.match(text, place)
    return found.end() if found else place


def _kind(head: str, rest: str, known: _Words) -> str | None:
    kind = known.kinds.get(head, "state")
    if head in known.inner:
        words = rest.split()
        for superior in (" ".join(words[:count]) for count in (3, 2, 1)):
            kind = known.kinds.get(superior, kind)
            if superior in known.kinds:
                break
    return None if kind == "other" else kind


def _is_proper(head: str, rest: str, known: _Words) -> bool:
    if head in known.alone:
        return True
    if not rest:
        return any(map(str.isdigit, head))  # "Quân khu 7"
    return rest.strip(" .") not in known.levels or head not in known.with_level


@cache
def _tables(marked: bool) -> _Words:
    data = load_data("bodies.json")
    form = exact if marked else fold

    def several(name: str) -> frozenset[str]:
        return frozenset(map(form, data[name]))

    kinds = {form(head): kind for kind, heads in data["heads"].items() for head in heads}
    return _Words(
        kinds,
        *map(several, ("alone", "bare_with_level", "levels", "topical", "working", "inner", "closed")),
        form(" về "),
    )
