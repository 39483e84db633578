"""Article pages of our own for the tests of extraction: the least of markup, and Liferay's."""

from __future__ import annotations

from crawler.extraction import Hints, Layout, extract
from crawler.extraction.read import read_page
from crawler.page import Page
from pipelines.article import Article

FETCHED = "2022-08-27T13:00:00+07:00"
HEADLINE = "Chi bộ Kho lưu trữ – Thư viện: Kết nạp hai đảng viên mới"
LEAD = "Sáng 13/3, Chi bộ Kho lưu trữ – Thư viện tổ chức lễ kết nạp đảng viên cho hai quần chúng ưu tú."
PARAGRAPHS = (
    "Dự buổi lễ có đồng chí Nguyễn Văn Mẫu, Phó Bí thư Đảng ủy, cùng toàn thể đảng viên đang sinh hoạt tại Chi bộ.",
    "Sau phần tuyên thệ, Bí thư Chi bộ giao nhiệm vụ và phân công đảng viên chính thức giúp đỡ đảng viên dự bị.",
    "Từ đầu năm đến nay, Chi bộ đã kết nạp 4 đảng viên, đạt 100% chỉ tiêu Nghị quyết đại hội đề ra.",
)
BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
LIFERAY = Layout(
    name="liferay/mau",
    probe=".asset-full-content-title",
    headline=".asset-full-content-title",
    stamp=".assetPublishDate",
    lead="p.sapo",
    body=".asset-full-content .journal-content-article",
    author="p.texttacgia",
    drop=".view-content-author",
)


def page(
    body: str, *, title: str = "Tin", head: str = "", url: str = "http://so.mau.example/tin/bai-1.html"
) -> Page:
    markup = f"<!DOCTYPE html><html lang='en-US'><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return read_page(markup.encode(), url, content_type="text/html; charset=utf-8", fetched_at=FETCHED)


def article(
    body: str, *, hints: Hints | None = None, layouts: tuple[Layout, ...] = (), **more: str
) -> Article:
    found = extract(page(body, **more), hints=hints, layouts=layouts)
    found.article.body_html = found.body_html
    return found.article


def plain(body: str = BODY, stamp: str = "18/03/2020 | 5:23 PM", headline: str = HEADLINE) -> str:
    """An article in the least of markup."""
    return f"<div class=tin><h1>{headline}</h1><div class=ngay>{stamp}</div><div class=noidung>{body}</div></div>"


def liferay(body: str = BODY, sapo: str = "", stamp: str = "18/03/2020 | 5:23 PM") -> str:
    return f"""<section><h1 class="portlet-title">quy hoạch - kế hoạch</h1></section><div class="portlet-body">
      <div class="asset-full-content-title">{HEADLINE}</div><div class="assetPublishDate">{stamp}</div>
      <div class="asset-full-content"><div class="asset-content" id="_101_77"><p class="sapo"><strong>{sapo}</strong></p>
      <div class="journal-content-article">{body}<p class="texttacgia" style="text-align:right"><b>Lê Hải</b></p>
      <p align="right" class="view-content-author"><em>Pho Ban bien tap</em></p></div></div></div>
      <div class="asset-control-detail"><a href="#">Print</a> <a href="#">Send email</a></div>
      <div class="related_asset"><div class="related_asset_title">Other News</div><ul>
      <li><a href="/a">Hội nghị tổng kết công tác Đảng năm 2019 của Chi bộ</a></li></ul></div></div>"""
