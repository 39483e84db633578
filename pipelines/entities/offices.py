"""Offices as they are written: a rank and its body, or several in a row."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelines.entities.bodies import Body, body_at
from pipelines.entities.grammar import Grammar

_NEXT = re.compile(r",? ?[-–] ?|, ?(?:kiêm |đồng thời là )?| kiêm | và |; ?")


class Office(NamedTuple):
    """One or more offices as written in one place; `bodies` are those named inside, in order."""

    start: int
    end: int
    bodies: tuple[Body, ...]


def office_at(text: str, start: int, grammar: Grammar) -> Office | None:
    """Return the chain of offices that begins at `start`: "Bí thư Đảng ủy, Giám đốc Sở Nội vụ"."""
    bodies: list[Body] = []
    end, place = -1, start
    while rank := grammar.rank.match(text, place):
        inside = _bodies_behind(text, rank.end(), grammar)
        if not inside and grammar.chief.fullmatch(rank.group()):
            break  # "Phó", "Trưởng" say nothing without what of
        bodies += inside
        end = inside[-1].end if inside else rank.end()
        if not inside and text[end : end + 1] == " " and (field := grammar.field.match(text, end + 1)):
            end = field.end()
        joint = _NEXT.match(text, end)
        if joint is None:
            break
        place = joint.end()
    return Office(start, end, tuple(bodies)) if end > 0 else None


def _bodies_behind(text: str, end: int, grammar: Grammar) -> list[Body]:
    """"Văn phòng" and "Sở" in "Chánh Văn phòng phụ trách Sở"."""
    bodies: list[Body] = []
    while text[end : end + 1] == " " and (body := body_at(text, end + 1, grammar)):
        bodies.append(body)
        qualifier = grammar.qualifier.match(text, body.end)
        end = qualifier.end() if qualifier else body.end
    return bodies
