"""Documents that a text cites by number: "Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from pipelines.entities.bodies import body_at
from pipelines.entities.grammar import Grammar
from pipelines.entities.offices import office_at
from pipelines.entities.vocabulary import words
from pipelines.lexicon import load_data

# Every number has a stroke with a sign, or a year and a sign, behind it: the search goes by strokes.
_STROKE = re.compile(r"/ ?(?:(?:19|20)\d\d ?/ ?)?[A-ZĐÐ]")
_SIGN = r"[A-ZĐÐƯ]{1,12}[a-z]{0,2}[A-ZĐÐƯ0-9]{0,9}(?:(?<=QH) 1\d)?(?:&[A-ZĐÐ]{1,8})?"
_LEFT = re.compile(rf"(?<![\w/.,-])\d{{1,5}}[a-zđ]?(?: ?[-–] ?(?:{_SIGN}|20\d\d))? ?\Z")
_RIGHT = re.compile(rf"/ ?(?:(?:19|20)\d\d ?/ ?)?{_SIGN}(?:(?: ?[-–/]|[-–/] ){_SIGN}){{0,4}}(?!\w(?!/v))")
_BEFORE = 40  # characters before a number in which its type stands
_LEADING = re.compile(r"\A0*([1-9]\d*)")
_SIGNS_ONLY = re.compile(r"[A-ZĐ]+")
# Words begin with capitals where all of the text was in capitals. In brackets a date needs no "ngày".
_DATE = re.compile(
    r"(?:[,;]? ?\(? ?(?:(?:[Đđ]ược )?(?:[Bb]an [Hh]ành|[Kk]ý|[Rr]a) )?(?:[Vv]ào )?{day},? ?| ?\()"
    r"(\d{{1,2}}) ?(?:[/.-]|{month}) ?(\d{{1,2}}) ?(?:[/.-]|,? ?{year}) ?(\d{{4}})(?!\d)\)?".format(
        day="[Nn]g[àa]y", month="[Tt]h[áa]ng", year="[Nn][ăa]m"
    )
)
_DAY = re.compile(r",? ?\(?[Nn]g[àa]y ?\d{1,2} ?[/.-] ?\d{1,2}(?![/.-]?\d)\)?")  # of no year
_OF = re.compile(r",? ?[Cc](?:ủa|ua) ")
_SOMEWHERE = re.compile(r"(?:Thành phố|Tỉnh|Trung ương|tỉnh|thành phố)(?!\w)")
_AND = re.compile(r"(?:,| và|;| va)? ?(?:số:? ?)?")


class _Printed(NamedTuple):
    """A text as it is printed, as the patterns want it, and the patterns."""

    text: str
    shown: str
    grammar: Grammar


class Document(NamedTuple):
    """A citation. `number` is normalised (`normal_number`), `date` ISO 8601, `issuer` as written."""

    start: int
    end: int
    number: str
    type: str | None
    date: str | None
    issuer: str | None


def documents(text: str, grammar: Grammar, shown: str | None = None) -> Iterator[Document]:
    """Yield the documents that a text cites by a printed number, in its order. Linear in its length.

    `shown` is the text as the grammar's patterns want it (`printed.readable`), where that is another.
    """
    found: list[Document] = []
    taken = 0
    printed = _Printed(text, shown or text, grammar)
    for stroke in _STROKE.finditer(text):
        place = stroke.start()
        if place < taken:
            continue
        left = _LEFT.search(text, max(taken, place - 16), place)
        right = _RIGHT.match(text, place) if left else None
        if not left or not right:
            continue
        document = _document(printed, left.start(), right.end(), found[-1] if found else None)
        if document:
            taken = document.end
            found.append(document)
    yield from _shared(text, found)


def _document(printed: _Printed, start: int, end: int, last: Document | None) -> Document | None:
    text, shown, grammar = printed
    if text.startswith("v/v", end - 1):
        end -= 1  # "786/SNV-CCVCv/v …": "about", glued on
    number = normal_number(text[start:end])
    kind, is_cited = _type(shown, start, grammar)
    signs = _SIGNS_ONLY.findall(number)
    meant = _type_of_signs(signs)
    if kind is None and last and last.end <= start <= last.end + 12 and _AND.fullmatch(text, last.end, start):
        kind = last.type if _SIGNS_ONLY.findall(last.number)[:1] == signs[:1] else meant
    elif kind is None and len(signs) < 2 and not is_cited and "/20" not in number:
        return None  # "389/TP" is a committee's name
    if dated := _DATE.match(shown, end):
        end = dated.end()
    day = None if dated else _DAY.match(shown, end)
    issuer_end = None
    if of := _OF.match(shown, day.end() if day else end):
        issuer_end = _issuer_end(shown, of.end(), grammar)
    return Document(
        start,
        issuer_end or end,
        number,
        kind or meant,
        _iso(dated) if dated else None,
        text[of.end() : issuer_end] if of and issuer_end else None,
    )


def _type(text: str, start: int, grammar: Grammar) -> tuple[str | None, bool]:
    """Return the type printed before a number, and whether the text calls it a number at all."""
    window = text[max(0, start - _BEFORE) : start]
    found = _type_pattern(grammar.marked).search(window)
    if found is None:
        return None, window.rstrip(" :").endswith(("số", "so", "Số", "So"))
    kind = found.group("type")
    return kind.capitalize(), True  # "kế hoạch" and "Kế Hoạch" are one type


def _issuer_end(text: str, start: int, grammar: Grammar) -> int | None:
    found = office_at(text, start, grammar) or body_at(text, start, grammar)
    if found:
        return found.end
    somewhere = _SOMEWHERE.match(text, start)
    return somewhere.end() if somewhere else None


def _shared(text: str, found: list[Document]) -> Iterator[Document]:
    """Numbers in a row share what stands behind the last: "46/QĐ-SNV, 47/QĐ-SNV ngày 16/3/2022 của Sở"."""
    after: Document | None = None
    shared = []
    for document in reversed(found):
        if (
            after
            and (document.issuer is None or document.date is None)
            and after.start - document.end < 12
            and _AND.fullmatch(text, document.end, after.start)
        ):
            document = document._replace(
                issuer=document.issuer or after.issuer, date=document.date or after.date
            )
        shared.append(document)
        after = document
    yield from reversed(shared)


def _iso(dated: re.Match[str]) -> str | None:
    day, month, year = map(int, dated.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:  # 31/2 and the like, as printed
        return None


def normal_number(written: str) -> str:
    """Return a document's number in the one form that it has here: "5 - ct/TW" is "05-CT/TW".

    Upper case, no blanks, and of one digit with a zero in front, as offices number (Thông tư 01/2011/TT-BNV).
    """
    number = "".join(written.split()).replace("–", "-").upper().replace("Ð", "Đ")
    return _LEADING.sub(lambda digits: digits[1].zfill(2), number)


def type_of_number(number: str) -> str | None:
    """Return the type that a document's number says by its signs: "Chỉ thị" of 05-CT/TW."""
    return _type_of_signs(_SIGNS_ONLY.findall(number))


def _type_of_signs(signs: list[str]) -> str | None:
    known = load_signs()
    return next((known[sign] for sign in signs if sign in known), None)


@cache
def load_signs() -> dict[str, str]:
    """Return what the signs of a number mean, in upper case."""
    return {sign.upper(): meaning for sign, meaning in load_data("documents.json")["signs"].items()}


@cache
def _type_pattern(marked: bool) -> re.Pattern[str]:
    types = words(load_data("documents.json")["types"], marked=marked)
    number = "[Ss]ố" if marked else "[Ss]o"
    return re.compile(rf"(?<!\w)(?P<type>{types})(?: {number})?:? ?\Z")
