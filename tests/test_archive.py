"""The archive: what was written comes back, and damage costs only the records that it hit."""

from __future__ import annotations

import gzip
import io
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive import ArchiveWriter, Capture, captures, exchanges, mend, read_capture
from crawler.exceptions import ArchiveError
from crawler.members import member_of
from crawler.posted import Posted

HTML = [("Content-Type", "text/html; charset=utf-8")]
GZIPPED = [*HTML, ("Content-Encoding", "gzip")]
PAGES = [
    Capture(
        f"http://so.example.vn/bai-{number}.html",
        f"2023-05-0{number}T08:15:00+07:00",
        200,
        HTML,
        f"<h1>Đảng bộ Sở họp phiên thứ {number}</h1>".encode() * (40 * number),
    )
    for number in (1, 2, 3)
]


def written(directory: Path, pages: list[Capture] = PAGES) -> tuple[Path, list[int]]:
    """Return an archive file with the pages, and their offsets."""
    writer = ArchiveWriter(directory)
    places = [writer.append(page) for page in pages]
    writer.close()
    return directory / places[0].file, [place.offset for place in places]


def as_written(capture: Capture) -> Capture:
    return replace(capture, offset=0, length=0, member=b"", id="", digest="")


def test_what_was_archived_comes_back(tmp_path: Path) -> None:
    path, offsets = written(tmp_path)
    assert [as_written(page) for page in captures(path)] == PAGES
    assert [as_written(read_capture(path, offset)) for offset in offsets] == PAGES


def test_reading_goes_on_from_an_offset(tmp_path: Path) -> None:
    path, offsets = written(tmp_path)
    assert [page.url for page in captures(path, offsets[1])] == [page.url for page in PAGES[1:]]


def test_offset_and_length_enclose_exactly_one_gzip_member(tmp_path: Path) -> None:
    path, _ = written(tmp_path)
    for page in captures(path):
        member = path.read_bytes()[page.offset : page.offset + page.length]
        assert member == page.member
        assert gzip.decompress(member).startswith(b"WARC/1.1\r\n")


def test_another_archives_record_is_kept_to_the_byte(tmp_path: Path) -> None:
    path, _ = written(tmp_path / "theirs")
    ours, offsets = written(tmp_path / "ours", list(captures(path)))
    assert [read_capture(ours, offset).member for offset in offsets] == [
        page.member for page in captures(path)
    ]


@given(
    body=st.binary(max_size=2000),
    status=st.integers(100, 599),
    values=st.lists(st.text(st.characters(codec="latin-1", exclude_categories=["Cc"])), max_size=3),
)
def test_any_body_and_header_comes_back(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, status: int, values: list[str]
) -> None:
    headers = [*HTML, *((f"X-{number}", value.strip()) for number, value in enumerate(values))]
    page = Capture("http://so.example.vn/", "2023-05-01T08:15:00+07:00", status, headers, body)
    path, _ = written(tmp_path_factory.mktemp("archive"), [page])
    (read,) = captures(path)
    assert (read.status, read.body, len(read.headers)) == (status, body, len(headers))


def test_a_body_that_came_compressed_is_read_plain_and_its_headers_no_longer_say_so(tmp_path: Path) -> None:
    headers = [*HTML, ("Content-Encoding", "gzip"), ("Content-Length", "99")]
    path, _ = written(tmp_path, [replace(PAGES[0], headers=headers, body=gzip.compress(PAGES[0].body))])
    assert [as_written(page) for page in captures(path)] == PAGES[:1]


def test_a_body_that_came_as_gzip_is_not_packed_once_more(tmp_path: Path) -> None:
    body = gzip.compress(PAGES[2].body)
    path, (offset,) = written(tmp_path, [replace(PAGES[2], headers=GZIPPED, body=body)])
    assert body in path.read_bytes()
    assert read_capture(path, offset).body == PAGES[2].body


@given(page=st.binary(max_size=300), behind=st.binary(max_size=300))
def test_any_record_comes_back_from_its_member(page: bytes, behind: bytes) -> None:
    record = b"WARC/1.1\r\n\r\nHTTP/1.1 200\r\n\r\n" + gzip.compress(page) + behind
    assert gzip.decompress(member_of(record)) == record


def test_a_page_that_is_a_record_itself_is_not_taken_for_one_behind_damage(tmp_path: Path) -> None:
    forged = gzip.decompress(written(tmp_path / "theirs", PAGES[:1])[0].read_bytes())
    for body in (gzip.compress(forged), gzip.compress(b"<html>") + gzip.compress(forged)):
        page = replace(PAGES[1], headers=GZIPPED, body=body)
        path, (offset,) = written(tmp_path / str(len(body)), [page])
        data = bytearray(path.read_bytes())
        data[offset] ^= 0xFF
        path.write_bytes(data)
        assert not list(captures(path))


def test_brotli_is_read_and_a_body_that_is_not_what_its_header_says_comes_as_it_came(tmp_path: Path) -> None:
    plain = "<h1>Đảng bộ Sở họp</h1>".encode()
    coded = replace(PAGES[0], headers=[*HTML, ("Content-Encoding", "br")], body=brotli.compress(plain))
    path, _ = written(tmp_path, [coded, replace(coded, body=plain), PAGES[1]])
    assert [capture.body for capture in captures(path, damaged=pytest.fail)] == [plain, plain, PAGES[1].body]


def test_a_body_that_inflates_without_end_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.archive.MAX_BODY_BYTES", 1000)
    bomb = replace(PAGES[0], headers=[("Content-Encoding", "gzip")], body=gzip.compress(b"0" * 10**6))
    path, _ = written(tmp_path, [bomb, PAGES[1]])
    assert [len(page.body) for page in captures(path)] == [1000, 1000]


# Damage


def test_a_torn_tail_costs_the_torn_record_alone_and_is_told_with_its_offset(tmp_path: Path) -> None:
    path, offsets = written(tmp_path)
    path.write_bytes(path.read_bytes()[:-7])
    damage: list[str] = []
    assert [page.url for page in captures(path, damaged=damage.append)] == [page.url for page in PAGES[:2]]
    assert len(damage) == 1 and f"damaged at byte {offsets[2]} " in damage[0]


def test_flipped_bytes_in_the_middle_cost_one_record_and_are_told_with_its_offset(tmp_path: Path) -> None:
    path, offsets = written(tmp_path)
    whole = path.read_bytes()
    for at in range(offsets[1], offsets[2]):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        damage: list[str] = []
        read = [page.url for page in captures(path, damaged=damage.append)]
        # Some header bytes of gzip (its clock, its system) mean nothing.
        assert read == [page.url for page in PAGES] or (
            read == [PAGES[0].url, PAGES[2].url] and f"damaged at byte {offsets[1]} " in damage[0]
        )


def test_damage_to_the_very_first_bytes_does_not_hide_the_rest(tmp_path: Path) -> None:
    path, _ = written(tmp_path)
    path.write_bytes(b"\0\0\0\0" + path.read_bytes()[4:])
    assert [page.url for page in captures(path)] == [page.url for page in PAGES]


def test_zeros_between_two_members_are_stepped_over(tmp_path: Path) -> None:
    path, offsets = written(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: offsets[1]] + bytes(512) + whole[offsets[1] :])
    assert [page.url for page in captures(path)] == [page.url for page in PAGES]


def test_reading_at_an_offset_where_no_record_begins_names_file_and_byte(tmp_path: Path) -> None:
    path, offsets = written(tmp_path)
    with pytest.raises(ArchiveError, match=rf"{path.name}: no response record at byte {offsets[1] + 1};"):
        read_capture(path, offsets[1] + 1)


def test_a_file_that_is_missing_or_a_directory_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none.warc.gz", tmp_path):
        with pytest.raises(ArchiveError, match=str(path)):
            list(captures(path))


def test_an_empty_file_holds_nothing_and_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "empty.warc.gz"
    path.touch()
    damage: list[str] = []
    assert list(captures(path, damaged=damage.append)) == [] == damage


@pytest.mark.parametrize(
    "content", [b"<html>", gzip.compress(b"<html>", mtime=0), bytes(9), b"PK\x03\x04", b"WARC/"]
)
def test_a_file_that_is_no_warc_gives_nothing_and_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "page.warc.gz"
    path.write_bytes(content)
    damage: list[str] = []
    assert list(captures(path, damaged=damage.append)) == []
    assert "damaged at byte 0" in damage[0]


def test_a_gzip_member_too_large_for_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.members.MAX_RECORD_BYTES", 1000)
    path, _ = written(tmp_path)
    with pytest.raises(ArchiveError, match="warcio recompress"):
        list(captures(path))


@given(
    plain=st.booleans(),
    wounds=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=40)), min_size=1, max_size=4
    ),
)
def test_no_damage_of_any_kind_raises(
    tmp_path_factory: pytest.TempPathFactory, plain: bool, wounds: list[tuple[float, int, bytes]]
) -> None:
    path, _ = written(tmp_path_factory.mktemp("archive"))
    whole = gzip.decompress(path.read_bytes()) if plain else path.read_bytes()
    for where, length, junk in wounds:
        start = int(where * len(whole))
        whole = whole[:start] + junk + whole[start + length :]
    path.write_bytes(whole)
    for page in captures(path, damaged=lambda damage: None):
        assert page.url and page.fetched_at


# What a kill leaves


def test_mending_cuts_a_torn_tail_and_nothing_else(tmp_path: Path) -> None:
    path, offsets = written(tmp_path)
    whole = path.read_bytes()
    assert mend(path, offsets[0]) == 0
    path.write_bytes(whole[:-7])
    assert mend(path, offsets[1]) == len(whole) - 7 - offsets[2]
    assert path.read_bytes() == whole[: offsets[2]]


# Other people's archives


def foreign(path: Path, *, gzipped: bool = False, kinds: str = "response") -> Path:
    """Write a WARC of warcinfo and one record a page per kind, as other tools do."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=gzipped, warc_version="1.0")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "other"}))
        for page in PAGES:
            for kind in kinds.split():
                head = StatusAndHeaders("GET / HTTP/1.1" if kind == "request" else "200 OK", page.headers)
                if kind != "request":
                    head.protocol = "HTTP/1.1"
                record = (
                    writer.create_revisit_record(
                        page.url, "sha1:AAAA", PAGES[0].url, "2023-05-01T01:15:00Z", http_headers=head
                    )
                    if kind == "revisit"
                    else writer.create_warc_record(page.url, kind, io.BytesIO(page.body), http_headers=head)
                )
                writer.write_record(record)
    return path


def test_a_plain_warc_is_read_and_each_of_its_records_found_again_by_offset(tmp_path: Path) -> None:
    path = foreign(tmp_path / "plain.warc")
    read = list(captures(path))
    assert [page.body for page in read] == [page.body for page in PAGES]
    assert [read_capture(path, page.offset).url for page in read] == [page.url for page in PAGES]


def test_damage_in_a_plain_warc_costs_one_record(tmp_path: Path) -> None:
    path = foreign(tmp_path / "plain.warc")
    second = list(captures(path))[1]
    whole = path.read_bytes()
    path.write_bytes(whole[: second.offset + 2] + b"XX" + whole[second.offset + 4 :])
    damage: list[str] = []
    assert [page.url for page in captures(path, damaged=damage.append)] == [PAGES[0].url, PAGES[2].url]
    assert f"damaged at byte {second.offset} " in damage[0]


def test_a_torn_plain_warc_gives_no_cut_page(tmp_path: Path) -> None:
    path = foreign(tmp_path / "plain.warc")
    path.write_bytes(path.read_bytes()[:-500])
    assert [page.body for page in captures(path)] == [page.body for page in PAGES[:2]]


def test_several_records_in_one_gzip_member_are_all_read_and_told_apart_by_address(tmp_path: Path) -> None:
    path = tmp_path / "one-member.warc.gz"
    path.write_bytes(gzip.compress(foreign(tmp_path / "plain.warc").read_bytes()))
    read = list(captures(path))
    assert [page.url for page in read] == [page.url for page in PAGES]
    assert [read_capture(path, page.offset, page.url).body for page in read] == [page.body for page in PAGES]
    assert not any(page.member for page in read), "a member of several records is not one record's bytes"


def test_requests_and_revisits_are_no_responses(tmp_path: Path) -> None:
    path = foreign(tmp_path / "all.warc.gz", gzipped=True, kinds="request response revisit")
    damage: list[str] = []
    assert [page.url for page in captures(path, damaged=damage.append)] == [page.url for page in PAGES]
    assert not damage


def test_capture_times_are_vietnams(tmp_path: Path) -> None:
    path = foreign(tmp_path / "plain.warc")
    path.write_bytes(path.read_bytes().replace(b"Z\r\n", b".123Z\r\n"))
    assert all(page.fetched_at.endswith("+07:00") for page in captures(path))


def test_the_recorded_portal_is_whole(recorded: Path) -> None:
    damage: list[str] = []
    read = list(captures(recorded / "hanoi-sotttt.warc.gz", damaged=damage.append))
    assert len(read) == 629 and not damage


FORM = Posted(b"page=2&so=%C4%90%E1%BA%A3ng", [("Content-Type", "application/x-www-form-urlencoded")])


def test_what_was_posted_stands_beside_its_response_as_the_standard_has_it(tmp_path: Path) -> None:
    path, offsets = written(tmp_path, [replace(PAGES[0], posted=FORM), PAGES[1]])
    with path.open("rb") as stream:
        records = list(ArchiveIterator(stream, check_digests="raise"))
    assert [record.rec_type for record in records] == ["warcinfo", "request", "response", "response"]
    _, request, response, _ = records
    assert request.rec_headers["WARC-Concurrent-To"] == response.rec_headers["WARC-Record-ID"]
    assert response.rec_headers["WARC-Concurrent-To"] == request.rec_headers["WARC-Record-ID"]
    assert request.rec_headers["WARC-Target-URI"] == response.rec_headers["WARC-Target-URI"] == PAGES[0].url
    assert request.http_headers.get_header("Content-Length") == str(len(FORM.body))
    posted = [capture.posted for capture in exchanges(path)]
    assert [sent and (sent.body, sent.form) for sent in posted] == [(FORM.body, FORM.body.decode()), None]
    assert read_capture(path, offsets[0]).body == PAGES[0].body


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_request_is_told_from_either_side_of_its_response(tmp_path: Path, order: tuple[int, int]) -> None:
    with (tmp_path / "other.warc").open("wb") as stream:
        writer = WARCWriter(stream, gzip=False)
        headers = StatusAndHeaders("200 OK", HTML, protocol="HTTP/1.1")
        response = writer.create_warc_record(
            PAGES[0].url, "response", payload=io.BytesIO(b"<p>2</p>"), http_headers=headers
        )
        sent = StatusAndHeaders("POST / HTTP/1.1", FORM.headers, is_http_request=True)
        link = {"WARC-Concurrent-To": response.rec_headers["WARC-Record-ID"]}
        request = writer.create_warc_record(
            PAGES[0].url, "request", payload=io.BytesIO(FORM.body), http_headers=sent, warc_headers_dict=link
        )
        for position in order:
            writer.write_record((request, response)[position])
    (capture,) = exchanges(tmp_path / "other.warc")
    assert capture.posted
    assert capture.posted.form == FORM.body.decode()
