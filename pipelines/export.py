"""The corpus for other programs: as data with the names of the Article record, and as feeds."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Literal, cast, get_args

from pipelines.article import FIELDS
from pipelines.feeds import Feed, atom, json_feed
from pipelines.load import load
from pipelines.parquet import parquet
from pipelines.selection import PAGE, Selection, select

TextFormat = Literal["ndjson", "json", "csv"]
Format = Literal["ndjson", "json", "csv", "parquet", "jsonfeed", "atom"]
FORMATS: tuple[Format, ...] = get_args(Format)
FEEDS = {"jsonfeed": json_feed, "atom": atom}
FED = 100  # articles of a feed, unless told otherwise

# A spreadsheet takes a cell that begins so for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(
    connection: sqlite3.Connection,
    selection: Selection | None = None,
    *,
    format: Format = "ndjson",
    newest: int | None = None,
    address: str = "",
) -> Iterator[bytes]:
    """Return the selected articles as the pieces of a file, oldest first, in constant memory.

    `ndjson`: a record a line; `json`: an array of records; `csv`: a header line, lists as JSON text, null
    as an empty cell, and an apostrophe before what a spreadsheet would run as a formula; `parquet`: a column
    for each name, lists as lists. `jsonfeed` and `atom` are feeds, the newest first, of `FED` articles
    unless `newest` says of how many; `address` is where the feed will lie. All text is UTF-8. Without a
    selection: every article.

    Raises:
        UnknownName: no article is of this province or portal.
        NoParquet: pyarrow is not installed.
        ValueError: there is no such format.
    """
    if format not in FORMATS:
        raise ValueError(f"no format {format!r}; there are {', '.join(FORMATS)}")
    selection = selection or Selection()
    if feed := FEEDS.get(format):
        ids = chain.from_iterable(select(connection, selection, newest_first=True, limit=newest or FED))
        about = Feed(_title(selection), address, identity=uuid.uuid5(uuid.NAMESPACE_URL, repr(selection)).urn)
        return iter([feed(about, load(connection, list(ids)))])
    pages = select(connection, selection) if newest is None else _last(connection, selection, newest)
    if format == "parquet":
        return parquet(_records(connection, pages))
    return map(str.encode, written(connection, pages, format=cast(TextFormat, format)))


def written(
    connection: sqlite3.Connection, pages: Iterable[Sequence[int]], *, format: TextFormat = "ndjson"
) -> Iterator[str]:
    """Return articles by their ids as text, a page in memory at a time; CSV's header comes first."""
    writers: dict[TextFormat, Callable[[Iterator[dict[str, Any]]], Iterator[str]]] = {
        "ndjson": _ndjson, "json": _json, "csv": _csv
    }  # fmt: skip
    return writers[format](_records(connection, pages))


def _last(connection: sqlite3.Connection, selection: Selection, most: int) -> Iterator[list[int]]:
    """Return the newest ids, a page at a time, the oldest of them first."""
    ids = sorted(chain.from_iterable(select(connection, selection, newest_first=True, limit=most)))
    return (ids[start : start + PAGE] for start in range(0, len(ids), PAGE))


def _title(selection: Selection) -> str:
    party = "công tác Đảng" if selection.party else None
    asked = (selection.query, selection.province, selection.portal, party)
    return f"Tin Sở: {', '.join(filter(None, asked)) or 'bài mới'}"


def _records(connection: sqlite3.Connection, pages: Iterable[Sequence[int]]) -> Iterator[dict[str, Any]]:
    for ids in pages:
        for article in load(connection, ids):
            yield article.record()


def _ndjson(records: Iterator[dict[str, Any]]) -> Iterator[str]:
    for record in records:
        yield json.dumps(record, ensure_ascii=False) + "\n"


def _json(records: Iterator[dict[str, Any]]) -> Iterator[str]:
    before = "[\n"
    for record in records:
        yield before + json.dumps(record, ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _csv(records: Iterator[dict[str, Any]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(FIELDS)
    for record in records:
        yield _taken(buffer)
        writer.writerow([_cell(record[name]) for name in FIELDS])
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _cell(value: Any) -> str | int | float | None:
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        return value
    return as_text(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def as_text(cell: str) -> str:
    """Return a cell of CSV that a spreadsheet takes for text: an apostrophe stands before a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
