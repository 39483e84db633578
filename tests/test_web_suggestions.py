"""Suggestions as the site gives them: as JSON while somebody types, and on the results page."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader import Reader, words_of


def suggestions(reader: Reader, typed: str) -> list[dict[str, Any]]:
    response = reader.get(f"/goi-y.json?q={quote(typed.encode('utf-8', 'replace'))}")
    assert response.status_code == 200
    told = json.loads(response.text)
    assert told["ok"]
    return list(told["suggestions"])


@pytest.mark.parametrize(
    ("typed", "kind", "label", "address"),
    [
        ("le thanh", "person", "Người", "/nguoi?ten="),
        ("LÊ THANH B", "person", "Người", "/nguoi?ten="),
        ("cv/du", "document", "Văn bản", "/van-ban?so="),
        ("thuan h", "province", "Tỉnh, thành phố", "/tim?tinh="),
        ("lang son", "province", "Tỉnh, thành phố", "/tinh/lang-son"),
        ("thong tin bac son", "portal", "Cổng thông tin", "/cong/bac_son_stttt"),
        ("ket nap dang", "activity", "Loại hoạt động", "/tim?loai=ket_nap_dang_vien"),
    ],
)
def test_a_suggestion_leads_where_a_reader_expects(
    reader: Reader, typed: str, kind: str, label: str, address: str
) -> None:
    found = next(each for each in suggestions(reader, typed) if each["kind"] == kind)
    assert found["label"] == label
    assert found["address"].startswith(address)
    assert found["articles"] > 0 and found["count"] == f"{found['articles']} bài"
    assert reader.get(found["address"]).status_code == 200


def test_a_person_is_told_from_namesakes_by_the_newest_office(reader: Reader) -> None:
    assert suggestions(reader, "le thanh")[0]["detail"] == "Phó Bí thư Đảng bộ cơ quan"


def test_the_count_is_that_of_the_page_it_leads_to(reader: Reader) -> None:
    found = suggestions(reader, "le thanh")[0]
    assert f"{found['articles']} bài nhắc tới" in words_of(reader.page(found["address"]))


def test_a_province_behind_a_query_narrows_it(reader: Reader) -> None:
    found = suggestions(reader, "đại hội lang son")[0]
    assert found["detail"] == "trong các bài có “đại hội”"
    assert found["address"] == "/tim?q=%C4%91%E1%BA%A1i+h%E1%BB%99i&tinh=L%E1%BA%A1ng+S%C6%A1n"


def test_suggestions_speak_the_readers_language(reader: Reader) -> None:
    answer = reader.get("/goi-y.json?q=le+thanh", headers={"cookie": "ngon-ngu=en"})
    assert json.loads(answer.text)["suggestions"][0]["label"] == "Person"


@settings(max_examples=30)
@given(st.text(max_size=200))
def test_whatever_is_typed_at_most_eight_are_suggested(reader: Reader, typed: str) -> None:
    assert len(suggestions(reader, typed)) <= 8


def meant(reader: Reader, typed: str) -> list[str]:
    return [
        words_of(each) for each in reader.page(f"/tim?q={quote(typed)}").xpath("//ul[@class='meant']/li/a")
    ]


def test_a_query_that_names_somebody_asks_whether_he_is_meant(reader: Reader) -> None:
    assert meant(reader, "lê thanh bình") == ["Lê Thanh Bình"]
    assert meant(reader, "hội nghị le thanh binh tran hoang dung") == ["Lê Thanh Bình", "Trần Hoàng Dũng"]
    assert meant(reader, "người:Lê Thanh Bình") == ["Lê Thanh Bình"]
    assert meant(reader, "chi bo") == []


def test_where_nothing_is_found_names_that_begin_so_are_shown(reader: Reader) -> None:
    assert meant(reader, '"le thanh b"') == ["Lê Thanh Bình"]
    assert meant(reader, "xyzzy") == []
