"""Nothing that a portal or an address says runs in a reader's browser, even without the policy that forbids it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import cycle
from pathlib import Path
from urllib.parse import quote, urlsplit

import made_up
import pytest
from attacks import ATTACKS
from watching import served

from pipelines.article import Article, Attachment, Image
from pipelines.store import Store
from web.safety import inert

playwright = pytest.importorskip("playwright.sync_api")

NAMED = {
    "people": ("name", "office", "body"),
    "organisations": ("name", "kind"),
    "documents": ("number", "type", "date", "issuer"),
}
REFLECTED = (
    "tim?q={}",
    "tim?q=a&tinh={}",
    "tim?cong={}&muc={}",
    "nguoi?ten={}",
    "co-quan?ten={}",
    "van-ban?so={}",
    "corpus/articles?_search={}",
    "corpus/articles?portal={}",
    "{}",
)


TOGETHER = 8  # attacks on one page: each costs a second of a browser's time
PARTIES = [ATTACKS[start : start + TOGETHER] for start in range(0, len(ATTACKS), TOGETHER)]


def hostile(number: int, attack: str) -> Article:
    """An article all of whose texts and links attack."""
    return Article(
        url=f"http://tinhuy.donghai.example/{number}?{attack}",
        portal="dong_hai_tinh_uy",
        asset=str(number),
        headline=f"Bài {number} {attack}",
        description=attack,
        article_body=f"{attack}\nĐoạn văn bình thường.",
        body_html=f"<p>{attack}</p><div>{attack}<p onclick=hacked=1>Đoạn văn bình thường.</p></div>",
        author=attack,
        photographer=attack,
        article_section=attack,
        date_published="2024-02-02",
        date_published_raw=attack,
        date_published_source=attack,
        images=[Image(url=attack, caption=attack, credit=attack)],
        attachments=[Attachment(url=attack, name=attack, media_type=attack)],
        keywords=[attack],
    )


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus in which portals, articles and what they name attack the reader."""
    data: Path = tmp_path_factory.mktemp("attacked")
    with closing(Store.open(data / "corpus.db")) as store:
        store.declare_portal(
            name="dong_hai_tinh_uy", province=ATTACKS[0], successor_province=ATTACKS[12], body=ATTACKS[70],
            home=f"javascript:{ATTACKS[0]}", state=ATTACKS[0],
        )  # fmt: skip
        for number, party in enumerate(PARTIES):
            made_up.put(store, hostile(number, "\n".join(party)), "2025-06-01T05:10:00+07:00")
        store.flush()
    made_up.leave_unsafe(
        data / "corpus.db", *(hostile(number, "\n".join(party)) for number, party in enumerate(PARTIES))
    )
    with closing(sqlite3.connect(data / "corpus.db")) as connection:
        keys = [key for (key,) in connection.execute("SELECT id FROM articles ORDER BY asset + 0")]
        for key, party in zip(keys, PARTIES, strict=True):
            for position, attack in enumerate(party):
                for table, columns in NAMED.items():
                    values = [key, 100 + position, 0, 3, "article_body", *([attack] * len(columns))]
                    names = ", ".join(("article", "position", "start", "end", "field", *columns))
                    marks = ", ".join("?" * len(values))
                    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)
        connection.commit()
    return data


@pytest.fixture(scope="module")
def site(attacked: Path) -> Iterator[str]:
    with served(attacked) as address:
        yield address


@pytest.fixture
def page(browser: playwright.Browser) -> Iterator[playwright.Page]:
    """A page that fails its test when anything asks or leaves. The policy that would stop it is off."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    done: list[str] = []
    page.on("dialog", lambda dialog: done.append(f"dialog {dialog.message}"))
    page.on("request", lambda asked: done.append(asked.url) if _elsewhere(asked.url) else None)
    yield page
    context.close()
    assert done == []


def _elsewhere(url: str) -> bool:
    return urlsplit(url).hostname not in {"127.0.0.1", None}


def assert_inert(page: playwright.Page, where: str) -> None:
    """Let handlers fire, then look for what could run."""
    page.mouse.move(200, 300)
    state = page.evaluate(
        """() => [window.hacked ?? null, frames.length, ...document.querySelectorAll(
            'script:not([src^="/assets/"]), iframe, object, embed, base, meta[http-equiv], link[rel=stylesheet]:not([href^="/assets/"]), ' +
            '[onerror], [onload], [onfocus], [onclick], [style], a[href^="java" i], a[href^="data" i], form[action^="java" i]'
        )].map(found => found?.outerHTML ?? found)"""
    )
    assert state == [None, 0], where


def test_what_is_left_of_an_articles_html_runs_nowhere(page: playwright.Page) -> None:
    page.set_content("".join(f"<section>{inert(attack)}</section>" for attack in ATTACKS))
    assert page.locator("section").count() == len(ATTACKS)
    assert_inert(page, "sections")


def test_the_attacks_do_run_where_nothing_stops_them(page: playwright.Page) -> None:
    page.route("http://elsewhere.test/**", lambda route: route.abort())
    page.set_content(f"<p>{ATTACKS[12]}</p>")
    page.wait_for_function("window.hacked === 1")


def test_no_article_attacks_its_reader(page: playwright.Page, site: str, attacked: Path) -> None:
    with closing(sqlite3.connect(attacked / "corpus.db")) as connection:
        keys = [key for (key,) in connection.execute("SELECT id FROM articles")]
    assert len(keys) == len(PARTIES)
    for key in keys:
        page.goto(f"{site}corpus/articles/{key}")
        assert "Đoạn văn bình thường" in page.locator(".text").inner_text()
        assert_inert(page, f"article {key}")


def test_no_list_attacks_its_reader(page: playwright.Page, site: str) -> None:
    for path in (
        "",
        "tim",
        "tim?q=b%C3%A0i",
        "tinh",
        "du-lieu",
        "corpus/portals",
        "corpus/people",
        "corpus/images",
    ):
        page.goto(site + path)
        assert_inert(page, path)


def test_no_address_attacks_its_reader(page: playwright.Page, site: str) -> None:
    for attack, path in zip(ATTACKS, cycle(REFLECTED), strict=False):
        address = site + path.replace("{}", quote(attack, safe=""))
        page.goto(address)
        assert_inert(page, address)
