"""People with the offices that a text gives them, and every body named on the way: one pass over the text.

The pass goes from capital to capital. A word there may begin a body, an office or a name, or follow the end of
a head or a title in lower case; only then is anything matched. An office that ends where a name begins, or
begins where a name ends, is that person's.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipelines.entities.bodies import Body, body_at
from pipelines.entities.grammar import Grammar
from pipelines.entities.offices import Office, office_at
from pipelines.lexicon import load_data
from pipelines.text import exact, fold

_AFTER_NAME = re.compile(r",? ?[-–] ?|, ?| ?\(| là |: |(?: được bầu| được bổ nhiệm)? (?:giữ chức vụ|giữ chức|làm) | ")
_LOOK_BACK = 48


class Person(NamedTuple):
    """A name in a text, and the office beside it."""

    start: int
    end: int
    office: Office | None


class Mentions(NamedTuple):
    """What one text names, in the order of the text."""

    people: list[Person]
    bodies: list[Body]


def mentions(text: str, grammar: Grammar) -> Mentions:
    """Return the people and the bodies that a text names. Linear in its length."""
    reader = _Reader(text, grammar)
    reader.read()
    return Mentions(reader.people, reader.bodies)


class _Reader:
    def __init__(self, text: str, grammar: Grammar) -> None:
        self.text, self.grammar = text, grammar
        self.people: list[Person] = []
        self.bodies: list[Body] = []
        self._taken = 0  # everything before has been read
        self._office: Office | None = None  # read, and not yet anybody's
        self._refused = -1  # end of a name that was a street's, a school's

    def read(self) -> None:
        text, begins, follows = self.text, self.grammar.begins, self.grammar.follows
        for found in self.grammar.capital.finditer(text):
            start = found.start()
            if start < self._taken:
                continue
            what = begins.get(found.group(), "")
            before = text[text.rfind(" ", max(0, start - 12), start - 1) + 1 : start - 1] if start else ""
            cue = follows.get(before, "")
            if "h" in cue and self._read_lower(start):
                continue
            if "r" in what and self._read_office(start):
                continue
            if "b" in what and self._read_body(start):
                continue
            if "n" in what or "t" in cue:
                self._read_name(start, "n" in what)

    def _read_lower(self, start: int) -> bool:
        """A head or a rank in lower case that ends before a capital: "chi bộ Thanh tra"."""
        beginning = max(self._taken, start - _LOOK_BACK)
        found = self.grammar.lower_start.search(self.text, beginning, start)
        if not found:
            return False
        return self._read_office(found.start()) or self._read_body(found.start())

    def _read_office(self, start: int) -> bool:
        office = office_at(self.text, start, self.grammar)
        if office is None:
            return False
        self._office = office
        self._take(office)
        return True

    def _read_body(self, start: int) -> bool:
        body = body_at(self.text, start, self.grammar)
        if body is None:
            if stop := self.grammar.stop.match(self.text, start):
                self._taken = stop.end()
            return stop is not None
        self.bodies.append(body)
        self._taken = body.end
        return True

    def _take(self, office: Office) -> None:
        self.bodies.extend(office.bodies)
        self._taken = office.end

    def _read_name(self, start: int, is_family: bool) -> None:
        text = self.text
        end = self._name_end(start, is_family)
        if end is None:
            return
        self._taken = end
        office = self._office_before(start)
        self._office = None
        if office is None:
            office = self._office_after(end)
            if office:
                self._take(office)
        self.people.append(Person(start, end, office))

    def _name_end(self, start: int, is_family: bool) -> int | None:
        text, grammar = self.text, self.grammar
        found = grammar.name.match(text, start)
        if found is None:
            return None
        window = max(0, start - _LOOK_BACK)
        has_title = bool(grammar.title.search(text, window, start))
        has_office = self._office_before(start) is not None
        place = grammar.place.match(text, start)
        if place and not (has_office and exact(found.group()) == _PRESIDENT):
            self._taken = place.end()
            return None
        if not has_title and not has_office:
            syllables = found.group().count(" ") + 1
            family = exact(text[start : text.find(" ", start)])
            if not is_family or (syllables == 2 and family in _weak(grammar.marked)):
                return None
            if grammar.namesake.search(text, window, start) or (
                self._refused >= 0 and text[self._refused : start] in {", ", " và ", " - ", " – "}
            ):
                self._refused = self._taken = found.end()
                return None
        return found.end()

    def _office_before(self, start: int) -> Office | None:
        office = self._office
        if office and start - office.end < 60 and self.grammar.to_name.fullmatch(self.text, office.end, start):
            return office
        return None

    def _office_after(self, end: int) -> Office | None:
        joint = _AFTER_NAME.match(self.text, end)
        office = office_at(self.text, joint.end(), self.grammar) if joint else None
        if office and self._begins_name(office.end):
            return None  # the next person's: "A, Phó Giám đốc Sở B"
        return office

    def _begins_name(self, end: int) -> bool:
        if self.text[end : end + 1] != " ":
            return False
        found = self.grammar.capital.match(self.text, end + 1)
        return bool(
            found and "n" in self.grammar.begins.get(found.group(), "") and self.grammar.name.match(self.text, end + 1)
        )


_PRESIDENT = "hồ chí minh"


@cache
def _weak(marked: bool) -> frozenset[str]:
    return frozenset(map(exact if marked else fold, load_data("names.json")["weak"]))
