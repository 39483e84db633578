"""What the site keeps from happening: to readers, to the corpus, to the machine it runs on."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import made_up
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from reader import Reader, words_of

from pipelines.store import Store
from web.safety import followable, inert, local, without_formulas


def test_articles_are_inert(reader: Reader, corpus: sqlite3.Connection) -> None:
    (key,) = corpus.execute("SELECT id FROM articles WHERE headline LIKE 'Tấn công%'").fetchone()
    for path in (
        f"/corpus/articles/{key}",
        "/corpus/articles?_search=tan+cong",
        "/",
        f"/corpus/images/{key},1",
    ):
        page = reader.page(path)
        assert page.xpath("//script/@src") == ["/assets/suggest.js"]  # our only one
        assert not page.xpath("//iframe | //svg | //style | //object | //embed | //img[@src='x']")
        assert not page.xpath("//script[not(@src)]")
        attributes = [a for e in page.iter() if isinstance(e.tag, str) for a in e.attrib.items()]
        assert not [name for name, _ in attributes if name.startswith("on") or name == "style"]
        assert not [v for name, v in attributes if name in {"href", "src", "action"} and "javascript:" in v]


def test_what_is_left_of_an_image_goes_with_it() -> None:
    raw = '<p>một</p><p><a href="http://a.example/1.jpg"><img src="http://a.example/1.jpg"></a>&nbsp;</p><p>hai</p>'
    assert inert(raw) == "<p>một</p><p>hai</p>"


@given(st.text(alphabet="<>/\"'=&;: abconlikjsvgpt\n", max_size=80))
def test_whatever_html_comes_in_only_text_and_structure_come_out(raw: str) -> None:
    clean = str(inert(f"<p>{raw}</p><script>{raw}</script><svg onload={raw}>"))
    assert not re.search(r"<(script|svg|iframe|style|img|form|input)|<[^>]*\son\w+\s*=", clean)


@pytest.mark.parametrize(
    "path", ["/", "/corpus/articles", "/nope", "/corpus/articles.json", "/assets/tinso.css"]
)
def test_every_answer_is_strict(reader: Reader, path: str) -> None:
    headers = reader.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "script-src 'self';" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.filterwarnings("ignore:coroutine")  # Datasette drops its other facets when one fails
@pytest.mark.parametrize(
    "path",
    [
        "/corpus/-/query?sql=select+1",
        "/corpus/articles?_searchmode=raw&_search=%22",
        "/corpus/articles?_sort=drop",
        "/corpus/articles?_where=1",
        "/corpus/articles?_facet=nope",
        "/corpus/articles?_facet_array=headline",
        "/corpus/articles?id__in=[",
        "/-/databases",
        "/corpus/-/schema",
        "/corpus/articles/abc",
        "/corpus/articles/999",
        "/corpus/articles.jsono",
        "/corpus/nope",
        "/nope",
        "/corpus.db",
    ],
)
def test_an_error_is_a_page_in_words(reader: Reader, path: str) -> None:
    response = reader.get(path)
    assert 400 <= response.status_code < 500
    text = words_of(lxml_html.fromstring(response.text).xpath("//main")[0])
    assert "Về trang chủ" in text
    assert not re.search(r"sql|fts5|exception|traceback|unterminated|invalid", text, re.IGNORECASE)


def test_the_corpus_cannot_be_written_through_the_site(reader: Reader, corpus: sqlite3.Connection) -> None:
    for path in (
        "/corpus/articles/-/insert",
        "/corpus/-/create",
        "/corpus/articles/-/drop",
        "/corpus/-/execute-write",
    ):
        assert reader.post(path, {"row": {"id": 1}, "table": "x", "confirm": True}).status_code in {
            403,
            404,
            405,
        }
    assert corpus.execute("SELECT count(*) FROM articles").fetchone() == (made_up.COUNT + 1,)


@pytest.mark.parametrize("path", ["/assets/../site.py", "/assets/%2e%2e/site.py", "/assets//etc/passwd"])
def test_no_file_of_the_server_can_be_reached(reader: Reader, path: str) -> None:
    response = reader.get(path)
    assert response.status_code in {302, 404} or "import" not in response.text


@pytest.mark.parametrize("path", ["//evil.example/", "//evil.example/%2e%2e/"])
def test_no_address_leads_elsewhere(reader: Reader, path: str) -> None:
    assert not reader.get(f"http://localhost{path}").headers.get("location", "").startswith("//")


@pytest.mark.parametrize("host", ["[", "[::1", "a]b["])
def test_a_host_of_which_no_address_can_be_made_is_refused(
    reader: Reader, host: str, caplog: pytest.LogCaptureFixture
) -> None:
    for path in ("/", "/tim?q=chi+bo", "/corpus/articles"):
        response = reader.get(path, headers={"Host": host})
        assert response.status_code == 400 and "Không trả lời được yêu cầu này" in response.text
    assert not caplog.records


@pytest.fixture(scope="module")
def dangerous(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A site over a corpus whose texts a spreadsheet would run."""
    corpus = tmp_path_factory.mktemp("formulas") / "corpus.db"
    with closing(Store.open(corpus)) as store:
        article = made_up.hostile_article()
        article.headline, article.author, article.article_section = FORMULAS[:3]
        article.description = FORMULAS[3]
        article.images[0]["caption"] = FORMULAS[0]
        made_up.put(store, article, "2025-06-01T05:10:00+07:00")
    reader = Reader(corpus)
    yield reader
    reader.close()


FORMULAS = ['=HYPERLINK("http://e.example","bấm")\n=1', "+1+cmd|' /C calc'!A0", "@SUM(1)", "-2+3", "\t=1"]


@pytest.mark.parametrize(
    "path",
    [
        "/tim.csv",
        "/corpus/articles.csv",
        "/corpus/articles.csv?_stream=1&_size=max",
        "/corpus/images.csv",
        "/corpus/articles.csv?_labels=on",
    ],
)
def test_no_cell_of_csv_is_a_formula(dangerous: Reader, path: str) -> None:
    rows = list(csv.reader(io.StringIO(dangerous.get(path).text)))
    assert len({len(row) for row in rows}) == 1 and len(rows) == 2
    assert not [
        cell
        for row in rows
        for cell in row
        if cell.startswith(tuple("=+@\t\r")) or re.match(r"-(?!\d+(\.\d+)?$)", cell)
    ]
    assert any(cell.startswith("'") for cell in rows[1])


def test_a_number_in_csv_stays_one() -> None:
    assert without_formulas(b'-5,-0.25,1e-07,"-5+1",\xc4\x90\r\n') == b"-5,-0.25,1e-07,'-5+1,\xc4\x90\r\n"
    assert without_formulas(b"") == b""


def test_a_text_of_any_length_is_a_cell_of_csv() -> None:
    line = b"1," + 200_000 * b"x" + b"\r\n"
    assert without_formulas(line) == line


def test_followable_and_local_addresses() -> None:
    assert followable("https://a.example/x") == "https://a.example/x"
    for url in (
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "http:",
        "//a.example/",
        "http://[",
        "JaVaScRiPt://a/%0a",
    ):
        assert followable(url) is None
    assert local("http://evil.example/corpus/articles?x=1") == "/corpus/articles?x=1"
