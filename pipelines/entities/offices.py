"""Offices as they are written: a rank and its body, or several in a row."""

from __future__ import annotations

from typing import NamedTuple

from pipelines.entities.bodies import Body, body_at
from pipelines.entities.grammar import Grammar


class Office(NamedTuple):
    """One or more offices as written in one place; `bodies` are those named inside, in order."""

    start: int
    end: int
    bodies: tuple[Body, ...]


def office_at(text: str, start: int, grammar: Grammar) -> Office | None:
    """Return the offices in a row that begin at `start`: "Bí thư Đảng ủy, Giám đốc Sở Nội vụ"."""
    patterns = grammar.office
    bodies: list[Body] = []
    end, place = -1, start
    while rank := patterns.rank.match(text, place):
        inside = _bodies_behind(text, rank.end(), grammar)
        if not inside and patterns.chief.fullmatch(rank.group()):
            break  # "Phó", "Trưởng" say nothing without what of
        bodies += inside
        end = inside[-1].end if inside else rank.end()
        if not inside and (of := grammar.body.field.match(text, end) or patterns.place.match(text, end)):
            end = of.end()  # "Bộ trưởng TT&TT", "Chủ tịch xã Hoa Sơn"
        if closer := patterns.closer.match(text, end):
            end = closer.end()
        joint = patterns.joint.match(text, end)
        if joint is None:
            break
        place = joint.end()
    return Office(start, end, tuple(bodies)) if end > 0 else None


def _bodies_behind(text: str, end: int, grammar: Grammar) -> list[Body]:
    """Return "Văn phòng" and "Sở" of "Chánh Văn phòng phụ trách Sở"; "thuộc" may stand before the first."""
    bodies: list[Body] = []
    of = grammar.office.of.match(text, end)
    end = of.end() - 1 if of else end
    while text[end : end + 1] == " " and (body := body_at(text, end + 1, grammar)):
        bodies.append(body)
        qualifier = grammar.office.qualifier.match(text, body.end)
        end = qualifier.end() if qualifier else body.end
    return bodies
