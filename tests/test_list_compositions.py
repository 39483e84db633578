"""Whatever a list page is put together from, its main list is found whole and nothing else is.

Addresses, rows, side boxes and layouts are those of portals.md §3 in every combination, so that no rule can
be fitted to one page.
"""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st
from list_pages import HEADLINES, OTHERS, SLUGS, SUMMARY, page_of

from crawler.discovery.pagination import following_pages
from crawler.discovery.rows import list_rows

SITE = "https://so.example.gov.vn"
SECTION = "hoat-dong-dang"
TITLES = HEADLINES + tuple(f"Hội nghị trực tuyến triển khai nhiệm vụ số {n} năm 2025" for n in range(5))
ADDRESSES = (
    "/{section}/{slug}-{number}.html",
    "/{section}/-/view_content/{number}-{slug}.html",
    "/Home/Detail/{number}",
    "/NewsDetail.aspx?Id={number}",
    "/ct/Lists/{section}/View_Detail.aspx?ItemID={number}",
    "/{section}/{slug}",
    "/tin-tuc/{slug}-149180{number}",
    "/node/{number}",
    "/so/4/4692/5211/{number}/271/{slug}.aspx",
    "/chi-tiet-tin?/{slug}/{number}",
    "/default.aspx?cn={number}&tc=4&gd=1",
)
ROWS = (
    '<li><a href="{url}">{headline}</a></li>',
    '<li><a href="{url}">{headline}</a> <span>({day})</span></li>',
    '<li><span class="date">{day}</span> <a href="{url}">{headline}</a></li>',
    '<tr class="{parity}"><td>{count}</td><td><a href="{url}">{headline}</a></td><td>{day}</td></tr>',
    '<tr><td><img src="/b.gif"><a href="{url}"><b>{headline}</b></a><br><i>Cập nhật: {day} | 09:05 SA</i><br>{summary}</td></tr>',
    '<div class="item i{count}"><a href="{url}"><img src="/a.jpg"></a><h3><a href="{url}">{headline}</a></h3><span>{day} 08:15</span><p>{summary}</p></div>',
    '<article><a href="{url}" title="{headline}"><img></a><h2><a href="{url}">{headline}</a></h2><div>{summary}</div><a href="{url}">Xem chi tiết</a></article>',
    '<h4><a href="{url}">{headline}</a></h4><p>{summary}</p>',
    '<span>{day}</span><h4><a href="{url}">{headline}</a></h4><p>{summary}</p>',
    '<p><a href="{url}">{headline}</a> - {day}</p>',
    '<a href="{url}"><h3>{headline}</h3><time>{day}</time></a>',
    '<div class="card"><div><a href="{url}"><img></a></div><a class="cat" href="/{section}">Tin Đảng</a><a class="ttl" href="{url}">{headline}</a><small>{day}</small></div>',
    '<tr><td><a href="/{section}/muc-{count}">Mục {count}</a></td><td><a href="{url}">{headline}</a></td><td>{day}</td></tr>',
    '<div class="c"><a href="/{section}">Chuyên mục Đảng</a><h3><a href="{url}">{headline}</a></h3><div>{day}</div></div>',
    '<dt><a href="{url}">{headline}</a></dt><dd>{summary}</dd>',
    '<div><a href="{url}">{headline}</a></div><hr>',
)  # fmt: skip
LABELS = ("Tin mới nhất", "Tin xem nhiều", "Thông báo", "Tin nổi bật", "Văn bản mới", "Bài đọc nhiều")
HEADINGS = ("<h3>{}</h3>", '<div class="title">{}</div>', "<p><b>{}</b></p>", "<div><span>{}</span></div>")
LAYOUTS = (
    "{main}{side}",
    "{side}{main}",
    '<div class="wrapper has-sidebar"><div>{main}</div><div>{side}</div></div>',
    "<table><tr><td>{side}</td><td>{main}</td></tr></table>",
    "<form><div><div>{side}</div><div><div>{main}</div></div></div></form>",
)
PAGERS = (
    "",
    '<div class="pagination"><b>1</b> <a href="?page=2">2</a></div>',
    '<p><a href="?page=2">Trang sau</a></p>',
)
MENUS = ("<nav><ul>{}</ul></nav>", '<div class="menu"><ul>{}</ul></div>', '<div id="top"><ul>{}</ul></div>')


@dataclass(frozen=True)
class Items:
    markup: str
    urls: list[str]
    headlines: list[str]
    days: list[str | None]


def items(row: str, address: str, section: str, start: int, titles: tuple[str, ...]) -> Items:
    """Return a list in the markup of `row`, and what a reader would see in it."""
    urls, rows = [], []
    for count, title in enumerate(titles):
        slug = SLUGS[count % len(SLUGS)] + "-hai" * (count // len(SLUGS))
        url = address.format(section=section, slug=slug, number=start - count)
        urls.append(SITE + url)
        rows.append(
            row.format(
                url=url.replace("&", "&amp;"), headline=title, day=f"{28 - count:02}/08/2025", summary=SUMMARY,
                count=count, parity="odd" if count % 2 else "even", section=section,
            )
        )  # fmt: skip
    tag = {"<li": "ul", "<tr": "table", "<dt": "dl"}.get(row[:3], "div")
    days = [f"{28 - count:02}/08/2025" if "{day}" in row else None for count in range(len(titles))]
    return Items(f"<{tag}>{''.join(rows)}</{tag}>", urls, list(titles), days)


@given(st.data())
def test_the_main_list_is_found_whole_and_alone(data: st.DataObject) -> None:
    pick = lambda choices: data.draw(st.sampled_from(choices))  # noqa: E731
    row, address = pick(ROWS), pick(ADDRESSES)
    main = items(row, address, SECTION, 8000, TITLES[: pick((1, 2, 3, 5, 10, 15))])
    boxes = "".join(
        f"<div class='{pick(('box', 'module', ''))}'>{pick(HEADINGS).format(pick(LABELS))}"
        f"{items(pick((row, *ROWS[:4])), address, 'thong-bao', 3000 - 100 * number, OTHERS[: pick((3, 6))]).markup}</div>"
        for number in range(pick((0, 1, 2, 3)))
    )
    menu = pick(MENUS).format(
        "".join(
            f'<li><a href="/muc-{n}">{name}</a></li>'
            for n, name in enumerate(("Tin tức", "Cải cách hành chính và chuyển đổi số"))
        )
    )
    pager = pick(PAGERS)
    column = f"<div>{pick(('', '<h2>Hoạt động Đảng</h2>'))}{main.markup}{pager}</div>"
    markup = f"<html><head><title>{pick(('Hoạt động Đảng', 'Document'))}</title></head><body>{menu}{pick(LAYOUTS).format(main=column, side=boxes)}</body></html>"
    page = page_of(SITE + pick((f"/{SECTION}", f"/{SECTION}.html", "/Category/5", "/List.aspx")), markup)

    rows = list_rows(page)
    assert [one.url for one in rows] == main.urls
    assert [one.headline for one in rows] == main.headlines
    assert all(
        (day or "") in (one.stamp or "") and (day or not one.stamp)
        for one, day in zip(rows, main.days, strict=True)
    )
    assert bool(following_pages(page)) == bool(pager)
