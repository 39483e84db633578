"""A Liferay portal, as sotttt.hanoi.gov.vn is one (docs/portals: liferay).

Its traps: every asset answers in two sections and as two print copies; the first h1 is a side-bar label;
`lang="en-US"`; the lead's own element is often empty; after the byline stands the account that published;
"12:00 AM" means that no time is known; the second section prints a view count behind the stamp.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from crawler.sample_portals.articles import Attached, Heading, Picture, SampleArticle
from crawler.sample_portals.site import BASE, FICTION, VISITS, Section, Site

PARTY = Section("dang", "Hoạt động Đảng, Đoàn thể", "/hoat-ong-ang-oan-the")
NEWS = Section("tin", "Tin tức sự kiện", "/vi/tin-tuc-su-kien")


class HaNoi(Site):
    """The sample of a Liferay portal."""

    host = "ha-noi.localhost"
    name = "Sở Thông Tin Và Truyền Thông"
    sections = (PARTY, NEWS)
    parameters = frozenset({"_101_cur", "_101_viewMode"})

    def article_paths(self, article: SampleArticle) -> list[str]:
        paths = [
            f"{section.path}/-/view_content/{article.id}-{article.slug}.html" for section in (PARTY, NEWS)
        ]
        if "dang" not in article.sections:
            paths.reverse()
        return paths + [_print_path(path) for path in paths]

    def row_path(self, article: SampleArticle, section: Section) -> str:
        return next(path for path in self.article_paths(article) if path.startswith(section.path))

    def list_path(self, section: Section, number: int) -> str:
        return (
            f"{section.path}?p_p_id=101&p_p_lifecycle=0&p_p_state=normal&p_p_mode=view&p_p_col_id=column-1"
            f"&p_p_col_pos=1&p_p_col_count=2&_101_delta={self.page_size}&_101_keywords="
            "&_101_advancedSearch=false&_101_andOperator=true&p_r_p_564233524_resetCur=false"
            f"&_101_cur={number}"
        )

    def picture_path(self, article: SampleArticle, number: int) -> str:
        return f"/documents/554897/{article.id}/anh-{number + 1}.png"

    def attachment_path(self, article: SampleArticle, attached: Attached) -> str:
        return f"/documents/554897/{article.id}/{attached.file}"

    def article_page(self, article: SampleArticle, path: str) -> str:
        section = NEWS if path.startswith(NEWS.path) else PARTY
        asset = (
            f'<div><div class="asset-full-content-title">{escape(article.headline)}</div>'
            f'<div class="assetPublishDate block_timer"> {_stamp(article, section, "%-I:%M %p")} </div>'
            f'<div class="asset-full-content show-asset-title"><div class="asset-content" id="_101_{article.id}">'
            f'{self._lead(article)}<div class="journal-content-article">{self._body(article)}'
            f'<p align="right" class="view-content-author"><strong><em>{_account(article)}</em></strong></p>'
            f"</div></div></div>{self._controls(path)}"
        )
        if "pop_up" in path:
            title = f"{article.headline} - Asset Publisher - {self.name}"
            return _document("en-US", title, self._meta(article, path), _pop_up(asset + "</div>"))
        asset += self._related(article, section) + "</div>"
        if section is NEWS:  # the second section has one more, empty, article container
            asset += '<div class="journal-content-article"></div>'
        return self._framed(section, article.headline, self._meta(article, path), asset)

    def list_page(self, section: Section, rows: Sequence[SampleArticle], number: int, last: int) -> str:
        items = "".join(self._row(section, row) for row in rows)
        total = len(self.listed(section))
        first = (number - 1) * self.page_size + 1
        menu = "".join(
            '<li class="custom-paging" role="presentation"><a href="'
            f'{BASE}{escape(self.list_path(section, page))}" class=" taglib-icon" role="menuitem">'
            f'<span class="taglib-text-icon">{page}</span></a></li>'
            for page in range(1, last + 1)
        )
        pager = (
            '<div class="taglib-page-iterator" id="_101_ocerSearchContainerPageIterator">'
            '<div class="clearfix lfr-pagination"><div class="lfr-pagination-config">'
            '<div class="lfr-pagination-page-selector"><div class="btn-group lfr-icon-menu current-page-menu">'
            f'<a class="dropdown-toggle btn" href="javascript:;" title=" {number} "><span> {number} </span></a>'
            f'<ul class="dropdown-menu lfr-menu-list">{menu}</ul></div></div></div>'
            f'<small class="search-results"> Hiển thị {first} - {first + len(rows) - 1} of {total} kết quả. </small>'
            f'<ul class="pager lfr-pagination-buttons">{self._buttons(section, number, last)}</ul></div></div>'
        )
        return self._framed(section, "", "", f"{items}{pager}")

    def plain_page(self, title: str, content: str) -> str:
        return self._framed(Section("", title, "/"), "", "", f'<div class="noi-dung">{content}</div>')

    def _lead(self, article: SampleArticle) -> str:
        image = (
            f'<img src="{self.picture_path(article, 0)}" alt="" class="pull-left">'
            if article.captions
            else ""
        )
        lead = escape(article.lead) if article.lead and _lead_in_sapo(article) else ""
        return f'<div class="sapo-wrapper clearfix">{image}<p class="sapo"><strong>{lead}</strong></p></div>'

    def _body(self, article: SampleArticle) -> str:
        parts = []
        if article.lead and not _lead_in_sapo(article):
            parts.append(f'<div class="han6-content-detail"><b>{escape(article.lead)}</b></div>')
        pictures = 0
        for block in article.body:
            match block:
                case Picture(caption):
                    address = self.picture_path(article, pictures)
                    pictures += 1
                    parts.append(
                        '<p class="fontr" style="text-align: center;color: blue;"><img alt="" '
                        f'class="imageClassDetail" src="{address}"><span style="display: block;">'
                        f"<i>{escape(caption)}</i></span></p>"
                    )
                case Heading(text):
                    parts.append(f"<div><strong>{escape(text)}</strong></div>")
                case text:
                    parts.append(f'<div style="text-align: justify;">{escape(text)}</div><div>&nbsp;</div>')
        for attached in article.attachments:
            address = self.attachment_path(article, attached)
            parts.append(f'<p><a href="{address}" target="_blank">{escape(attached.name)}</a></p>')
        if article.author:
            parts.append(
                '<p class="tintomtat textnoidung texttacgia" style="text-align: right;">'
                f"<b><em>{escape(article.author)}</em></b></p>"
            )
        return "".join(parts)

    def _controls(self, path: str) -> str:
        vietnamese = path.startswith(NEWS.path)
        copy, send = ("In bài viết", "Gửi mail") if vietnamese else ("Print", "Send email")
        if "pop_up" in path:
            return f'<div class="asset-control-detail"><a href="javascript:print();">{copy}</a></div>'
        return (
            '<div class="asset-control-detail"><span class="print-action">'
            f'<a href="{_print_path(path)}" target="_blank" class=" taglib-icon" id="_101_rjus_column1_1">'
            f'<span class="taglib-text ">{copy}</span></a></span><span class="mailto-action">'
            f'<a href="mailto:" class=" taglib-icon"><span class="taglib-text ">{send}</span></a></span></div>'
        )

    def _related(self, article: SampleArticle, section: Section) -> str:
        others = [other for other in self.listed(section) if other.id != article.id and not other.missing][:5]
        links = "".join(
            f'<li><a href="{BASE}{self.row_path(other, section)}">{escape(other.headline)}</a></li>'
            for other in others
        )
        label = "Các tin khác" if section is NEWS else "Other News"
        return (
            f'<div class="related_asset"><div class="related_asset_title">{label}</div>'
            f'<ul class="related_asset_list">{links}</ul></div>'
        )

    def _row(self, section: Section, row: SampleArticle) -> str:
        address = f"{BASE}{self.row_path(row, section)}"
        picture = self.picture_path(row, 0)
        image = f'<div class="asset-image"><a href="{address}"><img src="{picture}" alt=""></a></div>'
        summary = row.lead or (row.paragraphs[0][:180] if row.paragraphs else "")
        return (
            '<div class="asset-bounddary"><div class="asset-abstract "><div class="asset-content normal-news">'
            f'{image if row.captions else ""}<div class="asset-content-custom"><h3 class="asset-title">'
            f'<a href="{address}">{escape(row.headline)}</a></h3>'
            f'<div class="assetPublishDate block_timer"> {_stamp(row, section, "%I:%M %p")} </div>'
            f'<div class="asset-summary"> {escape(summary)} </div></div></div>'
            '<div class="asset-metadata"></div></div></div>'
        )

    def _buttons(self, section: Section, number: int, last: int) -> str:
        def button(label: str, page: int) -> str:
            if page == number or not 1 <= page <= last:
                return f'<li class="disabled"><a href="javascript:;" target="_self"> {label} </a></li>'
            address = f"{BASE}{escape(self.list_path(section, page))}"
            return f'<li class=""><a href="{address}" target="_self"> {label} </a></li>'

        return (
            button("&larr; Đầu tiên", 1)
            + button("Trước", number - 1)
            + button("next", number + 1)
            + button("Cuối cùng &rarr;", last)
        )

    def _meta(self, article: SampleArticle, path: str) -> str:
        teaser = (article.lead or article.headline)[:160].replace("à", "&agrave;").replace("ô", "&ocirc;")
        canonical = path.removeprefix("/vi").partition("?")[0]
        return (
            f'<meta content="{escape(teaser)}..." lang="vi-VN" name="description" />'
            '<meta content="công tác đảng,tin tức nổi bật" lang="vi-VN" name="keywords" />'
            f'<link href="{BASE}{canonical}" rel="canonical" />'
            f'<link href="{BASE}{PARTY.path}" hreflang="vi-VN" rel="alternate" />'
        )

    def _framed(self, section: Section, headline: str, meta: str, content: str) -> str:
        title = " - ".join(part for part in (headline, section.name, self.name) if part)
        portlet = (
            '<div class="portlet-boundary portlet-boundary_101_ portlet-asset-publisher " id="p_p_id_101_">'
            '<span id="p_101"></span><div class="portlet-borderless-container"><div class="portlet-body">'
            f"{content}</div></div></div>"
        )
        if section is NEWS:
            label = '<h1 class="portlet-title"><span class="portlet-title-text">Tin tức nổi bật</span></h1>'
            portlet = f'<section class="portlet" id="portlet_101"><header>{label}</header>{portlet}</section>'
        main = (
            '<div id="main"><div class="so_4thn" id="main-content" role="main"><div class="portlet-layout row-fluid">'
            '<div class="portlet-column portlet-column-first span9" id="column-1"><div class="dd_chuyenmuc">'
            f'<span class="trangchu"><a href="{BASE}/">Home</a></span>'
            f'<span class="tintuc"><p>{section.name}</p></span></div>{portlet}</div>{_SIDE_BAR}</div></div></div>'
        )
        language = "vi-VN" if section is NEWS else "en-US"
        return _document(language, title, meta, f'<div class="body">{_HEADER}{main}{_FOOTER}</div>')


def _print_path(path: str) -> str:
    return path.replace("view_content/", "view_content/pop_up/") + "?_101_viewMode=print"


def _stamp(article: SampleArticle, section: Section, clock: str) -> str:
    moment = article.moment
    if moment is None:
        return ""
    stamp = f"{moment:%d/%m/%Y} | {moment.strftime(clock)}"
    if section is NEWS:
        return f"Ngày đăng&nbsp;{stamp}\n&nbsp;|&nbsp; View count: {article.id % 4000 + 17}"
    return stamp


def _account(article: SampleArticle) -> str:
    return "Ad Min" if article.id % 3 else "Pho Ban bien tap"


def _lead_in_sapo(article: SampleArticle) -> bool:
    return article.id % 2 == 0


def _document(language: str, title: str, meta: str, body: str) -> str:
    return (
        f'<!DOCTYPE html><html class="aui ltr" dir="ltr" lang="{language}"><head><title>{escape(title)}</title>'
        f'<meta content="text/html; charset=UTF-8" http-equiv="content-type" />{meta}'
        "<style>body{font-family:arial;max-width:1000px;margin:auto}.span9{width:68%;float:left}"
        ".span3{width:28%;float:right}.pull-left{width:250px}</style>"
        '<script type="text/javascript">var Liferay={currentURL:"",authToken:"p0nP3N37"};</script>'
        f'</head><body class=" yui3-skin-sam controls-visible signed-out public-page site">'
        f'<a href="#main-content" id="skip-to-content">Truy cập nội dung luôn</a>{body}</body></html>'
    )


def _pop_up(asset: str) -> str:
    return (
        '<div class="columns-max" id="main-content" role="main"><div class="portlet-boundary portlet-boundary_101_ '
        f'portlet-asset-publisher " id="p_p_id_101_"><div class="portlet-body">{asset}</div></div></div>'
    )


_HEADER = (
    '<div id="header"><div class="egov_date"></div></div><nav id="navigation"><div id="menu"><ul class="navi">'
    f'<li><a href="{BASE}/">Trang chủ</a></li><li><a href="{BASE}/gioi-thieu">Giới thiệu</a></li>'
    f'<li class=" active"><a href="{BASE}{NEWS.path}">{NEWS.name}</a><ul class="child-menu">'
    f'<li><a href="{BASE}{PARTY.path}">{PARTY.name}</a></li></ul></li>'
    f'<li><a href="{BASE}/search">Tìm kiếm</a></li><li><a href="{BASE}/lien-he">Liên hệ</a></li></ul></div></nav>'
)
_SIDE_BAR = (
    '<div class="portlet-column portlet-column-last span3" id="column-2"><section class="portlet"><header>'
    '<h1 class="portlet-title"><span class="portlet-title-text">quy hoạch - kế hoạch</span></h1></header>'
    f'<ul><li><a href="{BASE}/gioi-thieu"> Kế hoạch</a></li></ul></section>'
    '<section class="portlet"><header><h1 class="portlet-title"><span class="portlet-title-text">liên kết website'
    '</span></h1></header><select><option value="#"> Chọn liên kết </option></select></section>'
    '<div class="journal-content-article"><table><tbody><tr><td>Đường dây nóng</td></tr></tbody></table></div></div>'
)
_FOOTER = (
    '<div class="footer-wrapper" style="clear:both"><div id="footer"><p class="vetrang"><a href="#">| Về đầu trang |</a>'
    '</p><div class="footleft"><h3>CỔNG THÔNG TIN ĐIỆN TỬ MẪU - HÀ NỘI</h3><p>Điện thoại: (024) 5555 0101; '
    f"Lượt truy cập: {VISITS}</p><p>{FICTION}</p></div></div></div>"
)
