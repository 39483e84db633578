"""List pages of our own, in the markup of each platform family, with the traps that real ones hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml import html

from crawler.discovery.contract import Row
from crawler.page import Page

HEADLINES = (
    "Đảng bộ Sở Khoa học và Công nghệ tổ chức Đại hội lần thứ nhất, nhiệm kỳ 2025 - 2030",
    "Chi bộ Văn phòng sinh hoạt chuyên đề quý III về chuyển đổi số",
    "Trao Huy hiệu 30 năm tuổi Đảng cho hai đảng viên lão thành",
    "Hội nghị quán triệt nghị quyết của Ban Chấp hành Trung ương",
    "Kết nạp đảng viên mới tại Trung tâm Công nghệ thông tin",
    "Công đoàn cơ sở thăm hỏi đoàn viên có hoàn cảnh khó khăn",
    "Kiểm tra việc chấp hành Điều lệ Đảng ở ba chi bộ trực thuộc",
    "Đoàn thanh niên ra quân ngày chủ nhật xanh",
    "Sơ kết giữa nhiệm kỳ thực hiện nghị quyết đại hội Đảng bộ",
    "Tuyên dương gương điển hình học tập và làm theo Bác",
)
SLUGS = (
    "dang-bo-so-khoa-hoc-to-chuc-dai-hoi-lan-thu-nhat", "chi-bo-van-phong-sinh-hoat-chuyen-de", "trao-huy-hieu-30-nam",
    "hoi-nghi-quan-triet-nghi-quyet", "ket-nap-dang-vien-moi-tai-trung-tam", "cong-doan-tham-hoi-doan-vien",
    "kiem-tra-chap-hanh-dieu-le-dang", "doan-thanh-nien-ra-quan", "so-ket-giua-nhiem-ky", "tuyen-duong-guong-dien-hinh",
)  # fmt: skip
SUMMARY = (
    "Sáng ngày 12/8, tại hội trường tầng ba, cấp ủy đã họp bàn chương trình công tác và giao việc cho từng bộ phận,"
    " với sự có mặt của đông đủ cán bộ."
)
OTHERS = (
    "Thông báo lịch tiếp công dân của Giám đốc Sở trong tháng tới",
    "Mời tham dự hội thảo về hạ tầng dữ liệu dùng chung",
    "Kết quả kiểm tra các điểm cung cấp dịch vụ viễn thông",
    "Triển khai tháng hành động vì an toàn thông tin mạng",
    "Công bố danh sách thí sinh đủ điều kiện xét tuyển",
    "Hướng dẫn đăng ký sáng kiến cấp cơ sở năm nay",
)
MENU = (
    "Trang chủ",
    "Giới thiệu",
    "Tin tức - Sự kiện",
    "Hoạt động Đảng, Đoàn thể",
    "Văn bản",
    "Thủ tục hành chính",
    "Liên hệ",
)


@dataclass(frozen=True)
class ListPage:
    """A made-up list page with the rows that a reader would name."""

    family: str
    page: Page
    rows: tuple[Row, ...]
    following: tuple[str, ...] = ()  # addresses of the pages that follow, for plain links


def page_of(url: str, markup: str) -> Page:
    """Return a page as a crawler would hold it."""
    return Page(url, "2026-08-27T10:00:00+07:00", html.document_fromstring(markup))


def day(index: int) -> str:
    return f"{28 - index:02}/08/2025"


def _rows(address: Callable[[int], str], stamp: Callable[[int], str | None], many: int) -> tuple[Row, ...]:
    return tuple(Row(address(index), HEADLINES[index], stamp(index)) for index in range(many))


def _items(template: str, address: Callable[[int], str], many: int) -> str:
    return "\n".join(
        template.format(
            url=address(index), headline=HEADLINES[index], day=day(index), hour=f"{8 + index:02}:15", summary=SUMMARY,
            number=index, parity="odd" if index % 2 else "even",
        )
        for index in range(many)
    )  # fmt: skip


def _others(template: str, address: str, shift: int = 0) -> str:
    return "\n".join(
        template.format(
            url=address.format(number=900 + shift + index), headline=headline, day=f"{11 + index}/07/2025"
        )
        for index, headline in enumerate(OTHERS)
    )


def _menu(template: str = '<li><a href="/{slug}">{name}</a></li>') -> str:
    slugs = (
        "trang-chu",
        "gioi-thieu",
        "tin-tuc-su-kien",
        "hoat-ong-ang-oan-the",
        "van-ban",
        "thu-tuc",
        "lien-he",
    )
    return "".join(template.format(slug=slug, name=name) for slug, name in zip(slugs, MENU, strict=True))


def liferay(many: int = 10) -> ListPage:
    """Asset publisher: thumbnail and title lead to the same article, the pager lists every page and page sizes."""
    home = "http://sokhcn.example.gov.vn"
    section = f"{home}/hoat-ong-ang-oan-the"
    query = "?p_p_id=101&amp;p_p_lifecycle=0&amp;p_p_state=normal&amp;_101_delta={size}&amp;p_r_p_564233524_resetCur=false&amp;_101_cur={turn}"
    address = lambda index: f"{section}/-/view_content/{4400000 + index}-{SLUGS[index]}.html"  # noqa: E731
    items = _items(
        '<div class="asset-abstract"><div class="asset-image"><a href="{url}"><img src="/i/{number}.jpg"></a></div>'
        '<h3 class="asset-title"><a href="{url}"> {headline} </a></h3>'
        '<div class="assetPublishDate block_timer"> {day} | 09:50 AM </div><div class="asset-summary">{summary}</div></div>',
        address,
        many,
    )
    pages = "".join(
        f'<li><a href="{section}{query.format(size=10, turn=n)}"> {n} </a></li>' for n in range(1, 28)
    )
    sizes = "".join(
        f'<li><a href="{section}{query.format(size=n, turn=1)}">{n}</a></li>' for n in (5, 10, 20, 30, 50, 75)
    )
    aside = _others(
        '<li><a href="{url}">{headline}</a> <i>({day})</i></li>',
        home + "/tin-tuc/-/view_content/{number}-tin-moi.html",
    )
    page = page_of(
        section,
        f"""<html><head><title>Hoạt động Đảng - Sở</title><link rel="canonical" href="{section}"></head><body>
        <a href="#main-content">Truy cập nội dung luôn</a><nav><ul>{_menu()}</ul></nav>
        <div id="column-1" class="span9"><div class="portlet-body">{items}
        <div class="lfr-pagination"><ul class="lfr-menu-list">{pages}</ul><ul class="dropdown-menu">{sizes}</ul>
        <ul class="pager"><li><a href="javascript:;">Trước</a></li><li><a href="{section}{query.format(size=10, turn=2)}">next</a></li>
        <li><a href="{section}{query.format(size=10, turn=27)}">Cuối cùng →</a></li></ul></div></div></div>
        <div id="column-2" class="span3"><div class="portlet-body"><h1>Tin mới nhất</h1><ul>{aside}</ul></div></div>
        <a href="/en/hoat-ong-ang-oan-the.html">English</a></body></html>""",
    )
    following = tuple(f"{section}{query.format(size=10, turn=n)}".replace("&amp;", "&") for n in range(2, 28))
    return ListPage(
        "liferay", page, _rows(address, lambda index: f"{day(index)} | 09:50 AM", many), following
    )


def nukeviet(many: int = 10) -> ListPage:
    """A featured article above the list, counters behind the stamps, page numbers in the path."""
    home = "https://skhcn.example.gov.vn"
    section = f"{home}/vi/news/hoat-dong-dang/"
    address = lambda index: f"{section}{SLUGS[index]}-{310 - index}.html"  # noqa: E731
    items = _items(
        '<div class="news_column panel panel-default"><div class="panel-body featured">'
        '<a href="{url}" title="{headline}"><img src="/uploads/news/2025_08/{number}.jpg" class="img-thumbnail"></a>'
        '<h3><a href="{url}" title="{headline}">{headline}</a></h3><div class="text-muted"><ul class="list-unstyled">'
        '<li><em class="fa fa-clock-o"></em> {day} {hour}</li><li><em class="fa fa-eye"></em> Đã xem: 285</li></ul></div>'
        "<p>{summary}</p></div></div>",
        address,
        many,
    )
    aside = _others('<li class="clearfix"><a href="{url}"><img src="/a.jpg"></a><a class="show" href="{url}">{headline}</a></li>',
                    home + "/vi/news/tin-tuc/tin-khac-{number}.html")  # fmt: skip
    page = page_of(
        section,
        f"""<html><head><meta name="generator" content="NukeViet v4.5"><title>Hoạt động Đảng</title>
        <link rel="alternate" type="application/rss+xml" href="/vi/news/rss/hoat-dong-dang/"></head><body>
        <nav id="menusite"><ul class="nav navbar-nav">{_menu()}</ul></nav>
        <div class="row"><div class="col-md-6"><div class="panel"><div class="panel-heading">Tin xem nhiều</div>
        <div class="panel-body"><ul class="block_tophits">{aside}</ul></div></div></div>
        <div class="col-md-18">{items}<div class="text-center"><ul class="pagination"><li class="disabled"><a href="#">«</a></li>
        <li class="active"><a href="#">1</a></li><li><a rel="next" href="/vi/news/hoat-dong-dang/page-2/">2</a></li>
        <li><a href="/vi/news/hoat-dong-dang/page-3/">3</a></li><li class="disabled"><span>...</span></li>
        <li><a href="/vi/news/hoat-dong-dang/page-6/">6</a></li><li><a rel="next" href="/vi/news/hoat-dong-dang/page-2/">»</a></li>
        </ul></div></div></div></body></html>""",
    )
    following = tuple(f"{section}page-{n}/" for n in range(2, 7))
    return ListPage(
        "nukeviet", page, _rows(address, lambda index: f"{day(index)} {8 + index:02}:15", many), following
    )


def sharepoint(many: int = 10) -> ListPage:
    """Nested tables without a class; the stamp stands in a cell of its own; a next link alone."""
    home = "http://sotttt.example.gov.vn"
    section = f"{home}/ct/cms/tintuc/Lists/VanPhongSo/View.aspx"
    address = lambda index: f"{home}/ct/cms/tintuc/Lists/VanPhongSo/View_Detail.aspx?ItemID={640 - index}"  # noqa: E731
    items = _items(
        '<tr><td><table><tr><td><img src="/_layouts/images/arrow.gif"></td>'
        '<td><a href="View_Detail.aspx?ItemID={number}">{headline}</a></td><td nowrap>({day})</td></tr></table></td></tr>',
        address,
        many,
    )
    for index in range(10):
        items = items.replace(f'ItemID={index}"', f'ItemID={640 - index}"')
    aside = _others(
        '<tr><td><a href="{url}">{headline}</a></td></tr>',
        "/ct/cms/tintuc/Lists/ThongBao/View_Detail.aspx?ItemID={number}",
    )
    page = page_of(
        section,
        f"""<html><head><meta name="GENERATOR" content="Microsoft SharePoint"><title>Document</title></head><body>
        <form action="View.aspx"><input type="hidden" name="__VIEWSTATE" value="abc"><a href="#" class="ms-skip">Skip to main content</a>
        <table><tr><td>{_menu('<a href="/{slug}.aspx">{name}</a> ')}</td></tr></table><table><tr>
        <td><table><tr><td>Thông báo</td></tr>{aside}</table></td><td><table>{items}</table>
        <table><tr><td><a href="View.aspx?p=2">Trang sau &gt;&gt;</a></td></tr></table></td></tr></table></form></body></html>""",
    )
    return ListPage("sharepoint", page, _rows(address, lambda index: f"({day(index)})", many),
                    (f"{section}?p=2",))  # fmt: skip


def uiarticle(many: int = 10) -> ListPage:
    """Page 1 in HTML, the rest by LoadArticle; addresses end in a number without extension."""
    home = "https://sokhcn.example.gov.vn"
    address = lambda index: f"{home}/hoat-dong-dang/{SLUGS[index]}-{410200 + index}"  # noqa: E731
    items = _items(
        '<li class="row"><div class="col-img"><a href="{url}"><img alt="Anh-tin-bai" src="/upload/1000/20250812/{number}.jpg"></a></div>'
        '<h2 class="Title"><a href="{url}">{headline}</a></h2><div class="Ngaydang">{day}</div><div class="Sumary">{summary}</div></li>',
        address,
        many,
    )
    aside = _others(
        '<li><a href="{url}">{headline}</a><span class="Date">{day}</span></li>',
        "/thong-bao/thong-bao-moi-{number}000",
    )
    page = page_of(
        f"{home}/hoat-dong-dang",
        f"""<html><head><title>Hoạt động Đảng</title></head><body><div class="UIMenuTop"><ul>{_menu()}</ul></div>
        <div class="col-8"><div class="UIArticleInMenu_Default"><h1>Hoạt động Đảng</h1><ul class="ArticleList">{items}</ul></div></div>
        <div class="col-4"><div class="UIArticleNew_Right"><div class="ModuleHeader">Tin mới</div><ul>{aside}</ul></div></div>
        <script>var article_category_id = '217'; var categoryIds = "217,218"; var site_id = 1000; var page_size = 10;
        var maxPage = parseInt(4); var is_default = true; var articlelang = 'vi';
        $.ajax({{type: 'POST', url: '/DesktopModule/UIArticleInMenu/ArticleInMenuPagination.aspx/LoadArticle',
        data: {{article_category_id: article_category_id, page: page, page_size: page_size}} }});</script></body></html>""",
    )
    return ListPage("uiarticle", page, _rows(address, day, many))


def vccorp(many: int = 10) -> ListPage:
    """The stamp's full form stands in a title attribute; further pages by NewsZone."""
    home = "https://soxaydung.example.gov.vn"
    address = lambda index: f"{home}/{SLUGS[index]}-26608{28 - index:02}152802271.htm"  # noqa: E731
    items = _items(
        '<div class="news-item" data-id="{number}"><a class="news-avatar" href="{url}"><img src="https://x.mediacdn.vn/{number}.jpg"></a>'
        '<h3 class="news-title"><a href="{url}">{headline}</a></h3><span class="news-time" title="{hour}, {day}">2 giờ trước</span>'
        '<p class="news-sapo">{summary}</p></div>',
        address,
        many,
    )
    page = page_of(
        f"{home}/tin-hoat-dong.htm",
        f"""<html><head><title>Tin hoạt động</title></head><body><header><ul>{_menu()}</ul></header><main>
        <div class="list-news" id="list-news">{items}</div><a href="javascript:;" class="view-more">Xem thêm</a></main>
        <script>function more() {{ $.post('/api/NewsZone/NewsZone', {{ PageIndex: pageIndex, PageSize: 10,
        Catname: 'dGluLWhvYXQ=', LanguageId: 'dmk=', Site: 'c3hk' }}); }}</script></body></html>""",
    )
    return ListPage("vccorp", page, _rows(address, lambda index: f"{8 + index:02}:15, {day(index)}", many))


def vhv(many: int = 10) -> ListPage:
    """The Viettel modules: time elements, lazy images, print copies in the rows."""
    home = "https://sogddt.example.gov.vn"
    address = lambda index: f"{home}/tin-tuc/hoat-dong-dang/{SLUGS[index]}.html"  # noqa: E731
    items = _items(
        '<article class="list-news-one clearfix"><a class="img" href="{url}" title="{headline}"><img data-original="/{number}.jpg"></a>'
        '<h2 class="title"><a href="{url}">{headline}</a></h2><time class="post-date" datetime="2025-08-12T08:55:00+07:00">{day} | {hour}</time>'
        '<div class="brief">{summary}</div><a href="/?page=Article.Print.detail&amp;id=5f{number}a">In trang</a></article>',
        address,
        many,
    )
    related = _others(
        '<h4 class="entry-title"><a href="{url}">{headline}</a></h4>',
        "/tin-tuc/thong-bao-so-{number}-cua-so-ve-lich-lam-viec.html",
    )
    page = page_of(
        f"{home}/tin-tuc/hoat-dong-dang",
        f"""<html><head><title>Hoạt động Đảng</title></head><body><div class="main-menu"><ul>{_menu()}</ul></div>
        <div class="wrap"><section class="section-list">{items}</section><div class="relatedArticles">{related}</div>
        <div class="pagination"><a class="active">1</a><a href="?page=2">2</a><a href="?page=3">3</a><a href="?page=2">Trang sau</a></div>
        </div></body></html>""",
    )
    base = f"{home}/tin-tuc/hoat-dong-dang"
    return ListPage("vhv", page, _rows(address, lambda index: f"{day(index)} | {8 + index:02}:15", many),
                    (f"{base}?page=2", f"{base}?page=3"))  # fmt: skip


def dotnetnuke(many: int = 10) -> ListPage:
    """Flat rows: heading, date and summary are siblings, no element holds a row."""
    home = "http://danguykhoi.example.gov.vn"
    address = lambda index: f"{home}/tabid/92/title/{2300 - index}/ctl/detail/mid/410/default.aspx"  # noqa: E731
    items = _items(
        '<h4><a class="Head" href="{url}">{headline}</a></h4><span class="date">{day} 10:34:00 SA</span><p>{summary}</p><hr>',
        address,
        many,
    )
    page = page_of(
        f"{home}/tabid/92/default.aspx",
        f"""<html><head><meta name="generator" content="DotNetNuke"><title>Đảng ủy Khối các cơ quan tỉnh</title></head><body>
        <span class="clock">Thứ Bảy, 19/10/2019 10:34:00 SA</span><div id="dnn_menu">{_menu('<a href="/{slug}/tabid/{slug}/default.aspx">{name}</a>')}</div>
        <div id="dnn_ContentPane"><div class="DnnModule">{items}</div><div class="CommandButton">
        <span>1</span> <a href="/tabid/92/default.aspx?currentpage=2">2</a> <a href="/tabid/92/default.aspx?currentpage=3">3</a></div></div>
        <table class="calendar">{"".join(f'<tr><td><a href="/lich/tabid/7/default.aspx?d={n}">{n}</a></td></tr>' for n in range(1, 32))}</table>
        </body></html>""",
    )
    return ListPage("dotnetnuke", page, _rows(address, lambda index: f"{day(index)} 10:34:00 SA", many),
                    (f"{home}/tabid/92/default.aspx?currentpage=2", f"{home}/tabid/92/default.aspx?currentpage=3"))  # fmt: skip


def drupal(many: int = 10) -> ListPage:
    """Pages counted from 0; rows in a grid of two columns; dates behind the link in the same cell."""
    home = "http://sonn.example.gov.vn"
    address = lambda index: f"{home}/node/{8800 - index}"  # noqa: E731
    cells = _items(
        '<td class="col-{number}"><span class="field"><a href="{url}">{headline}</a></span> {day}</td>',
        address,
        many,
    ).split("\n")
    grid = "".join(f"<tr>{''.join(cells[row : row + 2])}</tr>" for row in range(0, many, 2))
    page = page_of(
        f"{home}/dang-doan-the",
        f"""<html><head><meta name="Generator" content="Drupal 7"><title>Đảng, đoàn thể</title></head><body><ul class="menu">{_menu()}</ul>
        <div class="view-content"><table class="views-view-grid">{grid}</table></div>
        <ul class="pager"><li class="pager-current">1</li><li><a title="Đến trang 2" href="/dang-doan-the?page=1">2</a></li>
        <li><a href="/dang-doan-the?page=2">3</a></li><li class="pager-next"><a href="/dang-doan-the?page=1">sau ›</a></li>
        <li><a href="/dang-doan-the?page=5">cuối »</a></li></ul></body></html>""",
    )
    following = tuple(f"{home}/dang-doan-the?page={n}" for n in range(1, 6))
    return ListPage("drupal", page, _rows(address, day, many), following)


def mvc(many: int = 10) -> ListPage:
    """`/Home/Detail/<n>`: headline and stamp on lines of their own, a "Xem tiếp" link in each row."""
    home = "http://dukdn.example.gov.vn"
    address = lambda index: f"{home}/Home/Detail/{862 - index}"  # noqa: E731
    items = _items(
        '<div class="row item {parity}"><div class="col-md-12"><h4>{headline}</h4><small>{day} 10:47:44</small>'
        '<div>{summary}<br><a href="{url}">Xem tiếp &raquo;</a></div></div></div>',
        address,
        many,
    )
    page = page_of(
        f"{home}/Home/Category/5",
        f"""<html><head><title>Đảng ủy Khối Cơ quan, Doanh nghiệp</title></head><body><ul class="navbar">{_menu()}</ul>
        <div class="container">{items}<ul class="pagination"><li class="active"><span>1</span></li>
        <li><a href="/Home/Category/5?page=2">2</a></li><li><a href="/Home/Category/5?page=2">&gt;</a></li>
        <li><a href="/Home/Category/5?page=9">&gt;&gt;</a></li></ul></div>
        <div>Sắp xếp: <a href="/Home/Category/5?sort=1">1</a> <a href="/Home/Category/5?sort=2">2</a></div></body></html>""",
    )
    following = tuple(f"{home}/Home/Category/5?page={n}" for n in range(2, 10))
    return ListPage(
        "aspnet_mvc", page, _rows(address, lambda index: f"{day(index)} 10:47:44", many), following
    )


def glued(many: int = 10) -> ListPage:
    """Stamps glued to the headline, a side list of the same markup, `trang-N.html`."""
    home = "https://sxd.example.gov.vn"
    address = lambda index: f"{home}/hoat-dong-dang/{SLUGS[index]}-a{150 + index}.html"  # noqa: E731
    items = _items('<li><a href="{url}">{headline} ({day})</a></li>', address, many)
    aside = _others(
        '<li><a href="{url}">{headline} ({day})</a></li>', "/thong-bao/tin-{number}-cua-so-a{number}.html"
    )
    page = page_of(
        f"{home}/hoat-dong-dang.html",
        f"""<html><head><title>Hoạt động Đảng</title></head><body><div class="menu">{_menu()}</div>
        <div><div><h3>Đọc nhiều nhất</h3><ul>{aside}</ul></div><div><h3>Hoạt động Đảng</h3><ul>{items}</ul>
        <p><b>1</b> <a href="/hoat-dong-dang/trang-2.html">2</a> <a href="/hoat-dong-dang/trang-3.html">3</a></p></div></div></body></html>""",
    )
    return ListPage("custom", page, _rows(address, lambda index: f"({day(index)})", many),
                    (f"{home}/hoat-dong-dang/trang-2.html", f"{home}/hoat-dong-dang/trang-3.html"))  # fmt: skip


def websphere(many: int = 10) -> ListPage:
    """State addresses: nothing in them counts, so only the anchor's words turn the page."""
    home = "http://sotttt.example.gov.vn/wps/portal/sotttt"
    address = lambda index: f"{home}/chitiet/!ut/p/z0/fY7BCsIwEER_pR{index}a/?WCM={SLUGS[index]}"  # noqa: E731
    items = _items(
        '<tr><td class="news"><a href="{url}">{headline}</a><br><i>Ngày đăng: {day}</i></td></tr>',
        address,
        many,
    )
    page = page_of(
        f"{home}/tintuc/!ut/p/z0/04_Sj9CPykssy0xPLMnM",
        f"""<html><head><title>Sở</title></head><body class="wpsPortlet"><div class="wpsmenu">{_menu()}</div><table>{items}</table>
        <div class="paging"><a href="{home}/tintuc/!ut/p/z0/abcNEXT">Trang sau</a></div></body></html>""",
    )
    return ListPage("websphere", page, _rows(address, lambda index: f"Ngày đăng: {day(index)}", many),
                    (f"{home}/tintuc/!ut/p/z0/abcNEXT",))  # fmt: skip


FAMILIES = (liferay, nukeviet, sharepoint, uiarticle, vccorp, vhv, dotnetnuke, drupal, mvc, glued, websphere)
