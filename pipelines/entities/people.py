"""People with the offices that a text gives them, and every body named on the way: one pass over the text.

The pass goes from capital to capital. A word there may begin a body, an office or a name, or follow the end
of a head or a title in lower case; only then is anything matched. An office that ends where a name begins, or
begins where a name ends, is that person's.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelines.entities.bodies import Body, body_at, compared
from pipelines.entities.grammar import Grammar
from pipelines.entities.offices import Office, office_at
from pipelines.entities.vocabulary import CAPITAL

_CAPITALISED = re.compile(rf"{CAPITAL}\w*")
_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST_CUE = 12  # letters of the word before a capital: a longer one is none of ours
_LOOK_BACK = 48  # characters before a name in which its title stands
_WIDEST_GAP = 60  # between an office and the name behind it
_IN_A_ROW = frozenset({", ", " và ", " va ", " - ", " – "})
_APART = frozenset({", ", " -", " –"})  # between a name and its office
_NEXT = (";", " và ", " va ")  # between one's office and the next person's: "A, Bí thư; Phó Giám đốc Sở B"
_SEVERAL = frozenset({"các ", "cac "})
_PRESIDENT = frozenset({"hồ chí minh", "ho chi minh"})  # a city's name too, and a street's


class Person(NamedTuple):
    """A name in a text, and the office beside it."""

    start: int
    end: int
    office: Office | None


class Mentions(NamedTuple):
    """What one text names, in its order."""

    people: list[Person]
    bodies: list[Body]


def normal_name(written: str) -> str:
    """Return a person's name in the case of names: "NGUYỄN VĂN BÌNH" is Nguyễn Văn Bình."""
    if not (written.isupper() or written.islower()):
        return written
    return _LETTERS.sub(lambda word: word.group().capitalize(), written)


def _calmed(name: re.Match[str]) -> str:
    calm = normal_name(name.group())
    return calm if len(calm) == len(name.group()) else name.group()


def mentions(text: str, grammar: Grammar) -> Mentions:
    """Return the people and the bodies that a text names. Linear in its length."""
    reader = _Reader(text, grammar)
    reader.read()
    return Mentions(reader.people, reader.bodies)


class _Reader:
    def __init__(self, text: str, grammar: Grammar) -> None:
        self.text, self.grammar, self.patterns = text, grammar, grammar.person
        self.people: list[Person] = []
        self.bodies: list[Body] = []
        self._taken = 0  # everything before has been read
        self._office: Office | None = None  # read, and not yet anybody's
        self._refused = -1  # end of a name that was a street's or a school's
        self._is_calm = False  # names in capitals read as others do

    def read(self) -> None:
        """Read the text, from where it has been read to its end."""
        text, begins = self.text, self.grammar.begins
        follows, endings = self.grammar.follows, self.grammar.endings
        for found in _CAPITALISED.finditer(text):
            start = found.start()
            if start < self._taken:
                continue
            what, cue = begins.get(found[0], ""), ""
            if text[start - 3 : start] in endings:  # most words before a capital end nothing of ours
                near = max(0, start - _LONGEST_CUE)
                cue = follows.get(text[near : start - 1].rpartition(" ")[2], "")
            if not what and not cue:
                continue
            if "s" in what and not self._is_calm:
                self._is_calm = True
                self.text = self.patterns.shouted.sub(_calmed, text)
                self.read()
                return
            read = (
                ("h" in cue and self._read_lower(start))
                or ("r" in what and self._read_office(start))
                or ("b" in what and self._read_body(start))
            )
            if read and self._taken > start:
                continue  # an office in lower case may end where a name begins: "đại biểu Lê Văn An"
            if "n" in what or "t" in cue:
                self._read_name(start, "n" in what)
            elif "m" in what:
                self._read_around(start)

    def _read_lower(self, start: int) -> bool:
        """Read what a head or a rank in lower case begins: "chi bộ Thanh tra"."""
        window = max(self._taken, start - _LOOK_BACK)
        found = self.patterns.lower_start.search(self.text, window, start)
        if found is None:
            return False
        return self._read_office(found.start()) or self._read_body(found.start())

    def _read_office(self, start: int) -> bool:
        office = office_at(self.text, start, self.grammar)
        if office is None:
            return False
        if self.text[start - 2 : start] in self.patterns.former_endings:
            former = self.patterns.former.search(self.text, max(self._taken, start - _LONGEST_CUE), start)
            office = office._replace(start=former.start()) if former else office
        office = self._without_chief(office)
        self._office = office
        self._take(office)
        return True

    def _without_chief(self, office: Office) -> Office:
        """Return the office as far as a name that is its holder's: "Chủ tịch UBND phường Nguyễn Văn Bình".

        It is the ward's or the school's where the holder is named behind it.
        """
        for place, body in enumerate(office.bodies):
            namesake = self._namesake(body)
            if namesake is None:
                continue
            gap = self.patterns.gap.match(self.text, body.end)
            if gap and self._begins_name(gap.end() - 1):
                continue
            end = namesake.start("name") - 1
            bare = body_at(self.text[body.start : end], 0, self.grammar) or body
            own = body._replace(end=end, is_proper=bare.is_proper)
            return Office(office.start, end, (*office.bodies[:place], own))
        return office

    def _namesake(self, body: Body) -> re.Match[str] | None:
        blank = self.text.rfind(" ", body.start, body.end)
        if blank < 0 or not self.text[blank + 1].isupper():
            return None  # most
        return self.grammar.body.namesake.search(self.text, body.start, body.end)

    def _take(self, office: Office) -> None:
        self.bodies.extend(office.bodies)
        self._taken = office.end

    def _read_body(self, start: int) -> bool:
        body = body_at(self.text, start, self.grammar)
        if body:
            self.bodies.append(body)
            if not body.kind and self._namesake(body):
                self._refused = body.end  # "Trường A, B và C"
            self._taken = body.end
            return True
        if stop := self.grammar.body.stop.match(self.text, start):
            self._taken = stop.end()
        return stop is not None

    def _read_around(self, middle: int) -> None:
        """Read the name that "Thị" stands in, whatever family's: "Khang Thị Mào"."""
        start = max(self.text.rfind(" ", self._taken, middle - 1) + 1, self._taken)
        if _CAPITALISED.fullmatch(self.text, start, middle - 1):
            self._read_name(start, is_family=True)

    def _read_name(self, start: int, is_family: bool) -> None:
        end = self._name_end(start, is_family)
        if end is None:
            return
        self._taken = end
        before = self._office_before(start) or self._office_of_row(start) or self._office_of_line(start, end)
        self._office = None
        if behind := self._office_after(end, is_in_office=before is not None):
            self._take(behind)
            if before and self.text.startswith((":", " là "), before.end):
                before = None  # what all of a list are; each one's own says more
        for office in (before, behind) if before and behind else (before or behind,):
            self.people.append(Person(start, end, office))

    def _name_end(self, start: int, is_family: bool) -> int | None:
        """Return where the person's name that begins at `start` ends; None where it is no person's."""
        text = self.text
        found = self._name_at(start)
        if found is None:
            return None
        office = self._office_before(start)
        is_president = bool(office) and compared(found.group()) in _PRESIDENT
        if office and is_president and self._stands_before(self.patterns.memorial, office.start):
            office = self._office = None  # a mausoleum's, a statue's
        if not (office and is_president) and (other := self.patterns.no_person.match(text, start)):
            # A hero's name, which is a street's too, may begin a longer one: "bà Nguyễn Huệ Chi".
            if other.end() == found.end():
                is_name = self._is_namesake_in_office(found)
            else:
                goes_on = is_family and other.end() < found.end() and not self._begins_name(other.end())
                is_name = goes_on and self._stands_before(self.patterns.title, start)
            if not is_name:
                self._taken = other.end()
                return None
        if office or self._stands_before(self.patterns.title, start):
            return found.end()
        first, *others = found.group().split()
        is_weak = len(others) == 1 and first.lower() in self.patterns.weak
        if not is_family or (is_weak and not self._office_after(found.end(), is_in_office=False)):
            return None
        is_next = self._refused >= 0 and text[self._refused : start] in _IN_A_ROW
        if is_next or self._stands_before(self.patterns.namesake, start):
            self._refused = self._taken = found.end()
            return None
        return found.end()

    def _is_namesake_in_office(self, found: re.Match[str]) -> bool:
        """Whether a hero's name is somebody's here: "Lê Lợi, Phó Giám đốc Sở"."""
        end = found.end()
        if self.text[end : end + 2] not in _APART:
            return False  # most
        family = found.group().partition(" ")[0]
        return (
            family.lower() not in self.patterns.weak
            and "n" in self.grammar.begins.get(family, "")
            and not self._stands_before(self.patterns.namesake, found.start())
            and self._office_after(end, is_in_office=False) is not None
        )

    def _stands_before(self, pattern: re.Pattern[str], start: int) -> bool:
        return pattern.search(self.text, max(0, start - _LOOK_BACK), start) is not None

    def _office_before(self, start: int) -> Office | None:
        office = self._office
        if office and start - office.end < _WIDEST_GAP:
            return office if self.patterns.gap.fullmatch(self.text, office.end, start) else None
        return None

    def _office_of_line(self, start: int, end: int) -> Office | None:
        """Return the office of "Bí thư chi bộ bản Hoa, Giàng A Sáu phát biểu", where it begins a sentence."""
        office = self._office
        if office is None or self.text[office.end : start] != ", ":
            return None
        begins = self.text[max(0, office.start - 2) : office.start].rstrip(" ")[-1:] in "\n."
        return office if begins and not self._office_after(end, is_in_office=False) else None

    def _office_of_row(self, start: int) -> Office | None:
        """Return the office of "các Phó Giám đốc Sở: A, B và C" for B and C."""
        last = self.people[-1] if self.people else None
        if last and last.office and self.text[last.end : start] in _IN_A_ROW:
            before = self.text[max(0, last.office.start - 4) : last.office.start]
            is_several = before.lower() in _SEVERAL or self._says_several(last.office.end, last.start)
            return last.office if last.office.end <= last.end and is_several else None
        return None

    def _says_several(self, start: int, end: int) -> bool:
        return end - start < _WIDEST_GAP and any(word in self.text[start:end] for word in _SEVERAL)

    def _office_after(self, end: int, *, is_in_office: bool) -> Office | None:
        joint = self.patterns.after.match(self.text, end)
        office = office_at(self.text, joint.end(), self.grammar) if joint else None
        if office and is_in_office and self._without_chief(office) != office:
            return None  # the next person's: "Bí thư Đảng ủy A, Chủ tịch UBND phường B"
        if office and self._begins_name(office.end):  # the next person's: "A, Phó Giám đốc Sở B"
            cut = max(self.text.rfind(joint, office.start, office.end) for joint in _NEXT)
            own = tuple(body for body in office.bodies if body.end <= cut)
            return Office(office.start, cut, own) if cut > 0 else None
        return office

    def _begins_name(self, end: int) -> bool:
        if self.text[end : end + 1] != " ":
            return False
        word = _CAPITALISED.match(self.text, end + 1)
        if word is None or "n" not in self.grammar.begins.get(word.group(), ""):
            return False
        return self._name_at(end + 1) is not None

    def _name_at(self, start: int) -> re.Match[str] | None:
        found = self.patterns.name.match(self.text, start)
        goes_on = found and self.grammar.shouted and self.text.startswith(" ", found.end())
        return None if goes_on else found
