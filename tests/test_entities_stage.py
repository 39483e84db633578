"""The stage `entities`: where names stand, hostile texts, a stage that fails, and the way to the corpus."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipelines.process
from pipelines.article import Article, failure_flag
from pipelines.context import Context
from pipelines.entities import entities
from pipelines.entities.people import normal_name
from pipelines.export import export
from pipelines.load import load
from pipelines.normalise import normalise
from pipelines.parts import NAMED
from pipelines.process import process, tell
from pipelines.store import Store
from tests.timing import is_linear

HERE = Context("2025-07-04T08:15:00+07:00", "http://so.example.vn/bai-1.html")


def read(text: str, *, language: str | None = "vi", **fields: Any) -> Article:
    """Return an article with that body, its names read."""
    fields.setdefault("headline", "Tin")
    return entities(Article(url=HERE.address, article_body=text, in_language=language, **fields))


def put_some(store: Store, *numbers: int) -> None:
    for number in numbers:
        page = Article(
            url=f"http://so.example.vn/bai-{number}.html",
            portal="so_thu",
            headline="Tin",
            article_body=f"Họp {number}.",
            asset=str(number),
        )
        store.put(page.url, process(page, Context(HERE.fetched_at, page.url, store.known)))


def rows(store: Store, query: str) -> list[tuple[object, ...]]:
    return store.connection.execute(query).fetchall()


# Where things stand, and how they are printed


def test_every_entry_says_where_it_first_stands() -> None:
    page = read(
        "Đồng chí Trần Thị Vân chủ trì.\nĐảng bộ có 41 đảng viên.",
        headline="Sở Y tế học Chỉ thị 05-CT/TW",
        description="Đồng chí Bùi Anh và đồng chí Trần Thị Vân dự.",
    )
    found = [entry for name in NAMED for entry in getattr(page, name)]
    shown = [getattr(page, entry["field"])[entry["start"] : entry["end"]] for entry in found]
    assert shown == ["Trần Thị Vân", "Bùi Anh", "Sở Y tế", "05-CT/TW", "41 đảng viên"]
    assert [entry["field"] for entry in found] == [
        "article_body", "description", "headline", "headline", "article_body",
    ]  # fmt: skip


def test_a_lead_that_opens_the_body_is_read_once() -> None:
    lead = "Đồng chí Trần Thị Vân chủ trì."
    page = read(f"{lead}\nHết.", description=lead)
    assert [one["field"] for one in page.people or ()] == ["article_body"]


def test_capitals_hide_where_names_end_but_not_known_words() -> None:
    page = read("", headline="ĐẢNG BỘ SỞ Y TẾ TỈNH HÀ NAM TỔ CHỨC ĐẠI HỘI LẦN THỨ V")
    assert [one["name"] for one in page.organisations or ()] == ["ĐẢNG BỘ SỞ Y TẾ TỈNH HÀ NAM"]
    page = read("", headline="TIN BUỒN: ĐỒNG CHÍ NGUYỄN VĂN BÌNH, NGUYÊN BÍ THƯ ĐẢNG ỦY SỞ")
    assert [(one["name"], one["office"]) for one in page.people or ()] == [
        ("Nguyễn Văn Bình", "NGUYÊN BÍ THƯ ĐẢNG ỦY SỞ")
    ]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("NGUYỄN VĂN BÌNH", "Nguyễn Văn Bình"),
        ("nguyễn văn bình", "Nguyễn Văn Bình"),
        ("KSOR H'BƠ KHĂP", "Ksor H'Bơ Khăp"),
        ("VÀNG A SẾNH", "Vàng A Sếnh"),
        ("Ksor H'bơ Khăp", "Ksor H'bơ Khăp"),
        ("Lê Thị Thuý", "Lê Thị Thuý"),
    ],
)
def test_a_person_has_one_name_whatever_case_it_was_printed_in(written: str, name: str) -> None:
    assert normal_name(written) == name
    in_headline = read("", headline=f"TIN BUỒN: ĐỒNG CHÍ {written.upper()}, NGUYÊN BÍ THƯ").people or []
    assert in_headline[0]["name"] == normal_name(written.upper())
    assert in_headline[0]["end"] - in_headline[0]["start"] == len(written)


def test_text_typed_without_marks_is_read_too() -> None:
    text = (
        "Dang bo So Thong tin va Truyen thong tinh Phu Yen to chuc Dai hoi lan thu V, nhiem ky 2020-2025. "
        "Dong chi Nguyen Van Binh, Bi thu Dang uy, Giam doc So chu tri; 120 dang vien. "
        "Chi thi so 05-CT/TW ngay 15/5/2016 cua Bo Chinh tri."
    )
    page = read(text, language=None)
    assert [(one["name"], one["office"]) for one in page.people or ()] == [
        ("Nguyen Van Binh", "Bi thu Dang uy, Giam doc So")
    ]
    assert {one["name"] for one in page.organisations or ()} == {
        "Dang bo So Thong tin va Truyen thong tinh Phu Yen", "Bo Chinh tri",
    }  # fmt: skip
    assert [(one["number"], one["date"]) for one in page.documents or ()] == [("05-CT/TW", "2016-05-15")]
    assert {(one["kind"], one["value"]) for one in page.figures or ()} == {
        ("congress", 5), ("term", "2020-2025"), ("members", 120),
    }  # fmt: skip


def test_another_language_names_nobody_and_is_not_called_unread() -> None:
    page = read("So Kim met Ban Ki-moon in Hanoi. Bo Derek said so to Ha Long Bay.", language=None)
    assert (page.people, page.organisations, page.documents, page.figures) == ([], [], [], [])


# Hostile texts


@pytest.mark.parametrize(
    "piece",
    [
        "Đồng chí Nguyễn Văn An, Bí thư Chi bộ Sở Y tế. ",
        "Nguyễn ", "Nguyễn Văn A", "Sở ", "Phó ", "Bí thư, ", "Ban Chỉ đạo phòng, chống dịch ", "A", "a", " ",
        "Đảng ủy Sở, Phó Giám đốc ", "đồng chí ", "1/A-", "1-A/B ", "12/2020/QĐ-", "05-CT/TW, ", "/", "1", "1.", "9/9",
        "lần thứ Đại hội ", "Đại hội X", " đảng viên", "kết nạp 1 đảng viên", "nhiệm kỳ 2020-", "A.", "TT&", "(TT) ",
        "UBND phường Nguyễn Văn Bình, ", "Trường THPT Lê ", "phường Lê Lê Lê ",
        "Trung tâm Đào tạo, Tư vấn ", "Sở TT&TT và ", "H'", "İ", "\n", "Ð", "số ",
    ],
)  # fmt: skip
def test_a_text_of_millions_of_characters_costs_its_length(piece: str) -> None:
    assert is_linear(lambda size: read(piece * (size // len(piece))), 50_000)


@given(st.lists(st.sampled_from([
    "Nguyễn", "Văn", "An", "Đồng chí", "Bí thư", "Phó", "Sở", "Nội vụ", "và", ",", ".", "\n", "05-CT/TW", "ngày", "15/5/2016",
    "của", "Bộ Chính trị", "12", "đảng viên", "Đại hội", "lần thứ", "XIII", "UBND", "TP.", "Hồ Chí Minh", "(", ")", "-", "İ", "ﬀ",
]), max_size=40))  # fmt: skip
def test_whatever_is_read_stands_in_the_text_where_it_says(pieces: list[str]) -> None:
    text = " ".join(pieces)
    page = read(text)
    for entry in page.people or ():
        assert text[entry["start"] : entry["end"]] == entry["name"]
        assert entry["office"] is None or entry["office"] in text
    for entry in page.organisations or ():
        assert text[entry["start"] : entry["end"]] == entry["name"]
    for entry in page.figures or ():
        assert text[entry["start"] : entry["end"]] == entry["text"]
    for entry in page.documents or ():
        shown = text[entry["start"] : entry["end"]].replace(" ", "").upper()
        assert shown.startswith(entry["number"])


@given(st.text(max_size=300), st.text(max_size=80), st.text(max_size=80))
def test_no_text_breaks_the_stage(body: str, headline: str, lead: str) -> None:
    page = Article(url=HERE.address, headline=headline, description=lead, article_body=body)
    found = entities(normalise(page, HERE))
    assert all(isinstance(getattr(found, name), list) for name in NAMED)


def test_the_stage_reads_the_same_twice() -> None:
    page = read("Đồng chí Trần Thị Vân, Giám đốc Sở Y tế; Chỉ thị 05-CT/TW; 41 đảng viên.")
    first = {name: getattr(page, name) for name in NAMED}
    entities(page)
    assert {name: getattr(page, name) for name in NAMED} == first


# A stage that fails


def test_an_article_on_which_a_stage_fails_is_kept_flagged_and_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def classify(article: Article) -> Article:
        article.is_party = True
        raise ZeroDivisionError("a defect")

    monkeypatch.setattr(pipelines.process, "TELLING", (classify, entities))
    page = Article(
        url=HERE.address, portal="so_thu", headline="Tin", article_body="Đồng chí Trần Thị Vân dự.", in_language="vi"
    )  # fmt: skip
    with caplog.at_level(logging.ERROR):
        stored = process(page, HERE).article
        tell([stored])
    assert stored.is_party is None
    assert "classify_failed" in stored.quality_flags
    assert [one["name"] for one in stored.people or ()] == ["Trần Thị Vân"]
    [record] = caplog.records
    assert "so_thu" in record.getMessage() and HERE.address in record.getMessage()


def test_a_flag_goes_when_the_stage_succeeds() -> None:
    page = Article(url=HERE.address, headline="Tin", article_body="Họp.", quality_flags=["entities_failed"])
    tell([page])
    assert failure_flag("entities") not in page.quality_flags


def test_what_cannot_be_told_of_an_article_costs_neither_it_nor_its_batch(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def classify(page: Article) -> Article:
        page.is_party = True
        if page.asset == "2":
            raise ZeroDivisionError("a defect")
        return page

    monkeypatch.setattr(pipelines.process, "TELLING", (classify,))
    put_some(store, 1, 2, 3)
    assert len(store.flush()) == 3
    query = "SELECT asset, is_party, quality_flags LIKE '%classify_failed%' FROM articles ORDER BY asset"
    assert rows(store, query) == [("1", 1, 0), ("2", None, 1), ("3", 1, 0)]
    assert store.flush() == []


def test_a_batch_that_was_stopped_while_it_was_told_is_written_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def entities(page: Article) -> Article:
        asked.append(page.asset)
        if asked == ["1", "2"]:
            raise KeyboardInterrupt
        page.people = [
            {"name": "Lê Lan", "office": None, "body": None, "start": 0, "end": 6, "field": "headline"}
        ]
        return page

    monkeypatch.setattr(pipelines.process, "TELLING", (entities,))
    put_some(store, 1, 2)
    with pytest.raises(KeyboardInterrupt):
        store.flush()
    assert rows(store, "SELECT count(*) FROM articles") == [(0,)]
    assert len(store.flush()) == 2
    assert asked == ["1", "2", "1", "2"]
    assert rows(store, "SELECT asset, name FROM people JOIN articles ON id = article") == [
        ("1", "Lê Lan"),
        ("2", "Lê Lan"),
    ]


def test_a_stage_that_gives_identity_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    def identify(article: Article, context: Context) -> Article:
        raise ZeroDivisionError

    monkeypatch.setattr(pipelines.process, "STAGES", (identify,))
    with pytest.raises(ZeroDivisionError):
        process(Article(url=HERE.address), HERE)


# In the corpus


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr("pipelines.store.INTERVAL", 3600.0)  # no batch ends by itself
    return Store.open(tmp_path / "corpus.db")


def put(store: Store, text: str, at: str = HERE.fetched_at) -> int:
    page = Article(
        url=HERE.address, portal="so_thu", asset="1", headline="Sở Y tế họp", article_body=text, in_language="vi"
    )  # fmt: skip
    processed = process(page, Context(at, page.url, store.known))
    store.put(page.url, processed)
    store.flush()
    return processed.article.id or 0


TEXT = "Đồng chí Trần Thị Vân, Giám đốc Sở Y tế, nêu Chỉ thị 05-CT/TW ngày 15/5/2016; kết nạp 3 đảng viên."


def test_names_come_back_from_the_corpus_as_they_were_put(store: Store) -> None:
    key = put(store, TEXT)
    [page] = load(store.connection, [key])
    read_again = read(page.article_body or "", headline=page.headline)
    for name in NAMED:
        assert getattr(page, name) == getattr(read_again, name) != []
    [line] = export(store.connection)
    assert json.loads(line)["figures"][0]["value"] == 3
    store.close()


def test_a_revision_takes_the_old_names_away(store: Store) -> None:
    put(store, TEXT)
    put(
        store,
        "Không còn ai được nhắc đến trong bài viết này của cổng thông tin.",
        "2025-08-01T08:00:00+07:00",
    )
    names = store.connection.execute("SELECT name FROM people").fetchall()
    numbers = store.connection.execute("SELECT number FROM documents").fetchall()
    assert (names, numbers) == ([], [])
    assert store.connection.execute("SELECT name, field FROM organisations").fetchall() == [
        ("Sở Y tế", "headline")
    ]
    store.close()


def test_an_article_that_was_not_read_for_names_has_none_not_nobody(store: Store) -> None:
    key = put(store, TEXT)
    with store.connection:
        store.connection.execute("UPDATE articles SET quality_flags = '[\"entities_failed\"]'")
    [page] = load(store.connection, [key])
    assert [getattr(page, name) for name in NAMED] == [None] * 4
    store.close()


@pytest.mark.parametrize(
    ("table", "column"),
    [("people", "name"), ("organisations", "name"), ("documents", "number"), ("figures", "kind")],
)
def test_counting_by_name_or_number_uses_an_index(store: Store, table: str, column: str) -> None:
    plan = store.connection.execute(
        f"EXPLAIN QUERY PLAN SELECT {column}, count(*) FROM {table} GROUP BY {column}"
    ).fetchall()
    assert any("COVERING INDEX" in str(step) for step in plan)
    store.close()
