"""Revisit records: that a page was asked for again and is what it was, without keeping it twice.

WARC 1.1 §6.7 and annex B: `identical-payload-digest` where the page came and has the same bytes,
`server-not-modified` where the portal answered 304. Both name address and time of the record that holds the
page; readers (pywb, warcio, ours) go there for it.
"""

from __future__ import annotations

import hashlib
from base64 import b32encode
from dataclasses import dataclass

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.clock import from_warc_date, to_warc_date

_NOT_MODIFIED = "server-not-modified"
_PROFILE = "http://netpreserve.org/warc/1.1/revisit/"


@dataclass(frozen=True, slots=True)
class Original:
    """The response that a revisit stands for. `record` is its number in our index, 0 in others' archives."""

    url: str
    fetched_at: str  # ISO 8601, +07:00; "" where another's record does not tell
    digest: str  # WARC-Payload-Digest
    record: int = 0


def revisit_record(
    writer: WARCWriter,
    url: str,
    original: Original,
    http_headers: StatusAndHeaders,
    warc_headers: dict[str, str],
) -> ArcWarcRecord:
    """Return the record of a response that was the original's again.

    A 304's own headers are left out, as Heritrix does: pywb would show a 304 in the page's place.
    """
    is_304 = http_headers.get_statuscode() == "304"
    headers = {
        **warc_headers,
        "WARC-Profile": _PROFILE + (_NOT_MODIFIED if is_304 else "identical-payload-digest"),
        "WARC-Refers-To-Target-URI": original.url,
        "WARC-Refers-To-Date": to_warc_date(original.fetched_at),
        "WARC-Payload-Digest": original.digest,
    }
    kept = None if is_304 else http_headers
    return writer.create_warc_record(url, "revisit", http_headers=kept, warc_headers_dict=headers)


def headers_of(record: ArcWarcRecord) -> StatusAndHeaders:
    """Return the status of a revisit record that holds no headers, as its profile tells it."""
    profile = record.rec_headers.get_header("WARC-Profile") or ""
    status = "304 Not Modified" if profile.endswith(_NOT_MODIFIED) else "200 OK"
    return StatusAndHeaders(status, [], protocol="HTTP/1.1")


def original_of(record: ArcWarcRecord) -> Original:
    """Return what a revisit record refers to, as far as it tells."""
    header = record.rec_headers.get_header
    date = header("WARC-Refers-To-Date")
    return Original(
        url=(header("WARC-Refers-To-Target-URI") or header("WARC-Target-URI") or "").strip("<>"),
        fetched_at=from_warc_date(date) if date else "",
        digest=header("WARC-Payload-Digest") or "",
    )


def payload_digest(body: bytes) -> str:
    """Return the WARC-Payload-Digest of a body as it came: SHA-1, as warcio writes it."""
    return f"sha1:{b32encode(hashlib.sha1(body).digest()).decode()}"
