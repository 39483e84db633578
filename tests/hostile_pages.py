"""The pages of the hostile portal's sites: right ones, and parts of them to be damaged."""

from __future__ import annotations

from tests.hostile_portal import Answer, Site, page

ROBOTS = "/robots.txt"
LIST = "/dang"
BAD = "/dang/-/view_content/2-bai-2.html"  # where an article is at fault, it is the second
PUBLISHED = "2020-03-18"
HEADLINE = "Chi bộ {host} sinh hoạt chuyên đề kỳ {number}"

_PARAGRAPHS = (
    "Chiều ngày 17/3, tại trụ sở {host}, Chi bộ tổ chức buổi sinh hoạt chuyên đề kỳ {number} với sự có mặt của "
    "toàn thể đảng viên.",
    "Đồng chí Bí thư Chi bộ nêu kết quả công tác quý trước, trong đó {number} nhiệm vụ đã hoàn thành đúng hạn.",
    "Các ý kiến thảo luận tập trung vào việc nêu gương của cán bộ phụ trách và cách làm mới ở {host}.",
    "Chi bộ thống nhất kế hoạch quý tới, phân công từng đồng chí và hẹn kiểm điểm tại kỳ {number} mở rộng.",
)


def address(number: int) -> str:
    """Return the path of an article."""
    return f"{LIST}/-/view_content/{number}-bai-{number}.html"


def text(host: str, number: int) -> str:
    """Return the body of an article as it should be stored."""
    return "\n\n".join(paragraph.format(host=host, number=number) for paragraph in _PARAGRAPHS)


def article(host: str, number: int, *, stamp: str = "18/03/2020 | 5:23 PM") -> str:
    """Return an article's page."""
    headline = HEADLINE.format(host=host, number=number)
    paragraphs = "".join(f"<p>{part}</p>" for part in text(host, number).split("\n\n"))
    return (
        f"<html><head><title>{headline}</title></head><body>"
        f'<div class="asset-full-content-title">{headline}</div><div class="assetPublishDate">{stamp}</div>'
        f'<div class="asset-full-content"><div class="journal-content-article">{paragraphs}</div></div>'
        "</body></html>"
    )


def rows(host: str, links: dict[str, int]) -> str:
    """Return the rows of a list: link → number of the article that is named."""
    return "".join(
        f'<div class="asset-abstract"><h3 class="asset-title"><a href="{link}">'
        f"{HEADLINE.format(host=host, number=number)}</a></h3></div>"
        for link, number in links.items()
    )


def listing(host: str, *numbers: int, more: str = "") -> str:
    """Return a list page of articles; `more` stands behind its rows."""
    return f"<html><body>{rows(host, {address(n): n for n in numbers})}{more}</body></html>"


def good_site(host: str) -> Site:
    """Return a right site of 40 articles, and one more that robots.txt forbids."""
    closed = "/cam/-/view_content/41-bai-41.html"
    links = {**{address(number): number for number in range(1, 41)}, closed: 41}
    return site(host, 40, {LIST: page(f"<html><body>{rows(host, links)}</body></html>")})


def plain_article(host: str, number: int) -> str:
    """Return an article's page in the markup of no known system."""
    paragraphs = "".join(f"<p>{part}</p>" for part in text(host, number).split("\n\n"))
    headline = HEADLINE.format(host=host, number=number)
    return (
        f"<html><head><title>{headline}</title></head><body><h1>{headline}</h1><div class=ngay>18/03/2020</div>"
        f"<div class=chi-tiet>{paragraphs}</div></body></html>"
    )


def plain_listing(host: str, links: dict[str, int]) -> str:
    """Return a list in the markup of no known system."""
    items = "".join(
        f"<li class=tin><h4><a href={link}>{HEADLINE.format(host=host, number=number)}</a></h4>"
        f"<span>0{number}/03/2020</span></li>"
        for link, number in links.items()
    )
    return f"<html><body><h2>Tin Đảng</h2><ul>{items}</ul></body></html>"


def site(host: str, count: int = 3, answers: dict[str, bytes | Answer] | None = None) -> Site:
    """Return a right site with a list of articles; `answers` go before what it says itself."""
    right: dict[str, bytes | Answer] = {
        ROBOTS: page("User-agent: *\nDisallow: /cam/\n", kind="text/plain"),
        "/": page(listing(host, *range(1, count + 1))),
        LIST: page(listing(host, *range(1, count + 1))),
        **{address(n): page(article(host, n)) for n in range(1, count + 1)},
    }
    return Site({**right, **(answers or {})})
