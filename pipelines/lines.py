"""Lines of JSON from a file or standard input, compressed or not; one that cannot be read has a fault."""

from __future__ import annotations

import gzip
import io
import json
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

LONGEST = 64 * 2**20  # bytes of a line; a text of 5 MB has 15 at most, and its escapes twice that
_GZIP = b"\x1f\x8b"
_MARK = b"\xef\xbb\xbf"  # that some programs put before UTF-8


class Line(NamedTuple):
    """A line's place ("articles.ndjson:17") and what JSON it holds, or what is wrong with it."""

    place: str
    value: object = None
    fault: str | None = None


def json_lines(path: str) -> Iterator[Line]:
    """Yield the lines of an NDJSON file in constant memory; "-" is standard input, gzip is told by its bytes.

    A file that ends in the middle of its compressed data, or cannot be read on, ends with a faulty line.

    Raises:
        OSError: the file cannot be opened.
    """
    name = "stdin" if path == "-" else path
    number = 0
    with _opened(path) as stream:
        try:
            while raw := stream.readline(LONGEST):
                number += 1
                place = f"{name}:{number}"
                if len(raw) == LONGEST and not raw.endswith(b"\n"):
                    yield Line(place, fault=f"is longer than {LONGEST // 2**20} MB; write one article a line")
                    _skip(stream)
                    continue
                raw = raw.removeprefix(_MARK).strip()
                if raw:
                    yield _parsed(place, raw)
        except (EOFError, zlib.error, OSError) as error:
            yield Line(
                f"{name}:{number + 1}", fault=f"cannot be read on ({error}); mend or copy the file again"
            )


def _opened(path: str) -> BinaryIO:
    stream = cast(io.BufferedReader, sys.stdin.buffer) if path == "-" else Path(path).open("rb")  # noqa: SIM115
    is_gzip = stream.peek(2)[:2] == _GZIP
    return cast(BinaryIO, gzip.open(stream) if is_gzip else stream)


def _skip(stream: BinaryIO) -> None:
    """Go on behind a line that is too long."""
    while (rest := stream.readline(LONGEST)) and not rest.endswith(b"\n"):
        pass


def _parsed(place: str, raw: bytes) -> Line:
    try:
        return Line(place, json.loads(raw.decode("utf-8")))
    except UnicodeDecodeError as error:
        return Line(place, fault=f"is no UTF-8 (byte {error.start + 1}); save the file as UTF-8")
    except (ValueError, RecursionError) as error:
        return Line(place, fault=f"is no JSON ({error}); write one article a line, as 'tinso export' does")
