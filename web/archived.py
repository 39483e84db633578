"""The page as it was archived, shown so that it can do nothing: no script, no request, no form, no frame."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import NamedTuple

from datasette import NotFound, Request, Response
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from web.site import DATABASE, Site

MOST_BYTES = 20 * 2**20  # of a page are shown
# `sandbox` without a word allows nothing, and the rest asks nobody for anything: it reads the same offline.
POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
_READABLE = ("text/html", "application/xhtml+xml", "text/plain")


class Copy(NamedTuple):
    """An archived response's body, decoded, and its Content-Type."""

    body: bytes
    content_type: str


def copy_of(archive: Path, file: str, offset: int) -> Copy | None:
    """Return the response at a byte of a WARC file; None where there is none (see `tinso verify`)."""
    path = archive / file
    if path.parent != archive or not path.is_file():
        return None
    with path.open("rb") as stream:
        stream.seek(offset)
        try:
            record = next(iter(ArchiveIterator(stream)), None)
            if record is None or record.rec_type != "response" or not record.http_headers:
                return None
            content_type = record.http_headers.get_header("Content-Type") or "text/html"
            return Copy(record.content_stream().read(MOST_BYTES), content_type)
        except ArchiveLoadFailed:
            return None


async def archived(datasette: Site, request: Request) -> Response:
    """Answer with an article's archived page."""
    wanted = int(request.url_vars["id"])
    reference = await datasette.get_database(DATABASE).execute_fn(lambda c: _reference(c, wanted))
    found = reference and copy_of(datasette.corpus.parent / "archive", *reference)
    if not found:
        raise NotFound(f"no archived page of {wanted}")
    is_readable = found.content_type.lower().startswith(_READABLE)
    headers = {"Content-Security-Policy": POLICY, "X-Robots-Tag": "noindex"}
    content_type = found.content_type if is_readable else "text/plain; charset=utf-8"
    return Response(found.body, headers=headers, content_type=content_type)


def _reference(connection: sqlite3.Connection, article: int) -> tuple[str, int] | None:
    row = connection.execute("SELECT archive FROM articles WHERE id = ?", (article,)).fetchone()
    found = json.loads(row[0]) if row and row[0] else None
    return (found["file"], found["offset"]) if found else None
