"""Articles as Apache Parquet: a column for each name of the record, lists and their parts as nested types.

A column has one type: a figure's value, which is a count or a term of office ("2015-2020"), is text.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

from pipelines.article import FIELDS, Article
from pipelines.exceptions import CorpusError
from pipelines.parts import NAMED, PARTS

_GROUP = 2_000  # articles of a row group: some 10 MB of text, which are in memory at a time
_NUMBERS = frozenset({"start", "end"})  # among the columns of what an article names


class NoParquet(CorpusError):
    """Raised where pyarrow is not installed: install it, or take another format."""


def parquet(records: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    """Return records as the pieces of a Parquet file, compressed with zstd, a row group in memory at a time.

    Raises:
        NoParquet: pyarrow is not installed.
    """
    try:
        import pyarrow.parquet  # not everybody's: 170 MB
    except ImportError as error:
        raise NoParquet("parquet needs pyarrow: pip install 'tinso[parquet]'; or take ndjson") from error
    return _pieces(pyarrow, records)


def _pieces(pyarrow: Any, records: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    sink, schema = _Sink(), _schema(pyarrow)
    with pyarrow.parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        while group := list(islice(records, _GROUP)):
            writer.write_table(pyarrow.Table.from_pylist([*map(_typed, group)], schema=schema))
            yield from sink.taken()
    yield from sink.taken()


def _typed(record: dict[str, Any]) -> dict[str, Any]:
    figures = [{**figure, "value": str(figure["value"])} for figure in record["figures"] or ()]
    return {**record, "figures": figures if record["figures"] is not None else None}


class _Sink(io.RawIOBase):
    """Keeps what is written until it is taken."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._written = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._written

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        self._written += len(piece)
        return len(piece)

    def taken(self) -> list[bytes]:
        taken, self._pieces = self._pieces, []
        return taken


def _schema(pyarrow: Any) -> Any:
    types = {
        str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_()
    }  # fmt: skip

    def type_of(hint: Any) -> Any:
        if isinstance(hint, UnionType):
            (hint,) = (kind for kind in get_args(hint) if kind is not NoneType)
        if get_origin(hint) is list:
            return pyarrow.list_(type_of(*get_args(hint)))
        if is_typeddict(hint):
            return pyarrow.struct([(name, type_of(kind)) for name, kind in get_type_hints(hint).items()])
        return types[hint]

    def parts_of(name: str) -> Any:
        columns = [(column, types[int if column in _NUMBERS else str]) for column in PARTS[name]]
        return pyarrow.list_(pyarrow.struct(columns))

    hints = get_type_hints(Article)
    return pyarrow.schema(
        [(name, parts_of(name) if name in NAMED else type_of(hints[name])) for name in FIELDS]
    )
