"""The corpus as a stream of text: NDJSON, JSON or CSV, with the names and the order of the Article record."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal, get_args

from pipelines.article import FIELDS
from pipelines.load import load
from pipelines.selection import Selection, select

Format = Literal["ndjson", "json", "csv"]
FORMATS: tuple[Format, ...] = get_args(Format)

_COLUMNS = ("id", *(name for name in FIELDS if name != "id"))
# A spreadsheet takes a cell that begins so for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(
    connection: sqlite3.Connection, selection: Selection | None = None, *, format: Format = "ndjson"
) -> Iterator[str]:
    """Return the selected articles as pieces of text, oldest first, in constant memory.

    `ndjson`: a record a line; `json`: an array of records; `csv`: a header line, lists as JSON text, null
    as an empty cell, and an apostrophe before what a spreadsheet would run as a formula. Without a
    selection: every article.

    Raises:
        UnknownName: no article is of this province or portal.
        ValueError: there is no such format.
    """
    return written(connection, select(connection, selection or Selection()), format=format)


def written(
    connection: sqlite3.Connection, pages: Iterable[Sequence[int]], *, format: Format = "ndjson"
) -> Iterator[str]:
    """Return articles by their ids, a page in memory at a time, as `export` does; CSV's header comes first.

    Raises:
        ValueError: there is no such format.
    """
    writers: dict[str, Callable[[Iterator[dict[str, Any]]], Iterator[str]]] = {
        "ndjson": _ndjson, "json": _json, "csv": _csv
    }  # fmt: skip
    if format not in writers:
        raise ValueError(f"no format {format!r}; there are {', '.join(writers)}")
    return writers[format](_records(connection, pages))


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
    writer.writerow(_COLUMNS)
    for record in records:
        yield _taken(buffer)
        writer.writerow([_cell(record[name]) for name in _COLUMNS])
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
