"""The search page, /tim: what it was asked, what it shows, and the same as feeds and data.

The address is the whole state: whoever keeps it has saved the search.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import quote_plus, urlencode

from pipelines.facets import Value, facets
from pipelines.known import settled
from pipelines.patience import Rows
from pipelines.search import best
from pipelines.selection import Selection, UnknownName, newest
from web.monthly import course
from web.reading import Result, results

PATH = "/tim"
SIZE = 25  # articles a page
COUNTED = 5000  # articles that are counted at most: a frequent word has hundreds of thousands
FACETED = 500  # of them, the newest, that facets look at
SECONDS = 0.01  # of the processor, to count what a query finds
FETCHED = 2.0  # seconds of it, for data and feeds, and for conditions alone
_MOST_TYPED = 1000  # characters of a query: a page repeats it in two hundred addresses
LAST_PAGE = 40  # whoever wants more than a thousand takes them as data

# What an address asks for → the field of `Selection`.
ARGUMENTS = {
    "tinh": "province",
    "tinh-khi-dang": "province_then",
    "cong": "portal",
    "nam": "year",
    "thang": "month",
    "dang": "party",
    "loai": "activity",
    "muc": "section",
    "nguoi": "person",
    "co-quan": "organisation",
    "van-ban": "document",
    "tu": "since",
    "den": "until",
}
ARGUMENT_OF = {field: argument for argument, field in ARGUMENTS.items()} | {"successor_province": "tinh"}
# A former province's name may be one of today, which asks for all that became part of it.
_NARROWS_BY = ARGUMENT_OF | {"province": "tinh-khi-dang"}


@dataclass(frozen=True, slots=True)
class Question:
    """What an address asks: a selection, its order ("hay" the best first, "moi" the newest), and the page."""

    selection: Selection
    order: str
    page: int

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Question:
        """Return the question of an address; what makes no sense in it is left out."""
        given = {field: arguments[name].strip() for name, field in ARGUMENTS.items() if arguments.get(name)}
        values: dict[str, str | int | bool] = {name: value for name, value in given.items() if value}
        if "year" in values:
            values["year"] = (
                int(given["year"]) if given["year"].isdecimal() and len(given["year"]) <= 4 else -1
            )
        if "party" in values:
            values["party"] = given["party"] != "0"
        query = arguments.get("q", "").strip()[:_MOST_TYPED] or None
        page = arguments.get("trang", "")
        number = int(page) if page.isdecimal() and len(page) < 4 else 1
        order = "moi" if arguments.get("xep") == "moi" or query is None else "hay"
        return cls(Selection(query, **values), order, min(max(1, number), LAST_PAGE))  # type: ignore[arg-type]

    @property
    def around(self) -> Question | None:
        """The question without its query: the other conditions. None where there are none."""
        selection = replace(self.selection, query=None)
        return replace(self, selection=selection) if selection != Selection() else None

    def address(self, suffix: str = "", /, **changes: object) -> str:
        """Return the address that asks the same, but for changed arguments; None takes one away."""
        pairs: dict[str, object] = {"q": self.selection.query}
        pairs |= {name: getattr(self.selection, field) for name, field in ARGUMENTS.items()}
        pairs["xep"] = "moi" if self.order == "moi" and self.selection.query else None
        pairs["trang"] = self.page if self.page > 1 else None
        if changes:
            pairs["trang"] = None
        pairs |= {name.replace("_", "-"): value for name, value in changes.items()}
        told = {
            name: int(value) if isinstance(value, bool) else value
            for name, value in pairs.items()
            if value is not None
        }
        return f"{PATH}{suffix}" + (f"?{urlencode(told)}" if told else "")


class Choice(NamedTuple):
    """A value of a facet: its code and count, whether it is chosen, and the address that toggles it."""

    value: str | int
    articles: int
    is_chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows.

    `counted` articles were counted, and there are more where `is_more`; facets are of the newest `faceted`.
    `is_whole` is False where some have not every term, `is_cut` True where not all articles could be looked
    through in time. `printed_by` tells of an article's cluster how many portals printed it.
    """

    question: Question
    results: list[Result]
    counted: int
    is_more: bool
    faceted: int
    is_whole: bool
    is_cut: bool
    facets: dict[str, list[Choice]]
    printed_by: dict[int, int]
    chips: list[tuple[str, str | int, str]]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return min(LAST_PAGE, -(-self.counted // SIZE))

    @property
    def busiest(self) -> int:
        """Articles of the year or month of the timeline that has most."""
        return max((time.articles for time in self.timeline), default=1)

    @property
    def timeline(self) -> list[Choice]:
        """The years, the newest first; the months where all is of one year. None where there is one alone."""
        name = "month" if self.facets.get("month") else "year"
        times = {str(choice.value): choice for choice in self.facets.get(name, ())}
        if len(times) < 2:
            return []
        return [times.get(time) or Choice(time, 0, False, "") for time in reversed(course(list(times)))]


class Found(NamedTuple):
    """Ids found: the newest of all, newest first, and the same and others in the order asked for.

    `is_more` where there are more than these, or may be; `is_whole` and `is_cut` as in `Shown`.
    """

    newest: list[int]
    order: list[int]
    is_more: bool
    is_whole: bool = True
    is_cut: bool = False


def answer(connection: sqlite3.Connection, question: Question) -> Shown:
    """Return what the page shows for a question."""
    ids = found(connection, question)
    start = (question.page - 1) * SIZE
    shown = ids.order[start : start + SIZE]
    faceted = ids.newest[:FACETED]
    counted = facets(connection, faceted)
    return Shown(
        question=question,
        results=results(connection, shown, settled(connection, question.selection.query or "")),
        counted=min(len(ids.newest), COUNTED),
        is_more=ids.is_more,
        faceted=len(faceted),
        is_whole=ids.is_whole,
        is_cut=ids.is_cut,
        facets={name: list(_choices(question, name, values)) for name, values in counted.items()},
        printed_by=_printed_by(connection, shown),
        chips=list(_chips(question)),
    )


def found(connection: sqlite3.Connection, question: Question) -> Found:
    """Return what is found for a question."""
    seconds = SECONDS if question.selection.query else FETCHED
    counted = newest_of(connection, question, COUNTED + 1, seconds)
    ids, is_more = counted.keys, counted.is_cut or len(counted.keys) > COUNTED
    if question.order == "moi":
        return Found(ids, ids, is_more, is_cut=counted.is_cut)
    if not ids and question.around and not newest_of(connection, question.around, 1, FETCHED).keys:
        return Found([], [], False)  # nothing lies within the other conditions
    first = best(connection, question.selection)
    order = list(dict.fromkeys([*first.ids, *ids]))
    # Where counting was ended, the best may be older than all that were counted.
    newest = ids if first.is_whole and not counted.is_cut else sorted(order, reverse=True)
    return Found(newest, order, is_more, first.is_whole, first.is_cut)


def newest_of(connection: sqlite3.Connection, question: Question, most: int, seconds: float) -> Rows:
    """Return the newest ids; none for a province or portal that the corpus does not know."""
    try:
        return newest(connection, question.selection, most, seconds=seconds)
    except UnknownName:
        return Rows([], False)


def _choices(question: Question, name: str, values: list[Value]) -> Iterator[Choice]:
    argument = _NARROWS_BY[name]
    asked = getattr(question.selection, ARGUMENTS[argument])
    without = question.address(**{argument: None})
    # Two hundred addresses differ in one value: only that is encoded anew.
    # From the right: "tinh-khi-dang", which stands before "dang", ends like it.
    before, _, after = question.address(**{argument: "~"}).rpartition(f"{argument}=~")
    for value, articles in values:
        code: object = bool(value) if name == "party" else value
        is_chosen = asked is not None and asked == code
        chosen = f"{before}{argument}={quote_plus(str(int(code) if isinstance(code, bool) else code))}{after}"
        yield Choice(value, articles, is_chosen, without if is_chosen else chosen)


def _chips(question: Question) -> Iterator[tuple[str, str | int, str]]:
    """Yield the conditions: field, value, and the address without it."""
    for argument, field in ARGUMENTS.items():
        if (value := getattr(question.selection, field)) is not None:
            yield (
                field,
                int(value) if isinstance(value, bool) else value,
                question.address(**{argument: None}),
            )


def _printed_by(connection: sqlite3.Connection, ids: list[int]) -> dict[int, int]:
    """Return article → how many portals printed it, for those that more than one did."""
    rows = connection.execute(
        "SELECT a.id, count(DISTINCT other.portal) FROM json_each(?) wanted JOIN articles a ON a.id = value "
        "JOIN articles other ON other.cluster = a.cluster GROUP BY 1 HAVING count(DISTINCT other.portal) > 1",
        (json.dumps(ids),),
    )
    return dict(rows.fetchall())
