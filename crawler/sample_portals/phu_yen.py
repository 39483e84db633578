"""An ASP.NET MVC portal, as dukdn.phuyen.gov.vn is one: `/Home/Detail/<id>`.

Its traps: the stamp is a line of its own; paragraphs are indented with no-break spaces; sub-headings are plain
lines; a space follows the byline; the counters stand on the line after their label; the footer's telephone
looks like a date.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from crawler.sample_portals.articles import Attached, Heading, Picture, SampleArticle
from crawler.sample_portals.site import FICTION, VISITS, Section, Site

PARTY = Section("dang", "Xây dựng Đảng", "/Home/Category/3")
NEWS = Section("tin", "Tin tức - Sự kiện", "/Home/Category/1")
INDENT = "&nbsp;" * 9 + " "


class PhuYen(Site):
    """The sample of an ASP.NET MVC portal."""

    host = "phu-yen.localhost"
    name = "ĐẢNG ỦY KHỐI CƠ QUAN, DOANH NGHIỆP TỈNH PHÚ YÊN"
    sections = (PARTY, NEWS)
    parameters = frozenset({"page"})

    def article_paths(self, article: SampleArticle) -> list[str]:
        return [f"/Home/Detail/{article.id}"]

    def list_path(self, section: Section, number: int) -> str:
        return f"{section.path}?page={number}"

    def picture_path(self, article: SampleArticle, number: int) -> str:
        return f"/Uploads/images/{article.id}_{number + 1}.png"

    def attachment_path(self, article: SampleArticle, attached: Attached) -> str:
        return f"/Uploads/files/{article.id}/{attached.file}"

    def article_page(self, article: SampleArticle, path: str) -> str:
        lines = [f"<p><strong>{INDENT}{escape(article.lead)}</strong></p>"] if article.lead else []
        pictures = 0
        for block in article.body:
            match block:
                case Picture(caption):
                    address = self.picture_path(article, pictures)
                    pictures += 1
                    lines.append(
                        f'<p style="text-align:center"><img src="{address}" style="width:600px" /></p>'
                    )
                    lines.append(f'<p style="text-align:center"><em>{escape(caption)}</em></p>')
                case Heading(text):
                    lines.append(f"<p>{INDENT}{escape(text)}</p>")
                case text:
                    lines.append(f'<p style="text-align:justify">{INDENT}{escape(text)}</p>')
        for attached in article.attachments:
            address = self.attachment_path(article, attached)
            lines.append(f'<p>{INDENT}<a href="{address}">{escape(attached.name)}</a></p>')
        if article.author:
            lines.append(f'<p style="text-align:right"><strong>{escape(article.author)} </strong></p>')
        stamp = f"{article.moment:%d/%m/%Y %H:%M:%S}" if article.moment else ""
        content = (
            f'<div class="detail-news"><h2 class="title">{escape(article.headline)}</h2>'
            f'<div class="date">{stamp}</div><div class="content-detail">{"".join(lines)}</div></div>'
        )
        return self._framed(article.headline, content)

    def list_page(self, section: Section, rows: Sequence[SampleArticle], number: int, last: int) -> str:
        items = "".join(
            f'<div class="item-news"><h4><a href="/Home/Detail/{row.id}">{escape(row.headline)}</a></h4>'
            f'<span class="date">{row.moment:%d/%m/%Y %H:%M:%S}</span>'
            f"<p>{escape((row.lead or '')[:140])}</p></div>"
            for row in rows
        )
        pages = "".join(
            f'<li class="active"><span>{page}</span></li>'
            if page == number
            else f'<li><a href="{self.list_path(section, page)}">{page}</a></li>'
            for page in range(1, last + 1)
        )
        after = f'<li class="PagedList-skipToNext"><a href="{self.list_path(section, number + 1)}" rel="next">»</a></li>'
        pager = f'<div class="pagination-container"><ul class="pagination">{pages}{after if number < last else ""}</ul></div>'
        return self._framed(section.name, f'<h2 class="cate">{section.name}</h2>{items}{pager}')

    def plain_page(self, title: str, content: str) -> str:
        return self._framed(title, content)

    def _framed(self, title: str, content: str) -> str:
        return (
            '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8" />\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1.0">\n'
            f"<title>{escape(title)}</title>\n"
            "<style>body{font-family:sans-serif;max-width:960px;margin:auto}.col-md-3{color:#555}</style>\n"
            f"</head>\n<body>\n{_MENU}\n"
            f'<div class="container body-content">\n<div class="row">\n<div class="col-md-9">\n{content}\n</div>\n'
            f"{_SIDE_BAR}\n</div>\n</div>\n{_FOOTER}\n</body>\n</html>\n"
        )


_MENU = (
    '<div class="navbar"><ul class="nav navbar-nav"><li><a href="/">Trang chủ</a></li>'
    f'<li><a href="/gioi-thieu">Giới thiệu</a></li><li><a href="{NEWS.path}">{NEWS.name}</a></li>'
    f'<li><a href="{PARTY.path}">{PARTY.name}</a></li><li><a href="/search">Tìm kiếm</a></li>'
    '<li><a href="/lien-he">Liên hệ</a></li></ul></div>'
)
_SIDE_BAR = (
    '<div class="col-md-3"><h4>Liên kết website</h4><h4>Các chuyên mục</h4><ul>'
    f'<li><a href="{NEWS.path}">{NEWS.name}</a></li><li><a href="{PARTY.path}">{PARTY.name}</a></li></ul>'
    "<h4>Thống kê truy cập</h4><div>Đang trực tuyến:<br />19</div>"
    f"<div>Tổng số truy cập:<br />{VISITS}</div></div>"
)
_FOOTER = (
    f"<footer><p>&copy; 2019 {PhuYen.name}</p><p>Địa chỉ: Số 1 đường Mẫu, TP. Tuy Hòa, Phú Yên.</p>"
    f"<p>Điện thoại: 84. 02573.000111</p><p>{FICTION}</p></footer>"
)
