"""The site in English by switch: every sentence is translated, and what the portals wrote is not."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from urllib.parse import quote

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import Environment
from reader import Reader

from web.languages import LOCALE, Spoken

WEB = LOCALE.parent


def said() -> set[str]:
    """Every sentence that a template or a module of the site gives to gettext."""
    found: set[str] = set()
    for module in iter_modules([str(WEB)], "web."):
        if not module.name.endswith("__main__"):
            import_module(module.name)  # which fills `Spoken.everything`
    for _, _, message, _, _ in extract_from_dir(
        WEB,
        [("**.py", "python"), ("templates/**.html", "jinja2")],
        {"templates/**.html": {"trimmed": "true", "encoding": "utf-8"}},
    ):
        found.add(message if isinstance(message, str) else message[0])
    return found | Spoken.everything


def unspoken(template: Path) -> list[str]:
    """Vietnamese that a template says outside of gettext."""
    found, in_sentence = [], False
    block: list[str] = []
    for line, kind, value in Environment(extensions=["jinja2.ext.i18n"]).lex(template.read_text("utf-8")):
        if kind == "block_begin":
            block = []
        elif kind == "name":
            block.append(value)
            in_sentence = (in_sentence or block == ["trans"]) and block[0] != "endtrans"
        elif kind == "data" and not in_sentence and re.search("[À-ÖØ-öø-ỹ]", value.replace("Tin Sở", "")):
            found.append(f"{template.name}:{line}: {value.strip()[:80]}")
        elif (
            kind == "string"
            and re.search("[À-ÖØ-öø-ỹ]", value.replace("Tin Sở", ""))
            and block[:1] != ["trans"]
            and (not block or block[-1] not in {"_", "gettext"})
        ):
            found.append(f"{template.name}:{line}: {value}")
    return found


@pytest.mark.parametrize("template", sorted((WEB / "templates").glob("*.html")), ids=lambda path: path.name)
def test_a_template_says_nothing_past_the_translation(template: Path) -> None:
    assert unspoken(template) == []


def english() -> dict[str, str]:
    with (LOCALE / "en.po").open("rb") as file:
        return {
            message.id if isinstance(message.id, str) else message.id[0]: message.string
            for message in read_po(file)
            if message.id
        }


def test_every_sentence_is_translated() -> None:
    assert sorted(said() - {key for key, value in english().items() if all([value, *value])}) == []


def test_no_translation_is_left_of_what_nothing_says_any_more() -> None:
    assert sorted(english().keys() - said()) == []


def test_a_reader_switches_and_comes_back_to_the_page(reader: Reader) -> None:
    answer = reader.get(f"/ngon-ngu/en?ve={quote('/tim?q=dang+bo')}")
    assert answer.status_code == 303 and answer.headers["location"] == "/tim?q=dang+bo"
    assert "ngon-ngu=en" in answer.headers["set-cookie"] and "HttpOnly" in answer.headers["set-cookie"]
    assert reader.get("/ngon-ngu/fr").status_code == 404


@pytest.mark.parametrize(
    "back",
    [
        "",
        "https://elsewhere.test/",
        "//elsewhere.test/",
        "elsewhere",
        "javascript:alert(1)",
        "/\\elsewhere.test",
        "/%0d%0aSet-Cookie:%20x=1",
        "//[",
        "http://[::1",
    ],
)
def test_the_switch_leads_to_no_other_site(reader: Reader, back: str) -> None:
    answer = reader.get(f"/ngon-ngu/en?ve={back}")
    assert re.fullmatch(r"/(?![/\\])[^\r\n]*", answer.headers["location"])


def test_every_answer_says_that_it_depends_on_the_cookie(reader: Reader) -> None:
    for path in ("/", "/tim", "/tim.json", "/assets/tinso.css"):
        assert "Cookie" in reader.get(path).headers["vary"]


@pytest.mark.parametrize(
    "cookie",
    ["ngon-ngu=fr", "ngon-ngu", "=;;ngon-ngu=../../etc/passwd", "a b=x", "ngon-ngu=[en];[]", "x" * 5000],
)
def test_a_cookie_that_is_none_of_ours_leaves_the_page_vietnamese(reader: Reader, cookie: str) -> None:
    answer = reader.get("/", headers={"cookie": cookie})
    assert answer.status_code == 200 and '<html lang="vi">' in answer.text


def test_the_page_speaks_the_language_of_the_cookie_and_the_next_reader_his_own(reader: Reader) -> None:
    assert '<html lang="en">' in reader.get("/", headers={"cookie": "ngon-ngu=en"}).text
    assert '<html lang="vi">' in reader.get("/").text
