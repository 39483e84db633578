"""The pages that follow a list page are found however a portal turns them, and a walk over them ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from list_pages import FAMILIES, HEADLINES, SLUGS, ListPage, liferay, page_of, uiarticle, vccorp

from crawler.discovery.contract import PageRequest, Row
from crawler.discovery.fragments import fragment_after, fragment_rows
from crawler.discovery.pagination import following_pages, turning
from crawler.discovery.rows import list_rows
from crawler.discovery.walk import Stop, Walk
from crawler.page import Page
from tests.timing import seconds

SITE = "http://sotttt.example.gov.vn"
families = pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)

ROWS = "".join(
    f'<li><a href="/tin/{slug}-{100 + number}.html">{headline}</a> <i>12/08/2025</i></li>'
    for number, (slug, headline) in enumerate(zip(SLUGS, HEADLINES, strict=True))
)


def _page(pager: str, url: str = f"{SITE}/tin-dang", around: str = "") -> Page:
    return page_of(
        url, f"<html><body>{around}<div class='main'><ul>{ROWS}</ul><div>{pager}</div></div></body></html>"
    )


def _following(pager: str, url: str = f"{SITE}/tin-dang") -> list[str]:
    requests = following_pages(_page(pager, url))
    assert all(request.form is None for request in requests)
    return [request.url.removeprefix(SITE) for request in requests]


def _numbers(template: str, numbers: range) -> str:
    return " ".join(f'<a href="{template.format(n)}">{n}</a>' for n in numbers)


# Links


@families
def test_the_pages_of_every_family_are_known_from_its_first(family: Callable[..., ListPage]) -> None:
    made = family()
    gets = [request.url for request in following_pages(made.page) if request.form is None]
    assert gets == list(made.following)


@pytest.mark.parametrize(
    "template",
    [
        "/tin-dang?page={}", "/tin-dang?pagenumber={}", "/tin-dang?p={}", "/tin-dang?PageIndex={}", "/tin-dang/page-{}/", "/tin-dang/page/{}",
        "/tin-dang/trang-{}.html", "/tin-dang-c12-{}.html", "/tin-dang?gd=1&trang={}", "/tin-dang?_101_INSTANCE_xY9g_cur={}", "/tin-dang/{}",
    ],
)  # fmt: skip
def test_numbers_in_parameters_and_paths_turn_the_page(template: str) -> None:
    pager = "<b>1</b> " + _numbers(template, range(2, 6))
    assert _following(pager) == [template.format(n) for n in range(2, 6)]
    assert _following(pager.replace("<b>1</b>", "<a href='/tin-dang'>1</a>"), SITE + template.format(4)) == [
        template.format(5)
    ]


def test_the_last_page_of_a_list_is_followed_by_none() -> None:
    pager = _numbers("/tin-dang?page={}", range(1, 6))
    assert _following(pager, f"{SITE}/tin-dang?page=5") == []


def test_a_gap_before_the_last_page_is_filled() -> None:
    pager = _numbers("/tin-dang?page={}", range(1, 4)) + ' ... <a href="/tin-dang?page=40">Trang cuối</a>'
    assert _following(pager) == [f"/tin-dang?page={n}" for n in range(2, 41)]


def test_pages_counted_from_zero_or_by_rows_are_understood() -> None:
    pager = '<b>1</b> <a href="/tin-dang?page=1">2</a> <a href="/tin-dang?page=2">3</a>'
    assert _following(pager) == ["/tin-dang?page=1", "/tin-dang?page=2"]
    assert _following(pager, f"{SITE}/tin-dang?page=1") == ["/tin-dang?page=2"]
    pager = '<b>1</b> <a href="/tin-dang?start=10">2</a> <a href="/tin-dang?start=20">3</a> <a href="/tin-dang?start=90">Cuối</a>'
    assert _following(pager) == [f"/tin-dang?start={n}" for n in range(10, 100, 10)]


@pytest.mark.parametrize("words", ["Trang sau >>", "Trang tiếp", "Tiếp theo »", "next", "Sau ›", "»", ">"])
def test_next_alone_gives_one_page(words: str) -> None:
    assert _following(f'<a href="/tin-dang?page=3">{words}</a>', f"{SITE}/tin-dang?page=2") == [
        "/tin-dang?page=3"
    ]


def test_a_menu_of_pages_and_a_scripted_anchor_turn_the_page() -> None:
    options = "".join(f'<option value="/tin-dang?page={n}">Trang {n}</option>' for n in range(1, 4))
    assert _following(f"<select>{options}</select>") == ["/tin-dang?page=2", "/tin-dang?page=3"]
    scripted = "<b>1</b> <a href=\"javascript:window.location='/tin-dang?page=2'\">2</a>"
    assert _following(scripted) == ["/tin-dang?page=2"]
    assert _following('<select><option value="2">2</option><option value="3">3</option></select>') == []


def test_rel_next_in_the_head_gives_one_page() -> None:
    page = page_of(
        f"{SITE}/tin-dang", f'<head><link rel="next" href="/tin-dang?trang=2"></head><ul>{ROWS}</ul>'
    )
    assert following_pages(page) == [PageRequest(f"{SITE}/tin-dang?trang=2")]


def test_a_previous_link_is_no_next_page() -> None:
    assert (
        _following(
            '<a href="/tin-dang?page=1">Trang trước</a> <a href="/tin-dang?page=1">«</a>',
            f"{SITE}/tin-dang?page=2",
        )
        == []
    )


@pytest.mark.parametrize(
    "trap",
    [
        _numbers("/tin-dang?sort={}", range(1, 5)),
        _numbers("/tin-dang?delta={}", range(1, 5)) + _numbers("/tin-dang?pageSize={}", range(5, 25, 5)),
        _numbers("/lich?ngay={}", range(1, 32)),
        "<table class='lich'><tr><td>" + "</td><td>".join(_numbers("/tin-dang/{}", range(1, 32)).split("> <")) + "</td></tr></table>",
        _numbers("/tin-dang/2025/08/{}", range(1, 32)),
        _numbers("/tin-dang?nam={}", range(2015, 2026)),
        '<a href="/en/tin-dang">2</a> <a href="/tin-dang?lang=2">2</a> <a href="/tin-dang?print=2">2</a>',
        '<a href="#">2</a> <a href="javascript:;">3</a> <a href="https://bao.example.com/?page=2">2</a>',
        '<a href="/tin/trao-huy-hieu-30-nam-102.html">30</a>',
        '<a href="/tin/bai-sau-7.html">Tiếp theo</a>',
    ],
    ids=["sort", "page sizes", "days", "calendar", "dated paths", "years", "languages", "scripts", "articles", "next article"],
)  # fmt: skip
def test_traps_turn_no_page(trap: str) -> None:
    assert _following(trap) == []


def test_the_pager_of_another_box_is_not_followed() -> None:
    box = '<div class="video"><a href="/video-1.html">Phim</a><p><a href="/video?page=2">2</a> <a href="/video?page=3">3</a></p></div>'
    page = _page('<a href="/tin-dang?page=2">2</a>', around=box)
    assert [request.url for request in following_pages(page)] == [f"{SITE}/tin-dang?page=2"]


def test_two_portlets_on_one_page_turn_apart() -> None:
    other = "<div>" + _numbers("/tin-dang?_102_cur={}", range(2, 9)) + "</div>"
    page = _page(_numbers("/tin-dang?_101_cur={}", range(2, 5)), around=other)
    assert [request.url[-10:] for request in following_pages(page)] == [
        "_101_cur=2",
        "_101_cur=3",
        "_101_cur=4",
    ]


# Postback


FORM = (
    '<form action="/TinTuc.aspx?id=5"><input type="hidden" name="__VIEWSTATE" value="dDwt&amp;Tk="><input type="hidden" name="__EVENTTARGET" value="">'
    '<input type="hidden" name="__EVENTARGUMENT" value=""><input name="q" value="tìm"><input type="submit" name="go" value="Tìm">'
    '<input type="checkbox" name="a"><input type="checkbox" name="b" checked><select name="s"><option value="1">x<option value="2" selected>y</select>'
    "<ul>{rows}</ul>{pager}</form>"
)  # fmt: skip


def _postbacks(pager: str) -> list[PageRequest]:
    return following_pages(page_of(f"{SITE}/TinTuc.aspx?id=5", FORM.format(rows=ROWS, pager=pager)))


def test_a_grid_view_turns_by_sending_its_form_back() -> None:
    pager = "<table><tr><td><span>2</span></td>" + "".join(
        f"<td><a href=\"javascript:__doPostBack('ctl00$grv','Page${n}')\">{text}</a></td>"
        for n, text in ((1, "1"), (3, "3"), (4, "..."))
    )
    third, fourth = _postbacks(pager + "</tr></table>")
    assert third.url == f"{SITE}/TinTuc.aspx?id=5"
    form = dict(third.form or ())
    assert (form["__EVENTTARGET"], form["__EVENTARGUMENT"], form["__VIEWSTATE"]) == (
        "ctl00$grv",
        "Page$3",
        "dDwt&Tk=",
    )
    assert (form["q"], form["s"], form["b"]) == ("tìm", "2", "on")
    assert "go" not in form and "a" not in form
    assert ("__EVENTARGUMENT", "Page$4") in (fourth.form or ())


def test_link_buttons_without_a_number_in_the_argument_turn_by_their_text() -> None:
    pager = "<span>1</span>" + "".join(
        f"<a href=\"javascript:__doPostBack('ctl00$rpt$ctl0{n}$lnk','')\">{n}</a>" for n in (2, 3)
    )
    assert [dict(request.form or ())["__EVENTTARGET"] for request in _postbacks(pager)] == [
        "ctl00$rpt$ctl02$lnk",
        "ctl00$rpt$ctl03$lnk",
    ]


def test_a_next_button_alone_gives_one_postback() -> None:
    assert len(_postbacks("<a href=\"javascript:__doPostBack('ctl00$next','')\">Trang sau &gt;&gt;</a>")) == 1
    telerik = _postbacks('<input type="submit" name="ctl00$grid$ctl28" value=" " class="rgPageNext">')
    assert telerik[0].form is not None and telerik[0].form[-1] == ("ctl00$grid$ctl28", " ")


def test_a_calendar_of_postbacks_turns_no_page() -> None:
    days = "".join(
        f"<td><a href=\"javascript:__doPostBack('ctl00$Calendar1','{7400 + n}')\">{n}</a></td>"
        for n in range(1, 32)
    )
    assert _postbacks(f"<table><tr>{days}</tr></table>") == []
    assert _postbacks(f"<table><tr>{days.replace('Calendar1', 'c1')}</tr></table>") == []


# The two POST endpoints


def test_load_article_is_asked_for_every_page_that_the_script_names() -> None:
    page = uiarticle().page
    posts = following_pages(page)
    assert [dict(post.form or ())["page"] for post in posts] == ["2", "3", "4"]
    assert posts[0].url.endswith("/DesktopModule/UIArticleInMenu/ArticleInMenuPagination.aspx/LoadArticle")
    form = dict(posts[0].form or ())
    assert (form["article_category_id"], form["categoryIds"], form["site_id"], form["page_size"]) == (
        "217",
        "217,218",
        "1000",
        "10",
    )
    assert turning(page, posts) == "load_article"


def test_news_zone_is_asked_page_by_page_with_the_pages_own_codes() -> None:
    page = vccorp().page
    (post,) = following_pages(page)
    assert dict(post.form or ()) == {
        "PageIndex": "1",
        "PageSize": "10",
        "Catname": "dGluLWhvYXQ=",
        "LanguageId": "dmk=",
        "Site": "c3hk",
    }
    after = fragment_after(post, [Row("u")])
    assert after is not None and dict(after.form or ())["PageIndex"] == "2"
    assert fragment_after(post, []) is None
    assert turning(page, [post]) == "news_zone"


def test_fragments_give_the_rows_of_a_page() -> None:
    fragment = "".join(
        f'<li class="row"><h2 class="Title"><a href="/tin/{SLUGS[n]}-41020{n}">{HEADLINES[n]}</a></h2><div class="Ngaydang">12/08/2025</div></li>'
        for n in range(3)
    )
    url = f"{SITE}/DesktopModule/UIArticleInMenu/ArticleInMenuPagination.aspx/LoadArticle"
    rows = fragment_rows(fragment.encode(), url)
    assert rows == [Row(f"{SITE}/tin/{SLUGS[n]}-41020{n}", HEADLINES[n], "12/08/2025") for n in range(3)]
    assert fragment_rows(('{"d": "' + fragment.replace('"', '\\"') + '"}').encode(), url) == rows
    assert fragment_rows(b"", url) == fragment_rows(b"{", url) == fragment_rows(b'{"d": null}', url) == []


# The end of a walk


def _rows(*names: str) -> list[Row]:
    return [Row(f"{SITE}/{name}") for name in names]


def _walk(
    *pages: list[Row],
    walk: Walk | None = None,
    address: Callable[[int], str] = lambda n: f"{SITE}/l?page={n}",
) -> list[Stop | None]:
    walk = walk or Walk(until_known=False)
    return [
        walk.after(
            PageRequest(address(number)),
            rows,
            [PageRequest(address(number + 1))] if number < len(pages) else [],
        )
        for number, rows in enumerate(pages, 1)
    ]


def test_a_walk_ends_where_the_pager_ends() -> None:
    assert _walk(_rows("a", "b"), _rows("c")) == [None, Stop.END]


def test_a_walk_ends_at_an_empty_page() -> None:
    assert _walk(_rows("a"), [], _rows("b"))[:2] == [None, Stop.EMPTY]


def test_a_portal_that_answers_any_number_with_the_same_page_is_a_trap() -> None:
    assert _walk(_rows("a", "b"), _rows("a", "b"), _rows())[1] is Stop.REPEATED
    assert Stop.REPEATED.is_trap and not Stop.END.is_trap


def test_pages_that_only_shuffle_known_rows_are_a_trap() -> None:
    assert _walk(_rows("a", "b"), _rows("b", "a"), _rows("b"), _rows("a"), _rows("c"))[3] is Stop.STALLED


def test_the_daily_walk_ends_at_the_first_page_that_was_known() -> None:
    walk = Walk()
    following = [PageRequest(f"{SITE}/l?page=3")]
    assert walk.after(PageRequest(f"{SITE}/l"), _rows("a", "b"), following, known={f"{SITE}/b"}) is None
    assert (
        walk.after(PageRequest(f"{SITE}/l?page=2"), _rows("c"), following, known={f"{SITE}/c"})
        is Stop.NOTHING_NEW
    )


def test_addresses_that_grow_are_a_trap() -> None:
    pages = [_rows(str(number)) for number in range(9)]
    stops = _walk(*pages, address=lambda n: SITE + "/l" + "/xem-chi-tiet" * n)
    assert Stop.GROWING in stops[:4]


def test_a_walk_ends_at_the_cap() -> None:
    pages = [_rows(str(number)) for number in range(9)]
    assert _walk(*pages, walk=Walk(until_known=False, most_pages=5))[4] is Stop.TOO_MANY


# Any page at all


@given(st.text(alphabet="<>/=\"' ahref?page123&;:[]#Trangsu»__doPostBack('$,)", max_size=300))
def test_any_markup_gives_pages_or_none(markup: str) -> None:
    page = page_of(f"{SITE}/tin-dang", f"<html><body><form>{markup}</form></body></html>")
    assert all(isinstance(request, PageRequest) for request in following_pages(page))


def test_a_huge_list_page_is_read_in_a_second() -> None:
    row = '<div class="r r{0}"><h3><a href="/tin/{1}-{0}.html">{2} {0}</a></h3><span class="date">12/08/2025</span><p>{3}</p></div>'
    items = "".join(row.format(n, SLUGS[n % 10], HEADLINES[n % 10], "Tóm tắt " * 60) for n in range(5000))
    page = page_of(
        f"{SITE}/tin-dang",
        f"<html><body><div>{items}</div>{_numbers('/tin-dang?page={}', range(1, 500))}</body></html>",
    )

    def turn() -> None:
        assert len(list_rows(page)) == 5000
        assert len(following_pages(page)) == 498

    assert seconds(turn) < 4  # 1 s when nothing else runs; the claim is that it is not quadratic


@pytest.mark.parametrize(
    "row",
    [
        f"<li><a href='/tin/1.html'>{HEADLINES[0]}</a>" + "1/1/2011<br>" * 20_000,
        "".join(f"<li><a href='/tin/{n}.html'>{HEADLINES[0]}" for n in range(500)),
    ],
    ids=["a row of dates", "rows in rows"],
)
def test_a_declared_row_made_to_hurt_is_read_in_seconds(row: str) -> None:
    page = page_of(f"{SITE}/tin-dang", f"<html><body><ul>{row}</ul></body></html>")
    rows: list[Row] = []
    assert seconds(lambda: rows.extend(list_rows(page, row="li"))) < 4
    assert rows


def test_a_link_that_no_server_takes_is_none() -> None:
    rows = "".join(f"<li><a href='/{slug}-1.html'>{HEADLINES[0]}</a></li>" for slug in ("tin", "x" * 8000))
    page = page_of(f"{SITE}/tin-dang", f"<html><body><ul>{rows}</ul></body></html>")
    assert [row.url for row in list_rows(page, row="li")] == [f"{SITE}/tin-1.html"]
    assert page.links == ["/tin-1.html"]


def test_liferay_names_its_parameter() -> None:
    made = liferay()
    assert turning(made.page, following_pages(made.page)) == "query:_101_cur"
