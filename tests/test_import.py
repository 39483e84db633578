"""`tinso import`: anybody's articles through the same stages; what cannot be used is named, and the rest goes on."""

from __future__ import annotations

import gc
import gzip
import json
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import made_up
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.article import FIELDS, Article
from pipelines.export import export
from pipelines.imports import import_articles
from pipelines.lines import Line, json_lines
from pipelines.outcomes import Outcome
from pipelines.record import BadRecord, article_of
from pipelines.schema import open_corpus
from pipelines.store import BATCH, Store
from tests.crawling import RECORDING, command, finished, tinso
from tests.timing import seconds

AT = "2026-05-04T08:15:00+07:00"
LEAST = {
    "url": "http://so.mau.example/tin/bai-1.html",
    "headline": "Chi bộ Văn phòng kết nạp đảng viên mới",
    "article_body": "Sáng 4/5, Chi bộ đã họp.\nCó hai quần chúng được kết nạp.",
}


def write(path: Path, *records: object) -> Path:
    lines = [
        record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def take(store: Store, *records: object) -> list[tuple[Outcome, str | None]]:
    lines = [Line(f"x:{number}", record) for number, record in enumerate(records, start=1)]
    results = [(line.outcome, line.reason) for line in import_articles(lines, store, at=AT)]
    store.flush()
    return results


def exported(data: Path) -> dict[str, dict[str, Any]]:
    with closing(open_corpus(data / "corpus.db", read_only=True)) as connection:
        return {record["url"]: record for record in map(json.loads, export(connection))}


# What is taken over, and what the stages find out.


def test_address_headline_and_text_suffice_and_the_stages_do_the_rest(store: Store) -> None:
    assert take(store, LEAST) == [(Outcome.NEW, None)]
    row = store.connection.execute(
        "SELECT portal, is_party, in_language, word_count, first_seen, revision, archive FROM articles"
    ).fetchone()
    assert row == ("so.mau.example", 1, "vi", 13, AT, 1, None)
    assert store.connection.execute("SELECT url, source FROM sightings").fetchall() == [
        (LEAST["url"], "import")
    ]


def test_an_address_with_www_is_the_same_portals(store: Store) -> None:
    take(store, LEAST)
    other = {**LEAST, "url": str(LEAST["url"]).replace("so.mau", "www.so.mau")}
    assert take(store, other) == [(Outcome.UNCHANGED, None)]
    assert store.connection.execute("SELECT portal FROM articles").fetchall() == [("so.mau.example",)]


def test_importing_again_changes_nothing(store: Store) -> None:
    take(
        store,
        LEAST,
        {**LEAST, "url": "http://so.mau.example/tin/bai-2.html", "first_seen": "2020-01-02T03:04:05Z"},
    )
    before = list(store.connection.iterdump())
    assert {outcome for outcome, _ in take(store, LEAST, LEAST)} == {Outcome.UNCHANGED}
    assert list(store.connection.iterdump()) == before


def test_a_changed_text_is_a_revision(store: Store) -> None:
    take(store, LEAST)
    assert take(store, {**LEAST, "article_body": "Đã đính chính."}) == [(Outcome.REVISED, None)]


def test_an_earlier_copy_of_a_known_article_revises_nothing(store: Store) -> None:
    take(store, LEAST)
    earlier = {**LEAST, "article_body": "Bản cũ.", "last_seen": "2020-01-02T03:04:05+07:00"}
    assert take(store, earlier) == [(Outcome.UNCHANGED, None)]


def test_times_become_vietnams_and_days_stay_days() -> None:
    record = {
        **LEAST,
        "date_published": "2023-05-04T00:30:00Z",
        "date_modified": "2023-05-05",
        "event_date": "2023-05",
        "first_seen": "2023-06-01T10:00:00",
    }
    article = article_of(record).article
    assert article.date_published == "2023-05-04T07:30:00+07:00"
    assert (article.date_modified, article.event_date) == ("2023-05-05", "2023-05")
    assert article.first_seen == "2023-06-01T10:00:00+07:00"


def test_what_the_stages_find_out_is_not_believed(store: Store) -> None:
    told = {
        "id": 5,
        "is_party": False,
        "word_count": 1,
        "cluster": 9,
        "revision": 7,
        "quality_flags": ["no_date", "own"],
    }
    take(store, {**LEAST, **told, "date_published": "2023-05-04"})
    row = store.connection.execute(
        "SELECT id = 5, is_party, word_count, revision, quality_flags FROM articles"
    ).fetchone()
    assert row == (0, 1, 13, 1, '["own"]')


def test_an_import_tells_what_a_crawl_tells_by_portal_and_text(tmp_path: Path) -> None:
    url = "http://sotttt.hanoi.gov.vn/vi/tin/-/view_content/77-bai.html"
    copy = "http://sotttt.hanoi.gov.vn/doan-the/-/view_content/pop_up/77-bai.html"
    published = {"date_published": "2023-05-05"}
    elsewhere = "http://so.mau.example/bai-"
    file = write(
        tmp_path / "a.ndjson",
        {**LEAST, "url": url},
        {**LEAST, "url": copy, "portal": "hanoi_stttt"},
        {**LEAST, "url": f"{elsewhere}2.html", **published},
        {**LEAST, "url": f"{elsewhere}3.html", **published, "event_date": "2023-04"},
        {
            **LEAST,
            "url": f"{elsewhere}4.html",
            **published,
            "article_body": "Chi bộ họp.",
            "description": "Tối 3/5.",
        },
    )
    assert tinso("import", file, "--data", tmp_path).returncode == 0
    with sqlite3.connect(tmp_path / "corpus.db") as connection:
        of_portal = "FROM articles WHERE portal = 'hanoi_stttt'"
        rows = connection.execute(f"SELECT portal, asset, province, body {of_portal}").fetchall()
        assert rows == [("hanoi_stttt", "77", "Hà Nội", "Sở Thông tin và Truyền thông")]
        events = "SELECT event_date, event_date_source FROM articles WHERE url LIKE ? ORDER BY url"
        assert connection.execute(events, (f"{elsewhere}%",)).fetchall() == [
            ("2023-05-04", "dateline+published"),
            ("2023-04", None),
            ("2023-05-03", "dateline+published"),
        ]
        assert connection.execute("SELECT count(*) FROM sightings").fetchone() == (5,)
        outcomes = dict(connection.execute("SELECT outcome, urls FROM outcomes WHERE portal = 'hanoi_stttt'"))
        assert outcomes == {"new": 1, "duplicate_address": 1}
        assert connection.execute("SELECT source, finished IS NULL FROM runs").fetchall() == [
            (f"import: {file}", 0)
        ]


# There and back.


def test_an_export_comes_back_but_for_what_the_directory_gives(tmp_path: Path) -> None:
    """The portals are not declared, so the keys follow the addresses; the archive is elsewhere."""
    (tmp_path / "one").mkdir()
    made_up.fill(tmp_path / "one" / "corpus.db", hostile=True)
    file = tmp_path / "all.ndjson.gz"
    with (
        gzip.open(file, "wb") as stream,
        open_corpus(tmp_path / "one/corpus.db") as connection,
    ):
        stream.writelines(export(connection))
    process = tinso("import", file, "--data", tmp_path / "two")
    assert process.returncode == 0, process.stderr
    first, second = exported(tmp_path / "one"), exported(tmp_path / "two")
    assert first.keys() == second.keys() and len(first) > 30
    elsewhere = {"id", "archive", "revision", "cluster", "duplicate_of"}
    for url, record in first.items():
        assert {name for name in FIELDS if record[name] != second[url][name]} <= elsewhere


@pytest.mark.skipif(not RECORDING.is_file(), reason="the recording in shared/data is absent")
def test_the_recorded_portals_export_comes_back_with_its_keys(tmp_path: Path) -> None:
    one, two, file = tmp_path / "one", tmp_path / "two", tmp_path / "all.ndjson"
    assert tinso("crawl", "hanoi_stttt", "--from-archive", RECORDING, "--data", one).returncode == 0
    assert tinso("export", "-o", file, "--data", one).returncode == 0
    process = tinso("import", file, "--data", two)
    assert (process.returncode, process.stderr) == (0, "")
    assert "80 articles stored" in process.stdout
    assert tinso("verify", "--data", two).returncode == 0
    first, second = exported(one), exported(two)
    assert [{**record, "archive": None} for record in first.values()] == list(second.values())


# What cannot be used.

BAD: dict[str, tuple[object, str]] = {
    "no JSON": ('{"url": "http', "is no JSON"),
    "no object": (["x"], "is no JSON object; write one article a line"),
    "no headline": ({**LEAST, "headline": None}, "missing: headline; url, headline and article_body"),
    "empty text": ({**LEAST, "article_body": " \u200b"}, "missing: article_body"),
    "nothing": ({}, "missing: url, headline, article_body"),
    "no address": ({**LEAST, "url": "bai-1.html"}, "url: 'bai-1.html' is no address; begin with http://"),
    "broken address": ({**LEAST, "url": "http://[x"}, "is no address (Invalid IPv6 URL); copy it from the browser"),
    "no such port": ({**LEAST, "url": "http://so.mau.example:99999/"}, "is no address (Port out of range"),
    "a number": ({**LEAST, "headline": 5}, "headline: 5 is no text; put it in quotation marks"),
    "another date": ({**LEAST, "date_published": "04/05/2023"}, "'04/05/2023' is no ISO 8601 date; write it as 2023-"),
    "no such day": ({**LEAST, "date_published": "2023-02-30"}, "is no ISO 8601 date"),
    "a text for a list": ({**LEAST, "keywords": "a, b"}, "keywords: 'a, b' is no list; put it in brackets"),
    "picture": ({**LEAST, "images": [{"caption": "x"}]}, "images: {'caption': 'x'} has no url"),
    "first seen": ({**LEAST, "first_seen": "hôm qua"}, "first_seen: 'hôm qua' is no ISO 8601 time"),
    "year 10000": ({**LEAST, "last_seen": "9999-12-31T23:59:59-10:00"}, "is no ISO 8601 time; write it as 2023-"),
    "to come": ({**LEAST, "date_published": "2990-01-01"}, "date_published: '2990-01-01' is in the future; mend it"),
    "seen too late": ({**LEAST, "last_seen": "2990-01-01T00:00:00"}, "last_seen: '2990-01-01T00:00:00+07:00' is in the"),
    "no date": ({**LEAST, "date_published": "0001-01-01T00:00:00"}, "is before 1900; mend it or leave it out"),
    "no such month": ({**LEAST, "event_date": "2023-13"}, "'2023-13' is no day or month (month must be in 1..12); write it as"),
}  # fmt: skip


def test_each_bad_line_is_named_with_what_to_do_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = {**LEAST, "url": "http://so.mau.example/tin/bai-2.html"}
    file = write(tmp_path / "a.ndjson", LEAST, *(record for record, _ in BAD.values()), "", good)
    process = tinso("import", file, "--data", tmp_path)
    assert process.returncode == 1
    said = process.stderr.splitlines()
    for number, (_, reason) in enumerate(BAD.values(), start=2):
        (line,) = [line for line in said if line.startswith(f"tinso: {file}:{number}: ")]
        assert reason in line
    assert len(said) == len(BAD)
    assert "2 articles stored" in process.stdout
    assert "Traceback" not in process.stderr


def test_an_unknown_name_is_said_once_and_kept_out(tmp_path: Path) -> None:
    records = [{**LEAST, "url": f"http://so.mau.example/{n}", "views": n, "likes": 1} for n in range(3)]
    files = [write(tmp_path / f"{n}.ndjson", *records) for n in range(2)]
    process = tinso("import", *files, "--data", tmp_path)
    assert process.returncode == 0
    assert process.stderr.count("'views' is no name of a record") == process.stderr.count("'likes'") == 1
    assert f"{files[0]}:1: 'views'" in process.stderr


def test_files_that_cannot_be_read_are_named_and_the_others_are_taken(tmp_path: Path) -> None:
    good = write(tmp_path / "good.ndjson", LEAST)
    torn = tmp_path / "torn.gz"
    many = "".join(f"{json.dumps({**LEAST, 'url': f'http://so.mau.example/t/{n}'})}\n" for n in range(900))
    torn.write_bytes(gzip.compress(many.encode())[:-500])
    bad = tmp_path / "latin.ndjson"
    bad.write_bytes('{"headline": "Đảng bộ"}'.encode("utf-16"))
    process = tinso(
        "import", tmp_path / "none.ndjson", tmp_path, torn, bad, good, "--data", tmp_path / "data"
    )
    assert process.returncode == 1
    assert f"{tmp_path / 'none.ndjson'}: cannot be read (No such file or directory)" in process.stderr
    assert f"{tmp_path}: cannot be read (Is a directory)" in process.stderr
    assert "torn.gz:" in process.stderr and "cannot be read on" in process.stderr
    assert f"{bad}:1: is no UTF-8" in process.stderr
    with sqlite3.connect(tmp_path / "data" / "corpus.db") as connection:
        urls = {url for (url,) in connection.execute("SELECT url FROM articles")}
    assert LEAST["url"] in urls and len(urls) > 100


@pytest.mark.parametrize("compress", [bytes, gzip.compress])
def test_standard_input_is_read_plain_and_compressed(tmp_path: Path, compress: Any) -> None:
    content = b"\xef\xbb\xbf" + json.dumps(LEAST).encode() + b"\r\n\r\n"
    process = subprocess.run(
        command("import", "-", "--data", tmp_path), input=compress(content), capture_output=True, timeout=60
    )
    assert (process.returncode, process.stderr) == (0, b"")


def test_a_directory_in_use_is_left_alone(tmp_path: Path) -> None:
    from crawler.data_directory import DataDirectory

    file = write(tmp_path / "a.ndjson", LEAST)
    directory = DataDirectory.open(tmp_path / "data")
    try:
        process = finished(command("import", file, "--data", tmp_path / "data"))
    finally:
        directory.release()
    assert process.returncode == 1
    assert "another crawl is using this data directory" in process.stderr


# Any input.

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=6), JSON, max_size=8) | JSON)
def test_any_json_is_an_article_or_bad_with_a_reason(record: object) -> None:
    try:
        read = article_of(record)
    except BadRecord as bad:
        assert str(bad)
    else:
        assert not set(read.unknown) & set(FIELDS)


@given(st.binary(max_size=200))
def test_any_bytes_are_lines_or_faults(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.ndjson"
    path.write_bytes(content)
    assert all(line.place.startswith(str(path)) for line in json_lines(str(path)))


def test_no_more_than_a_batch_is_held_in_memory(store: Store) -> None:
    def articles() -> int:
        return sum(isinstance(thing, Article) for thing in gc.get_objects())

    def lines() -> Iterator[Line]:
        for number in range(3 * BATCH):
            if number % BATCH == BATCH - 1:
                held.append(articles() - before)
            yield Line(
                f"x:{number}",
                {**LEAST, "url": f"http://so.mau.example/{number}", "headline": f"Tin {number}"},
            )

    held: list[int] = []
    before = articles()  # that other tests keep
    assert sum(line.outcome is Outcome.NEW for line in import_articles(lines(), store, at=AT)) == 3 * BATCH
    assert max(held) <= BATCH + 5
    assert len(held) == 3


def test_many_pages_of_one_text_do_not_take_long(store: Store) -> None:
    """As a portal has them that answers every number with the same sentence."""
    records = [{**LEAST, "url": f"http://so.mau.example/chi-tiet/{number}"} for number in range(1200)]
    taken: list[tuple[Outcome, str | None]] = []
    assert seconds(lambda: taken.extend(take(store, *records))) < 8
    assert {outcome for outcome, _ in taken} == {Outcome.NEW}
