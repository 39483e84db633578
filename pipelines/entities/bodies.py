"""Names of Party bodies, state bodies and mass organisations, as they are written."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from pipelines.entities.grammar import Grammar
from pipelines.entities.vocabulary import one_spelling
from pipelines.lexicon import load_data
from pipelines.text import exact, fold

# Names come again and again, within an article and from one to the next; `exact` itself remembers few texts.
compared = lru_cache(maxsize=1 << 13)(exact.__wrapped__)
_NUMBER = re.compile(r" (?:s[ốo] )?\S*\Z")  # of "chi bộ 4", "chi bộ số 4"


class Body(NamedTuple):
    """A body's name in a text. `kind` is party, state or mass; None for companies, schools and the like.

    `is_proper` is False for a bare level ("Thành ủy", "UBND tỉnh"): it names a body to those who know where.
    """

    start: int
    end: int
    kind: str | None
    is_proper: bool


class _Heads(NamedTuple):
    kinds: dict[str, str]
    about: str
    alone: frozenset[str]
    bare_with_level: frozenset[str]
    levels: frozenset[str]
    topical: frozenset[str]
    working: frozenset[str]
    inner: frozenset[str]
    closed: frozenset[str]


def body_at(text: str, start: int, grammar: Grammar) -> Body | None:
    """Return the longest name of a body that begins at `start`."""
    begun = grammar.body.head.match(text, start)
    if begun is None:
        return None
    heads, behind = _heads(grammar.marked), begun.end()
    head = _known_form(begun[0])
    again, again_end = behind + 1, behind + 1 + len(begun[0])
    if text[again : again + 2].lower() == head[:2] and _known_form(text[again:again_end]) == head:
        start, behind = again, again_end  # "phòng Phòng Tổng hợp"
    if head in heads.closed:
        end = _end(grammar.body.country, text, behind)
    else:
        end = _name_end(text, head, behind, grammar)
    rest = _known_form(text[behind:end])
    return Body(start, end, *_sort(head, rest, grammar.marked))


def _name_end(text: str, head: str, end: int, grammar: Grammar) -> int:
    heads, patterns = _heads(grammar.marked), grammar.body
    if head in heads.topical:
        end = _end(patterns.tail, text, _end(patterns.topics, text, end))
        if text.startswith(heads.about, end):
            end = _end(patterns.tail, text, _end(patterns.topics, text, end))
        return end
    if head in heads.working and text[end + 1 : end + 2].islower():
        end = _end(patterns.nouns, text, end)
    end = _end(patterns.tail, text, end)
    if head in heads.working and (longer := _end(patterns.nouns, text, end)) > end:
        end = _end(patterns.tail, text, longer)
    return end


@lru_cache(maxsize=1 << 13)
def _known_form(printed: str) -> str:
    """Return the words as the lists compare them."""
    return compared(one_spelling(printed))


def _end(pattern: re.Pattern[str], text: str, place: int) -> int:
    found = pattern.match(text, place)
    return found.end() if found else place


@lru_cache(maxsize=1 << 13)
def _sort(head: str, rest: str, marked: bool) -> tuple[str | None, bool]:
    """Return a body's kind, and whether it is proper."""
    heads = _heads(marked)
    return _kind(head, rest, heads), _is_proper(head, rest, heads)


def _kind(head: str, rest: str, heads: _Heads) -> str | None:
    kind = heads.kinds.get(head) or heads.kinds.get(_NUMBER.sub("", head), "state")
    if head in heads.inner:
        words = rest.split(maxsplit=3)[:3]
        superiors = (" ".join(words[:count]) for count in range(len(words), 0, -1))
        kind = next((heads.kinds[one] for one in superiors if one in heads.kinds), kind)
    return None if kind == "other" else kind


def _is_proper(head: str, rest: str, heads: _Heads) -> bool:
    if head in heads.alone:
        return True
    if not rest:
        return any(map(str.isdigit, head))  # "Quân khu 7"
    return head not in heads.bare_with_level or rest.strip(" .") not in heads.levels


@cache
def _heads(marked: bool) -> _Heads:
    data = load_data("bodies.json")
    spelt = exact if marked else fold

    def form(term: str) -> str:
        return spelt(one_spelling(term))

    kinds = {form(head): kind for kind, heads in data["heads"].items() for head in heads}
    return _Heads(kinds, form(" về "), *(frozenset(map(form, data[name])) for name in _Heads._fields[2:]))
