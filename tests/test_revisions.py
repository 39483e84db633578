"""What makes a revision, from the page to the corpus: a changed text does, what surrounds it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.extraction import Layout, extract
from crawler.extraction.read import read_page
from pipelines.article import Attachment
from pipelines.outcomes import Outcome
from pipelines.process import process
from pipelines.store import Store
from tests.article_pages import LIFERAY, PARAGRAPHS, liferay

ADDRESS = "http://so.mau.example/tin/bai-1.html"
DAYS = [f"2022-08-{day}T13:00:00+07:00" for day in (10, 11, 12, 13)]


def generic(
    paragraphs: tuple[str, ...] = PARAGRAPHS,
    *,
    headline: str = "Chi bộ Kho lưu trữ: Kết nạp hai đảng viên mới",
    clock: str = "Thứ Tư, 10/08/2022 13:00:07",
    views: int = 17,
    online: int = 3,
    related: str = "Hội nghị tổng kết công tác Đảng năm 2019 của Chi bộ",
    picture: str = "/anh/le-ket-nap.jpg",
    caption: str = "Quang cảnh buổi lễ",
) -> str:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return f"""<div class="top"><span id="clock">{clock}</span><span>Đang online: {online}</span></div>
      <div class="tin"><h1>{headline}</h1><div class="ngay">18/03/2020 | 5:23 PM | Lượt xem: {views}</div>
      <div class="noidung">{body}<figure><img src="{picture}"><figcaption>{caption}</figcaption></figure></div>
      <div class="dem">Số lượt đọc: {views}</div><div class="khac"><h3>Tin khác</h3><ul>
      <li><a href="/tin/khac-1.html">{related}</a> (12/08/2022)</li>
      <li><a href="/tin/khac-2.html">Thông báo tuyển dụng viên chức của Trung tâm ({views})</a></li></ul></div></div>
      <div class="foot">Thống kê truy cập<br>Đang truy cập: {online}<br>Hôm nay: {views}<br>Tổng: {views * 91}</div>"""


def read(store: Store, markup: str, at: str, *layouts: Layout, address: str = ADDRESS) -> Outcome:
    html = f"<!DOCTYPE html><html><head><title>Tin</title></head><body>{markup}</body></html>"
    page = read_page(html.encode(), address, content_type="text/html; charset=utf-8", fetched_at=at)
    extraction = extract(page, layouts=layouts)
    article = extraction.article
    article.body_html = extraction.body_html
    article.portal, article.asset = "so_mau", "1"
    processed = process(article, store.context(at, address))
    store.put(address, processed)
    store.flush()
    return processed.outcome


def revisions(store: Store) -> list[tuple[int, str, str]]:
    return store.connection.execute(
        "SELECT revision, seen_at, diff FROM revisions ORDER BY revision"
    ).fetchall()


AROUND: dict[str, dict[str, object]] = {
    "counters": {"views": 4711, "online": 20},
    "clock": {"clock": "Thứ Năm, 11/08/2022 08:15:59"},
    "related list": {"related": "Đại hội Chi bộ Văn phòng nhiệm kỳ 2022 – 2025"},
    "picture": {"picture": "/anh/2022/le-ket-nap-moi.jpg"},
    "caption": {"caption": "Các đảng viên mới tuyên thệ. Ảnh: Thu Hà"},
    "no caption": {"caption": ""},
    "everything": {
        "views": 9, "online": 1, "clock": "Thứ Sáu, 12/08/2022", "related": "Tin mới hơn", "caption": "Khác",
    },
}  # fmt: skip


@pytest.mark.parametrize("changed", AROUND, ids=str)
def test_what_surrounds_the_text_is_no_revision(store: Store, changed: str) -> None:
    assert read(store, generic(), DAYS[0]) is Outcome.NEW
    assert read(store, generic(**AROUND[changed]), DAYS[1]) is Outcome.UNCHANGED  # type: ignore[arg-type]
    assert revisions(store) == []
    ((revision, last_seen),) = store.connection.execute("SELECT revision, last_seen FROM articles")
    assert (revision, last_seen) == (1, DAYS[1])


LINES = {
    "read": ("Bài viết có 57 lượt xem", "Bài viết có 59 lượt xem"),
    "liked": ("Thích 12 | Chia sẻ 3", "Thích 13 | Chia sẻ 5"),
    "rated": ("Đánh giá: 4.5/5 (12 lượt)", "Đánh giá: 4.6/5 (13 lượt)"),
    "stamp and counter": ("Ngày đăng: 18/03/2020 - Lượt xem: 87", "Ngày đăng: 18/03/2020 - Lượt xem: 99"),
    "today": ("Hôm nay là thứ năm, ngày 18 tháng 7 năm 2024", "Hôm nay là thứ sáu, ngày 19 tháng 7 năm 2024"),
    "session": [f"<a href='/ke-hoach.pdf;jsessionid={one}.node1'>Kế hoạch</a>" for one in ("0A1B", "2C3D")],
}


@pytest.mark.parametrize("place", LINES, ids=str)
def test_a_line_inside_the_text_that_counts_or_tells_the_day_is_no_revision(store: Store, place: str) -> None:
    before, after = LINES[place]
    assert read(store, generic((*PARAGRAPHS, before)), DAYS[0]) is Outcome.NEW
    assert read(store, generic((*PARAGRAPHS, after)), DAYS[1]) is Outcome.UNCHANGED
    assert revisions(store) == []


def test_with_a_layout_a_new_counter_or_related_article_is_no_revision(store: Store) -> None:
    before = liferay(stamp="18/03/2020 | 5:23 PM | View count: 1503")
    after = liferay(stamp="18/03/2020 | 5:23 PM | View count: 3945").replace("Hội nghị tổng kết", "Đại hội")
    assert read(store, before, DAYS[0], LIFERAY) is Outcome.NEW
    assert read(store, after, DAYS[1], LIFERAY) is Outcome.UNCHANGED
    assert revisions(store) == []


def test_a_mended_typo_is_a_revision_with_time_and_diff(store: Store) -> None:
    typo = PARAGRAPHS[1].replace("tuyên thệ", "tuyên thề")
    read(store, generic((PARAGRAPHS[0], typo, PARAGRAPHS[2])), DAYS[0])
    assert read(store, generic(views=99), DAYS[1]) is Outcome.REVISED
    ((revision, seen_at, diff),) = revisions(store)
    assert (revision, seen_at) == (2, DAYS[1])
    changed = [line for line in diff.splitlines()[3:] if line[0] in "+-"]
    assert changed == [f"-{typo}", f"+{PARAGRAPHS[1]}"]


@pytest.mark.parametrize(
    "changes",
    [
        {"headline": "Chi bộ Kho lưu trữ: Kết nạp ba đảng viên mới"},
        {"paragraphs": PARAGRAPHS[:2]},
        {"paragraphs": (*PARAGRAPHS, "Buổi lễ kết thúc trong không khí trang nghiêm, đúng Điều lệ Đảng.")},
        {"paragraphs": (PARAGRAPHS[2], PARAGRAPHS[0], PARAGRAPHS[1])},
    ],
    ids=["headline", "shorter", "longer", "another order"],
)
def test_a_changed_text_is_a_revision(store: Store, changes: dict[str, object]) -> None:
    read(store, generic(), DAYS[0])
    assert read(store, generic(**changes), DAYS[1]) is Outcome.REVISED  # type: ignore[arg-type]
    ((_, _, diff),) = revisions(store)
    assert diff.startswith("--- before\n+++ after\n")


def test_there_and_back_again_is_two_revisions_and_every_text_is_kept(store: Store) -> None:
    first, second = generic(), generic(PARAGRAPHS[:2])
    outcomes = [read(store, text, day) for text, day in zip((first, second, first, first), DAYS, strict=True)]
    assert outcomes == [Outcome.NEW, Outcome.REVISED, Outcome.REVISED, Outcome.UNCHANGED]
    kept = store.connection.execute("SELECT revision, seen_at, article_body FROM revisions ORDER BY revision")
    texts = {revision: (seen_at, body.count("\n") + 1) for revision, seen_at, body in kept}
    assert texts == {2: (DAYS[1], 3), 3: (DAYS[2], 2)}
    ((body,),) = store.connection.execute("SELECT article_body FROM article_text")
    assert body == "\n".join(PARAGRAPHS)


def test_a_print_copy_revises_nothing_whatever_it_lacks(store: Store) -> None:
    read(store, generic(), DAYS[0])
    copy = generic(PARAGRAPHS[:2], headline="Chi bộ Kho lưu trữ")
    assert read(store, copy, DAYS[1], address=f"{ADDRESS}?print=1") is Outcome.DUPLICATE_ADDRESS
    assert revisions(store) == []


def test_the_diff_tells_of_the_lead_and_the_attachments_too(store: Store) -> None:
    def given(store: Store, at: str, **changes: object) -> None:
        page = read_page(b"<p>x", ADDRESS, content_type="text/html", fetched_at=at)
        article = replace(
            extract(page).article, portal="so_mau", asset="1", headline="Thông báo", article_body="Kèm tệp.",
            **changes,
        )  # fmt: skip
        store.put(ADDRESS, process(article, store.context(at, ADDRESS)))
        store.flush()

    given(store, DAYS[0], description="Họp ngày 5/5.")
    given(store, DAYS[1], description="Họp ngày 6/5.")
    file: Attachment = {"url": "http://so.mau.example/a.pdf", "name": None, "media_type": None}
    given(store, DAYS[2], description="Họp ngày 6/5.", attachments=[file])
    lead, attachment = (diff for *_, diff in revisions(store))
    assert "-Họp ngày 5/5.\n+Họp ngày 6/5." in lead
    assert attachment.endswith("+http://so.mau.example/a.pdf")


def test_a_page_that_is_what_it_was_raises_last_seen_and_nothing_else(store: Store) -> None:
    read(store, generic(), DAYS[0])
    store.see_again("so_mau", f"{ADDRESS}?utm_source=zalo", DAYS[2])
    store.see_again("so_mau", ADDRESS, DAYS[1])  # told later of an earlier day
    store.see_again("so_khac", ADDRESS, DAYS[3])
    store.flush()
    seen = store.connection.execute("SELECT first_seen, last_seen, revision FROM articles").fetchall()
    assert seen == [(DAYS[0], DAYS[2], 1)]
    at = store.connection.execute("SELECT url, first_seen, last_seen FROM sightings").fetchall()
    assert at == [(ADDRESS, DAYS[0], DAYS[2])]
