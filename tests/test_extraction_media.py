"""Pictures with captions and credits, and attachments."""

from __future__ import annotations

import pytest
from article_pages import BODY, HEADLINE, PARAGRAPHS, article, plain

from crawler.extraction.images import split_credit


class TestImages:
    @pytest.mark.parametrize(
        "printed",
        [
            "<figure><img src=a.jpg alt=x><figcaption>Quang cảnh buổi lễ. Ảnh: Lê Hải</figcaption></figure>",
            "<p align=center><img src=a.jpg><br><i>Quang cảnh buổi lễ. Ảnh: Lê Hải</i></p>",
            "<table><tr><td><img src=a.jpg></td></tr><tr><td class=caption>Quang cảnh buổi lễ. Ảnh: Lê Hải</td></tr></table>",
            "<p><img src=a.jpg></p><p style='text-align:center'><em>Quang cảnh buổi lễ (Ảnh: Lê Hải)</em></p>",
            "<figure><img data-src=a.jpg src='data:image/gif;base64,xx' alt='Quang cảnh buổi lễ. Ảnh: Lê Hải'></figure>",
            "<figure><img src=a.jpg alt='Quang cảnh buổi lễ. Ảnh: Lê Hải'><figcaption>Quang cảnh buổi lễ. Ảnh: Lê Hải"
            "</figcaption><p>Quang cảnh buổi lễ. Ảnh: Lê Hải</p></figure>",
        ],
    )
    def test_captions_belong_to_the_picture(self, printed: str) -> None:
        first, *rest = (f"<p>{text}</p>" for text in PARAGRAPHS)
        found = article(plain(f"{first}{printed}{''.join(rest)}"))
        assert found.images == [
            {"url": "http://so.mau.example/tin/a.jpg", "caption": "Quang cảnh buổi lễ", "credit": "Lê Hải"}
        ]
        assert found.article_body == "\n".join(PARAGRAPHS)

    @pytest.mark.parametrize(
        "alt",
        ["Anh-tin-bai", "IMG_1234.jpg", f"{HEADLINE} - Ảnh 1.", "c4ca4238a0b923820dcc509a6f75849b", HEADLINE],
    )
    def test_automatic_alternative_texts_are_no_captions(self, alt: str) -> None:
        found = article(plain(f"<p><img src=a.jpg alt='{alt}'></p>{BODY}"))
        assert found.images == [{"url": "http://so.mau.example/tin/a.jpg", "caption": None, "credit": None}]

    def test_icons_are_no_pictures(self) -> None:
        assert article(plain(f"<img src=/img/icon-print.png><img src=x.gif width=16>{BODY}")).images == []

    def test_credits_are_split_off(self) -> None:
        assert split_credit("Các đại biểu (Ảnh: Thu Hà)") == ("Các đại biểu", "Thu Hà")
        assert split_credit("Ảnh minh họa") == ("Ảnh minh họa", None)
        assert split_credit(None) == (None, None)


def test_an_article_has_hundreds_of_pictures_at_most() -> None:
    found = article(plain(BODY + "".join(f"<img src=/anh/{number}.jpg>" for number in range(600))))
    assert len(found.images) == 500 and found.article_body == "\n".join(PARAGRAPHS)


def test_attachments_are_listed_with_their_types() -> None:
    body = """<p>Tải <a href="/f/a%20b.docx">Kế hoạch</a>, <a href="#" onclick="downloadFile('b.rar','/upload/b.rar')">b</a></p>
    <iframe src="/3rdparty/pdfjs/web/viewer.html?file=/upload/c.pdf"></iframe><a href="/tin/2">Tin</a>"""
    box = "<div class=dinhkem><p>Tài liệu đính kèm:</p><p><a href=/up/d.xlsx>Danh sách</a></p></div>"
    found = article(plain(BODY + body) + box)
    assert [(item["url"].removeprefix("http://so.mau.example"), item["name"], item["media_type"]) for item in found.attachments] == [
        ("/f/a%20b.docx", "Kế hoạch", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("/upload/b.rar", "b", "application/vnd.rar"),
        ("/upload/c.pdf", "c.pdf", "application/pdf"),
        ("/up/d.xlsx", "Danh sách", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ]  # fmt: skip


def test_files_listed_with_a_label_are_attachments_and_no_text() -> None:
    files = "".join(
        f"<div class=file>Tệp đính kèm: <a href='/u/{name}.pdf'>Hướng dẫn số {name}</a></div>"
        for name in "12"
    )
    found = article(plain(f"{BODY}<p style='text-align:right'><b>Lê Hải</b></p>{files}"))
    assert [file["name"] for file in found.attachments] == ["Hướng dẫn số 1", "Hướng dẫn số 2"]
    assert (found.article_body, found.author) == ("\n".join(PARAGRAPHS), "Lê Hải")


def test_a_text_of_one_sentence_below_share_links_is_found_with_its_file_and_byline() -> None:
    sentence = "Đảng ủy Sở Mẫu ban hành Quy chế làm việc của Ban Chấp hành."
    found = article(
        f"<h1>{HEADLINE}</h1><div>18/03/2020</div><div class=share><a href='#'>Facebook</a></div>"
        f"<div><p>{sentence}</p><p><a href='/u/1.pdf'>Quy chế số 1</a></p><p><b>Lê Hải</b></p></div>",
        title=HEADLINE,
    )
    assert (found.article_body, found.author) == (sentence, "Lê Hải")
    assert [file["name"] for file in found.attachments] == ["Quy chế số 1"]


def test_paragraphs_indented_by_hand_are_not_in_the_readable_body() -> None:
    found = article(plain(BODY.replace("<p>", "<p>&nbsp;&nbsp; <span style='color:red'>&nbsp; ", 1)))
    assert (found.body_html or "").count(f"<p>{PARAGRAPHS[0]}") == 1
