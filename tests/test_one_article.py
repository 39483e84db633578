"""One article per portal and asset: whatever addresses it answers at, each of them a sighting of it."""

from __future__ import annotations

import itertools
import json
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.archive import captures
from crawler.extraction.contract import Hints
from crawler.look import page_of
from crawler.platforms import all_layouts
from crawler.platforms.liferay import LiferayPortal
from crawler.platforms.nukeviet import NukeVietPortal
from crawler.platforms.sharepoint import SharePointPortal
from crawler.platforms.vnpt import VnptPortal
from crawler.platforms.websphere import WebSpherePortal
from crawler.portal import Portal
from pipelines.article import Article, Drop
from pipelines.identify import canonical_url
from pipelines.outcomes import Outcome
from pipelines.process import process
from pipelines.store import Store
from spiders.ha_noi import HanoiStttt

SEEN = "2023-05-04T08:15:00+07:00"
HOST = "http://so.example.vn"
SLUG = "dai-hoi-chi-bo-van-phong-nhiem-ky-moi"
PAGE = Article(
    url="",
    portal="so_thu",
    headline="Đại hội Chi bộ Văn phòng nhiệm kỳ mới",
    article_body="Sáng 4/5, Chi bộ đã họp.\nĐại hội bầu chi ủy gồm ba đồng chí.",
    date_published="2023-05-04",
)


class _Liferay(LiferayPortal):
    home = HOST


class _NukeViet(NukeVietPortal):
    home = HOST


class _SharePoint(SharePointPortal):
    home = HOST


class _Vnpt(VnptPortal):
    home = HOST


class _WebSphere(WebSpherePortal):
    home = HOST


def put(store: Store, url: str, family: type[Portal] = Portal, **changes: object) -> Outcome:
    page = replace(PAGE, url=url, asset=family.asset_of(url), quality_flags=[], **changes)
    processed = process(page, store.context(SEEN, page.url))
    store.put(url, processed)
    return processed.outcome


def addresses(store: Store) -> list[set[str]]:
    """Return the addresses of each article."""
    store.flush()
    found: defaultdict[int, set[str]] = defaultdict(set)
    for article, url in store.connection.execute("SELECT article, url FROM sightings"):
        found[article].add(url)
    assert len(found) == store.connection.execute("SELECT count(*) FROM articles").fetchone()[0]
    return list(found.values())


# By the portal's own number.


@pytest.mark.parametrize(
    ("portal", "ways"),
    [
        (
            _Liferay,
            [
                f"/doan-the/-/view_content/3596-{SLUG}.html",
                f"/vi/tin-tuc/-/view_content/3596-{SLUG}.html?utm_source=zalo",
                f"/doan-the/-/view_content/pop_up/3596-{SLUG}.html?_101_viewMode=print",
                f"/web/guest/web/guest/tin/-/view_content/3596-{SLUG}.html;jsessionid=0A1B",
            ],
        ),
        (
            _NukeViet,
            [
                f"/vi/news/dang-bo/{SLUG}-362.html",
                f"/vi/news/print/dang-bo/{SLUG}-362.html",
                f"/vi/news/savefile/dang-bo/{SLUG}-362/",
                "/index.php?language=vi&nv=news&op=dang-bo/ten-cu-362&fbclid=Iw",
            ],
        ),
        (
            _SharePoint,
            [
                "/Lists/VanPhongSo/View_Detail.aspx?ItemID=17",
                "/ct/cms/tintuc/Lists/VanPhongSo/View_Detail.aspx?x=1&ItemID=17",
                "/(S(lit3py55t21z5v55vlm25s55))/Lists/VanPhongSo/View_Detail.aspx?ItemID=17",
            ],
        ),
        (_Vnpt, [f"/chi-tiet-tin?/{SLUG}/88", f"/chi-tiet-tin/?/{SLUG}/88", f"/en/chi-tiet-tin?/{SLUG}/88"]),
        (
            _WebSphere,
            [
                f"/wps/portal/Home/tin/chi-tiet/{SLUG}",
                f"/wps/portal/Home/tin/chi-tiet/{SLUG}/!ut/p/z0/04_Sj9CPykssy0x/",
                f"/wps/portal/Home/khac/chi-tiet/{SLUG}/!ut/p/z1/fY7BCsIwEER/?1dmy",
            ],
        ),
    ],
)
def test_all_ways_to_a_number_are_one_article(store: Store, portal: type[Portal], ways: list[str]) -> None:
    outcomes = [put(store, HOST + way, portal) for way in ways]
    assert outcomes[0] is Outcome.NEW
    assert set(outcomes[1:]) <= {Outcome.DUPLICATE_ADDRESS, Outcome.UNCHANGED}
    assert addresses(store) == [{canonical_url(HOST + way) for way in ways}]


# Where the portal tells no number.

WAYS = (
    f"/tin-tuc/{SLUG}.html",
    f"/tin-tuc/{SLUG}.html?print=1",
    f"/vi/tin-tuc/{SLUG}.html",
    f"/en/tin-tuc/{SLUG}.html",
    f"/doan-the/{SLUG}.html",
    f"/web/guest/web/guest/{SLUG}.html",
)


@pytest.mark.parametrize("order", list(itertools.islice(itertools.permutations(range(6)), 0, None, 97)))
@pytest.mark.parametrize("batch", [1, 200])
def test_without_a_number_address_and_text_tell(store: Store, order: tuple[int, ...], batch: int) -> None:
    for number, place in enumerate(order):
        put(store, HOST + WAYS[place])
        if batch == 1 or number == 3:
            store.flush()
    assert addresses(store) == [{HOST + way for way in WAYS}]


def test_a_copy_that_was_seen_once_stays_a_copy_when_the_text_has_changed(store: Store) -> None:
    own, copy = f"{HOST}/tin-tuc/{SLUG}.html", f"{HOST}/doan-the/{SLUG}.html"
    put(store, own)
    put(store, copy)
    store.flush()
    assert put(store, copy, article_body="Đã sửa ở cả hai nơi.") is Outcome.DUPLICATE_ADDRESS
    assert put(store, own, article_body="Đã sửa ở cả hai nơi.") is Outcome.REVISED
    assert len(addresses(store)) == 1


@pytest.mark.parametrize(
    ("one", "other", "changes"),
    [
        (f"/2022/{SLUG}", f"/2023/{SLUG}", {"article_body": "Năm sau, cùng tiêu đề, văn bản khác."}),
        ("/tin/?id=5", "/tin/?id=6", {}),  # a notice that was posted twice
        (f"/tin/{SLUG}-17.html", f"/tin/{SLUG}-18.html", {}),
        ("/wps/portal/x/!ut/p/z0/a/", "/wps/portal/x/!ut/p/z0/b/", {"headline": "Tin khác"}),
        (f"/tin/{SLUG}", f"/tin/{SLUG}", {"portal": "so_khac"}),
    ],
)
def test_what_may_be_another_article_stays_one(
    store: Store, one: str, other: str, changes: dict[str, object]
) -> None:
    outcomes = [put(store, HOST + one), put(store, HOST + other, **changes)]
    assert outcomes == [Outcome.NEW, Outcome.NEW]
    assert len(addresses(store)) == 2


# The recorded portal.


class _Numberless(HanoiStttt):
    """The recorded portal as if nothing were known of its addresses and markup."""


_Numberless.article_path = None
_Numberless.layouts = all_layouts()


@pytest.mark.parametrize("portal", [HanoiStttt, _Numberless])
def test_the_465_addresses_of_the_recording_are_its_412_articles(
    store: Store, recorded: Path, portal: type[Portal]
) -> None:
    """One of the 412 says nothing but its editor's account, and is incomplete."""
    lines = (recorded / "hanoi-sotttt.expected.jsonl").read_text("utf-8").splitlines()
    assets = {row["url"]: row["id"] for row in map(json.loads, lines)}
    articles: defaultdict[str, set[int]] = defaultdict(set)
    outcomes: Counter[Outcome] = Counter()
    for capture in captures(recorded / "hanoi-sotttt.warc.gz"):
        if not HanoiStttt.asset_of(capture.url):
            continue
        page = page_of(capture)
        try:
            article = portal.read_article(page, Hints()).article
            processed = process(article, store.context(page.fetched_at, page.url))
        except Drop as drop:
            assert drop.outcome is Outcome.INCOMPLETE
            outcomes[Outcome.INCOMPLETE] += capture.url in assets
            continue
        store.put(capture.url, processed)
        if asset := assets.get(capture.url):
            articles[asset].add(processed.article.id or 0)
            outcomes[Outcome.NEW] += 1
    assert outcomes == {Outcome.NEW: 464, Outcome.INCOMPLETE: 1}
    assert len(set(assets.values())) == 412
    assert len(articles) == 411
    assert all(len(ids) == 1 for ids in articles.values())
    assert len(set.union(*articles.values())) == 411
    seen = set().union(*addresses(store))
    assert len(seen & set(assets)) == 464
