"""What a page is that is no article, and that articles are not taken for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from article_pages import HEADLINE, page, plain
from list_pages import FAMILIES, ListPage

from crawler.extraction import kind_of

ROWS = "".join(
    f"<div class=row><h3><a href='/tin/bai-{n}.html'>Hội nghị sơ kết công tác xây dựng Đảng quý {n} tại đơn vị</a></h3>"
    f"<span>0{n}/05/2021</span><p>Ngày 0{n}/5, Đảng ủy đã tổ chức hội nghị sơ kết công tác quý, triển khai nhiệm vụ mới.</p></div>"
    for n in range(1, 9)
)


@pytest.mark.parametrize(
    ("kind", "body", "more"),
    [
        ("article", plain(), {}),
        ("article", plain("<p>Chi tiết xem <a href=a.pdf>tại đây</a>.</p>"), {"title": HEADLINE}),
        ("list", f"<h2>Hoạt động Đảng</h2>{ROWS}", {"url": "http://x.example/hoat-dong-dang"}),
        ("home", f"<h2>Tin nổi bật</h2>{ROWS}", {"url": "http://x.example/"}),
        (
            "login",
            "<form><label>Tên đăng nhập</label><input><label>Mật khẩu</label><input type=password></form>",
            {"title": "Đăng nhập"},
        ),
        ("challenge", "<script>document.cookie='D1N=0123456789abcdef'; location.reload()</script>", {}),
        ("challenge", "<h1>Access Denied</h1><p>You don't have permission to access this server.</p>", {}),
        ("error", "<h2>Bài viết không tồn tại hoặc đã bị xóa</h2><a href=/>Trang chủ</a>", {}),
        ("error", "<h1>Server Error in '/' Application.</h1><h2>Runtime Error</h2>", {}),
        ("document", "<h1>Nghị quyết số 12</h1><iframe src='/viewer?file=/up/nq12.pdf'></iframe>", {}),
        (
            "print_copy",
            plain(),
            {"url": "http://x.example/-/view_content/pop_up/12-tin.html?_101_viewMode=print"},
        ),
    ],
)
def test_pages_are_told_apart(kind: str, body: str, more: dict[str, str]) -> None:
    assert kind_of(page(body, **more)) == kind


def test_numbers_in_headlines_are_no_error_codes() -> None:
    assert kind_of(page(plain(headline="Trồng 500 cây xanh và 404 khóm hoa dọc tuyến kênh"))) == "article"


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_lists_of_every_family_are_lists(family: Callable[[int], ListPage]) -> None:
    assert kind_of(family(10).page) in ("list", "home")


def test_an_article_with_more_teasers_than_text_is_an_article() -> None:
    short = plain(
        "<p>Chiều 5/5, Chi bộ họp thường kỳ tháng 5, bàn việc giới thiệu quần chúng ưu tú vào Đảng.</p>"
    )
    assert kind_of(page(f"{short}<div><h3>Tin khác</h3>{ROWS}</div>", title=HEADLINE)) == "article"
