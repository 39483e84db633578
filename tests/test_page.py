"""From bytes to a page: what the author meant, whatever the labels say."""

from __future__ import annotations

import unicodedata
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.exceptions import NotHtml
from crawler.extraction.legacy_letters import _TCVN3, _VNI
from crawler.extraction.read import read_page
from crawler.page import Page
from tests.timing import seconds

SENTENCE = (
    "Đại hội Chi bộ Trung tâm Lưu trữ nhiệm kỳ 2022 – 2025 đã bầu cấp ủy khóa mới; các đồng chí được giới "
    "thiệu đều trúng cử với số phiếu tập trung cao, thể hiện sự đoàn kết, thống nhất trong toàn Đảng bộ."
)
TONES = "\u0300\u0301\u0303\u0309\u0323"


def read(body: bytes, content_type: str | None = "text/html", url: str = "http://x.example/tin/1") -> Page:
    return read_page(body, url, content_type=content_type, fetched_at="2022-08-27T13:00:00+07:00")


def html(text: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>Tin</title>{head}</head><body><p>{text}</p></body></html>"


def paragraph(page: Page) -> str:
    return unicodedata.normalize("NFC", page.root.findtext(".//p") or "")


def windows_1258(text: str) -> bytes:
    """Encode as the code page wants it: letter, then tone."""
    out = b""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(part for part in parts if part in TONES)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        out += (base + tone).encode("cp1258")
    return out


@pytest.mark.parametrize(
    "label", [None, "text/html", "text/html; charset=iso-8859-1", "text/html; charset=no-such"]
)
def test_utf8_is_utf8_whatever_the_label_says(label: str | None) -> None:
    page = read(html(SENTENCE).encode(), label)
    assert paragraph(page) == SENTENCE
    assert page.flags == (["encoding_repaired"] if label and "iso" in label else [])


def test_a_byte_order_mark_wins_over_every_label() -> None:
    assert paragraph(read(b"\xef\xbb\xbf" + html(SENTENCE).encode(), "text/html; charset=latin1")) == SENTENCE
    assert paragraph(read(html(SENTENCE).encode("utf-16"))) == SENTENCE


def test_utf16_without_a_mark_is_read() -> None:
    assert paragraph(read(html(SENTENCE).encode("utf-16-le"))) == SENTENCE
    assert paragraph(read(html(SENTENCE).encode("utf-16-be"))) == SENTENCE


@pytest.mark.parametrize("label", ["windows-1258", "iso-8859-1", "utf-8"])
def test_windows_1258_is_read_under_any_label(label: str) -> None:
    page = read(windows_1258(html(SENTENCE)), f"text/html; charset={label}")
    assert paragraph(page) == SENTENCE
    assert page.flags == ([] if label == "windows-1258" else ["encoding_repaired"])


def test_a_page_encoded_twice_is_read_once() -> None:
    misread = "".join(
        chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([byte]).decode("cp1252")
        for byte in html(SENTENCE).encode()
    )
    page = read(misread.encode())
    assert paragraph(page) == SENTENCE
    assert page.flags == ["encoding_repaired"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_text_typed_for_an_old_font_becomes_vietnamese(encoding: str) -> None:
    tcvn3 = {chr(meant): chr(typed) for typed, meant in _TCVN3.items()}
    vni = {meant: typed for typed, meant in _VNI.items()}
    for table in (tcvn3, vni):
        typed = "".join(table.get(letter, letter) for letter in SENTENCE)
        page = read(html(typed).encode(encoding, "replace"))
        assert paragraph(page) == SENTENCE
        assert page.flags == ["encoding_repaired"]


@pytest.mark.parametrize(
    "text",
    [
        "L'été dernier, les élèves reçus à l'hôtel de ville où Hélène, émue, a félicité Noël, sont déjà partis.",
        "A opinião não é só uma questão de três regiões; João e Conceição irão à estação amanhã às três.",
        "Über die Größe der schönen Bäume müssen wir natürlich öfter sprechen, wenn Männer früh kämpfen.",
    ],
)
def test_other_languages_are_left_alone(text: str) -> None:
    for encoding in ("utf-8", "cp1252"):
        page = read(html(text * 3).encode(encoding), f"text/html; charset={encoding}")
        assert paragraph(page) == text * 3
        assert page.flags == []


def test_a_few_broken_bytes_cost_only_themselves() -> None:
    body = html(SENTENCE).encode()
    page = read(body.replace(b"nhi", b"nhi\xff", 1))
    assert "Trung tâm Lưu trữ" in paragraph(page)
    assert page.flags == ["encoding_damaged"]


def test_zero_bytes_disappear() -> None:
    assert paragraph(read(html(SENTENCE).replace("Trung", "Tr\0ung").encode())) == SENTENCE


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", "text/html"),
        (b" \r\n ", "text/html"),
        (b"\0" * 50, "text/html"),
        (b"<!-- nothing -->", "text/html"),
        (b"%PDF-1.4 ...", "application/pdf"),
        (b"%PDF-1.4 ...", "text/html"),
        (b"PK\x03\x04......", "application/octet-stream"),
        (b'{"a": 1}', "application/json"),
        (b"GIF89a\x01\x00", "image/gif"),
        (b"only words", "text/plain"),
    ],
)
def test_what_is_no_html_is_refused_by_name(body: bytes, content_type: str) -> None:
    with pytest.raises(NotHtml):
        read(body, content_type)


def test_html_served_as_something_else_is_still_html() -> None:
    assert paragraph(read(html(SENTENCE).encode(), "application/octet-stream")) == SENTENCE


def test_tags_nested_300_000_deep_do_not_hide_what_follows() -> None:
    def see() -> None:
        page = read(b"<html><body>" + b"<div>" * 300_000 + f"<p>{SENTENCE}</p>".encode())
        assert paragraph(page) == SENTENCE
        assert page.flags == ["nesting_flattened"]

    assert seconds(see) < 3


def test_of_a_huge_page_the_beginning_is_read() -> None:
    for rest in (b"<p>rest</p>" * 1_000_000, b"<p>" + b"rest " * 1_000_000):
        page = read(html(SENTENCE).encode() + rest)
        assert paragraph(page) == SENTENCE
        assert "page_truncated" in page.flags


def test_files_embedded_in_the_page_do_not_count_for_its_size() -> None:
    picture = b"<img src='data:image/png;base64," + b"iVBORw0KGgo" * 500_000 + b"'>"
    page = read(b"<html><body>" + picture + f"<p>{SENTENCE}</p>".encode())
    assert paragraph(page) == SENTENCE
    assert page.flags == []


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/a", "http://x.example/a"),
        ("b?c=1", "http://x.example/tin/b?c=1"),
        (" //y.example/d\n", "http://y.example/d"),
        ("http://[", "http://["),
        ("/e\x01\ufffef", "http://x.example/ef"),
    ],
)
def test_links_become_addresses(link: str, address: str) -> None:
    assert read(html(SENTENCE).encode()).absolute(link) == address


def test_links_are_relative_to_the_base_element() -> None:
    page = read(html(SENTENCE, head="<base href='/moi/'>").encode())
    assert page.absolute("a.html") == "http://x.example/moi/a.html"


def test_a_base_that_no_server_takes_does_not_stand_before_every_link() -> None:
    page = read(html(SENTENCE, head=f"<base href='/{'x' * 8000}/'>").encode())
    assert page.absolute("bai.html") == "http://x.example/tin/bai.html"


PARTS = st.text("ab/.?#;:=&% đ", max_size=12)


@given(link=st.builds("{}{}".format, st.sampled_from(("", "/", "//", "http://y.example/", "https:")), PARTS))
@pytest.mark.parametrize("url", ["http://x.example/tin/1?a=b", "http://x.example", "http://[x/tin"])
def test_every_link_is_joined_as_the_standard_library_joins_it(url: str, link: str) -> None:
    page = read(b"<p>Tin</p>", url=url)
    try:
        assert page.absolute(link) == urljoin(url, link.strip())
    except ValueError:
        assert page.absolute(link) == link.strip()
